#pragma once

#include "staff/rules_roster.hpp"

#include <functional>
#include <span>
#include <string>
#include <vector>

namespace redress::staff {

/// What is known of a complaint when its owner is chosen.
struct RoutingQuestion {
    std::string category;   ///< "": not known
    std::string language;   ///< "zh", "en", "": not known
    StaffId subject_staff;  ///< never chosen; 0: nobody
    TeamId team;            ///< the complaint was sent to; 0: to the house
    Instant at;
};

/// Why somebody became the owner.
BOOST_DEFINE_ENUM_CLASS(
    RoutingReason,
    working,        ///< handles cases and is at work
    off_hours,      ///< handles cases, at home but not on leave
    team_lead,      ///< nobody who handles cases is there; leads the team
    default_owner,  ///< of the house
    anybody,        ///< an active person who is not the subject
    nobody          ///< nobody is active but the subject
)

/// An owner and why, for the ledger.
struct Routing {
    StaffId owner;  ///< 0 only with `nobody`
    RoutingReason reason{RoutingReason::nobody};
    bool speaks_language{};
    bool in_team{};
    bool knows_category{};
    std::int64_t open_cases{};
    friend bool operator==(const Routing&, const Routing&) = default;
};

/// A person and how many open cases they own.
struct Candidate {
    const Staff* person{};
    std::int64_t open_cases{};
};

/// Whoever is at work comes before whoever is not; then the language, the team, the knowledge of
/// the category (a specialist before a generalist before others) and the fewest open cases decide;
/// the lower id breaks a tie. Candidates are active people who handle cases and are not on leave;
/// without any, the lead of the team (or of one above it), then `default_owner`, then anybody
/// active. The order of `candidates` does not matter.
[[nodiscard]] Routing choose_owner(
    std::span<const Candidate> candidates,
    const RoutingQuestion& question,
    const Roster& roster,
    StaffId default_owner
);

/// Whether the job is to handle complaints.
[[nodiscard]] bool handles_cases(const Staff& person);

/// Whom an escalation step means by a role.
struct EscalationQuestion {
    StaffId owner;
    StaffId subject_staff;  ///< never told
    TeamId team;            ///< 0: that of the owner
};

inline constexpr std::size_t max_escalation_targets = 20;

/// `owner`: the owner; `manager`: the lead of the team, or of the next team above whose lead is
/// somebody else than the owner, otherwise every manager; any other role: whoever has it. Active
/// people only, ascending, at most max_escalation_targets.
[[nodiscard]] std::vector<StaffId>
who_is(cases::Role role, const EscalationQuestion& question, const Roster& roster);

BOOST_DESCRIBE_STRUCT(
    Routing,
    (),
    (owner, reason, speaks_language, in_team, knows_category, open_cases)
)

}  // namespace redress::staff
