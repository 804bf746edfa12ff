#pragma once

#include "cases/rules.hpp"

#include <span>
#include <string_view>

/// What the parts of the case rules share while one command is decided.
namespace redress::cases {

struct Draft {
    const Case& current;
    const Command& command;
    const Context& context;
    const Transition& row;
    std::set<Role> roles;                    ///< of the actor towards this case
    Instant at;                              ///< when it happened
    std::vector<const policy::Pack*> packs;  ///< bound to the case
};

/// The input of the command; nullptr when it did not come with it.
[[nodiscard]] const json::value* input(const Draft& draft, std::string_view name);
/// The input, or what the case already knows.
[[nodiscard]] const json::value* known(const Draft& draft, std::string_view name);
[[nodiscard]] std::string_view known_text(const Draft& draft, std::string_view name);
[[nodiscard]] std::string_view input_text(const Draft& draft, std::string_view name);

/// The packs bound to the case, as loaded.
[[nodiscard]] std::vector<const policy::Pack*>
packs_of(const Case& current, const policy::Library& policies);

/// {"case": every fact}: what `when` and letters read.
[[nodiscard]] json::object facts_for_when(const Case& current, const json::object& inputs);

/// The field as the first bound pack knows it; nullptr when none does.
[[nodiscard]] const policy::FieldRule* find_pack_field(const Draft& draft, std::string_view name);

/// Wrong types, unknown and missing inputs.
[[nodiscard]] std::vector<Refusal> check_inputs(const Draft& draft);
/// Requirements of the row that do not hold.
[[nodiscard]] std::vector<Refusal> check_needs(const Draft& draft);
/// Steps, fields and outcomes that the bound packs want before this row.
[[nodiscard]] std::vector<Refusal> check_gates(const Draft& draft);

/// Whether an override of one of the pack's steps before this row lifts the requirement, as the
/// step names it ("field:cause_final"): then neither the row itself nor a field rule of this pack
/// may ask for it again. What another pack asks for stands.
[[nodiscard]] bool
is_lifted(const Draft& draft, const policy::Pack& pack, std::string_view requirement);

/// Whether the rules know a requirement by this name; a test asks it for every row.
[[nodiscard]] bool knows_need(std::string_view need, const Lifecycle& lifecycle);

/// What is still missing from a letter of a pack, one refusal each; none when it is complete and
/// clean.
[[nodiscard]] std::vector<Refusal>
check_letter(const Draft& draft, const policy::Pack& pack, const policy::Letter& letter);
/// Letters of all bound packs that the draft's letter also is: the same use, and complete by the
/// same contents.
[[nodiscard]] std::vector<Letter> letters_covered(const Draft& draft);
/// Whether a letter of this id or use was sent for every bound pack that has one.
[[nodiscard]] bool is_letter_sent(const Draft& draft, std::string_view id_or_use);
/// The letter of a bound pack, with the pack.
[[nodiscard]] std::pair<const policy::Pack*, const policy::Letter*>
find_letter(const Draft& draft, std::string_view id);

/// Redress proposed, approved or settled, in minor units.
[[nodiscard]] std::int64_t redress_total(const Case& current);
[[nodiscard]] const Promise* find_promise(const Case& current, std::int64_t number);
[[nodiscard]] const Remedy* find_remedy(const Case& current, std::int64_t number);
/// The outcome as the bound packs know it; nullptr when none does.
[[nodiscard]] const policy::Outcome* find_outcome(const Draft& draft, std::string_view code);
[[nodiscard]] bool is_promise_open(const Promise& promise);

/// The moment the customer's silence, the reopen window or the retention ends; nullopt where the
/// state has none.
[[nodiscard]] std::optional<Instant>
silence_ends(const Case& current, std::span<const policy::Pack* const> packs);
[[nodiscard]] std::optional<Instant>
reopen_window_ends(const Case& current, std::span<const policy::Pack* const> packs);
[[nodiscard]] std::optional<Instant>
retention_ends(const Case& current, std::span<const policy::Pack* const> packs);
[[nodiscard]] std::int64_t contact_attempts(const Case& current);

/// The event as clocks see it: what happened when, and the few facts they go by.
[[nodiscard]] policy::Happened happened(const Event& event);

/// Takes what was read in the words of the event, if it brought any (D2). Anger does not vanish
/// with one polite line: it falls by no more than a step a message. What the customer ticked on the
/// form counts as said.
void take_reading(Case& value, const Event& event);

/// The events of an allowed command, without clocks.
[[nodiscard]] std::vector<Event> make_events(const Draft& draft);
/// The reasons to escalate that the case has now and had not before, as `escalated` events (B4).
[[nodiscard]] std::vector<Event> make_escalations(const Draft& draft, const Case& after);
/// What the fresh events and the time do to the clocks; put into the last event, or into one of its
/// own.
void add_clock_changes(const Draft& draft, std::vector<Event>& events, const Case& after);
[[nodiscard]] std::vector<Event> make_tick(const Draft& draft);
/// The change that the wanted extension makes, or what stands against it.
[[nodiscard]] Result<policy::ClockChange> extension_of(const Draft& draft);

[[nodiscard]] Refusal refusal(
    std::string code,
    std::string field = {},
    std::vector<std::pair<std::string, std::string>> params = {}
);

}  // namespace redress::cases
