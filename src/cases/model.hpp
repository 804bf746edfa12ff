#pragma once

#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"
#include "base/refusal.hpp"
#include "cases/model_parts.hpp"
#include "policy/clocks.hpp"
#include "policy/library.hpp"

#include <limits>
#include <optional>
#include <set>
#include <string>
#include <vector>

namespace redress {

// How the case's document writes what the policy slice owns.
template <>
json::value to_doc(const policy::Clock& clock);
template <>
void from_doc(const json::value& doc, policy::Clock& clock);
template <>
json::value to_doc(const policy::PackRef& ref);
template <>
void from_doc(const json::value& doc, policy::PackRef& ref);
template <>
json::value to_doc(const policy::Happened& happened);
template <>
void from_doc(const json::value& doc, policy::Happened& happened);

}  // namespace redress

/// A complaint from received to closed: the page to read first. A Command asks for a change, the
/// rules answer with Events or with a Denied, and a Case is nothing but its Events applied in
/// order.
namespace redress::cases {

BOOST_DEFINE_ENUM_CLASS(
    State,
    captured,
    not_complaint,
    registered,
    assessed,
    investigating,
    deciding,
    offered,
    fulfilling,
    verifying,
    referred,
    closed,
    withdrawn,
    declined,
    merged,
    archived,
    erased
)

/// Who somebody is towards this case. `owner` is never a job: it is the one named person of this
/// very case.
BOOST_DEFINE_ENUM_CLASS(
    Role,
    customer,
    proxy,
    intake,
    owner,
    investigator,
    approver,
    manager,
    qa,
    compliance,
    executive,
    auditor,
    external,
    system
)

/// How far the feeling has been taken care of (source documents 000 and 002: first the feeling,
/// then the matter).
BOOST_DEFINE_ENUM_CLASS(EmotionStep, unheard, listened, restated, affirmed, calm, upset_again)

/// Sorts behind every real time; a case without a running clock has it as its next due time.
inline constexpr Instant no_time{std::numeric_limits<std::int64_t>::max() / 1024};

/// Whoever gives a command, with what the rules need to know of them.
struct Actor {
    std::string name;            ///< as the ledger writes it: "staff:12", "customer:7", "system"
    StaffId staff;               ///< 0 unless a member of staff
    CustomerId customer;         ///< 0 unless a complainant
    std::set<Role> roles;        ///< of the job; `owner` is added by the rules where it is true
    std::string display_name;    ///< what a customer is told
    std::int64_t limit_minor{};  ///< redress this person may grant, in minor units of the
                                 ///< organisation's currency
};

/// A wish to change one case. `inputs` are fields of policies/fields.toml.
struct Command {
    std::string verb;
    json::object inputs;
    Actor actor;
    std::optional<Instant> at;  ///< when it happened, if that was earlier than now
    /// Of the words among the inputs; the rules take it only when they are the customer's own.
    std::optional<Reading> reading = std::nullopt;
    std::vector<std::string> file_names = {};  ///< of the attachments among the inputs
};

struct Event {
    std::string kind;
    Instant at;
    Instant recorded_at;
    std::string actor;
    json::object payload;   ///< public; what the chain hashes
    json::object personal;  ///< kept beside the chain
};

using policy::PackRef;

/// A case as it stands. `facts` and `personal` hold the recorded fields by name; everything the
/// rules reason about has a member of its own.
struct Case {
    CaseId id;
    std::string ref_no;
    std::int64_t version{};  ///< number of events so far
    State state{};
    std::string kind;
    std::string channel;
    std::string language;
    Instant received_at;
    Instant updated_at;
    Instant state_since;
    Instant closed_at;
    StaffId owner;
    std::optional<Handover> offer;
    std::vector<StaffId> former_owners;
    CustomerId customer;
    bool anonymous{};
    EmotionStep emotion{};
    std::set<std::string> emotion_steps;  ///< steps done since the customer was last upset
    std::int64_t anger{};                 ///< 0 to 3
    std::int64_t anger_at_most{};         ///< so far
    std::optional<LastReading> read;
    std::int64_t
        escalation{};  ///< 0 owner, 1 team lead, 2 complaint manager, 3 executive or compliance
    std::int64_t rounds{};  ///< counter-offers so far
    std::int64_t contacts_in{};
    std::int64_t overrides_counted{};
    bool waiting_for_customer{};
    bool decision_made{};
    std::string satisfaction;
    CaseId merged_into;
    json::object facts;
    json::object personal;
    std::vector<PackRef> packs;
    std::vector<policy::Clock> clocks;
    std::vector<policy::Happened> history;
    std::vector<Promise> promises;
    std::vector<Remedy> remedies;
    std::vector<Letter> letters;
    std::vector<Override> overrides;
    std::vector<Contact> contacts;
    std::vector<Link> links;
    std::set<std::string>
        flags;  ///< set by packs on a breach, such as "late_regulatory", "promise_broken"
};

[[nodiscard]] bool is_open(State state);

/// The case as its document, and back. Exact: from_json(to_json(c)) == c for every member.
[[nodiscard]] std::string to_json(const Case& value);
[[nodiscard]] Case from_json(std::string_view doc);

/// The field as recorded, wherever it lives; nullptr when it is not.
[[nodiscard]] const json::value* field(const Case& value, std::string_view name);

/// The earliest due time of a clock that counts for staff; no_time when none runs.
[[nodiscard]] Instant next_due(const Case& value);

/// The earliest due time of an open promise.
[[nodiscard]] std::optional<Instant> next_promise_due(const Case& value);

}  // namespace redress::cases
