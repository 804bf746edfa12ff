#include "staff/rules_routing.hpp"

#include <algorithm>
#include <compare>
#include <optional>

namespace redress::staff {
namespace {

using cases::Role;

/// Less is better, from the first member down.
struct Fit {
    bool is_off_hours{};
    bool misses_language{};
    bool misses_team{};
    int category_distance{};  ///< 0 specialist or no category asked, 1 generalist, 2 other
    std::int64_t open_cases{};
    StaffId id;
    friend auto operator<=>(const Fit&, const Fit&) = default;
};

bool holds(const std::vector<std::string>& list, const std::string& item)
{
    return std::ranges::find(list, item) != list.end();
}

int category_distance(const Staff& person, const std::string& category)
{
    if (category.empty() || holds(person.categories, category))
        return 0;
    return person.categories.empty() ? 1 : 2;
}

Fit fit_of(const Candidate& candidate, const RoutingQuestion& question, const Roster& roster)
{
    const Staff& person = *candidate.person;
    return {
        .is_off_hours = !is_working(person.hours, question.at),
        .misses_language =
            !question.language.empty() && !holds(person.languages, question.language),
        .misses_team = question.team && !roster.is_within(person.team, question.team),
        .category_distance = category_distance(person, question.category),
        .open_cases = candidate.open_cases,
        .id = person.id};
}

bool can_own(const Staff* person, StaffId subject)
{
    return person != nullptr && person->is_active && person->id != subject;
}

bool is_available(const Staff& person, const RoutingQuestion& question, const Roster& roster)
{
    return can_own(&person, question.subject_staff) && handles_cases(person) &&
           !roster.is_away(person.id, question.at);
}

/// The lead of the team or of the next one above; 0 when none of them can own the case.
StaffId lead_of(TeamId team, std::span<const StaffId> excluded, const Roster& roster)
{
    for (int depth = 0; team && depth < max_team_depth; ++depth) {
        const auto* found = roster.find(team);
        if (found == nullptr)
            return {};
        const auto* lead = roster.find(found->lead);
        if (lead != nullptr && lead->is_active &&
            std::ranges::find(excluded, lead->id) == excluded.end())
            return lead->id;
        team = found->parent;
    }
    return {};
}

Routing fall_back(const RoutingQuestion& question, const Roster& roster, StaffId default_owner)
{
    const StaffId excluded[]{question.subject_staff};
    if (const auto lead = lead_of(question.team, excluded, roster))
        return {.owner = lead, .reason = RoutingReason::team_lead};
    if (can_own(roster.find(default_owner), question.subject_staff))
        return {.owner = default_owner, .reason = RoutingReason::default_owner};
    for (const auto& person : roster.people)
        if (can_own(&person, question.subject_staff))
            return {.owner = person.id, .reason = RoutingReason::anybody};
    return {};
}

std::vector<StaffId> holders(Role role, StaffId subject, const Roster& roster)
{
    std::vector<StaffId> found;
    for (const auto& person : roster.people) {
        if (found.size() == max_escalation_targets)
            break;
        if (can_own(&person, subject) && person.has_role(role))
            found.push_back(person.id);
    }
    return found;
}

}  // namespace

bool handles_cases(const Staff& person)
{
    return person.has_role(Role::intake) || person.has_role(Role::investigator);
}

Routing choose_owner(
    std::span<const Candidate> candidates,
    const RoutingQuestion& question,
    const Roster& roster,
    StaffId default_owner
)
{
    std::optional<Fit> best;
    for (const auto& candidate : candidates) {
        if (!is_available(*candidate.person, question, roster))
            continue;
        const Fit fit = fit_of(candidate, question, roster);
        if (!best || fit < *best)
            best = fit;
    }
    if (!best)
        return fall_back(question, roster, default_owner);
    return {
        .owner = best->id,
        .reason = best->is_off_hours ? RoutingReason::off_hours : RoutingReason::working,
        .speaks_language = !best->misses_language,
        .in_team = !best->misses_team,
        .knows_category = best->category_distance == 0,
        .open_cases = best->open_cases};
}

std::vector<StaffId> who_is(Role role, const EscalationQuestion& question, const Roster& roster)
{
    const auto* owner = roster.find(question.owner);
    if (role == Role::owner)
        return can_own(owner, question.subject_staff) ? std::vector{owner->id}
                                                      : std::vector<StaffId>{};
    if (role == Role::manager) {
        const auto team = question.team || owner == nullptr ? question.team : owner->team;
        const StaffId excluded[]{question.owner, question.subject_staff};
        if (const auto lead = lead_of(team, excluded, roster))
            return {lead};
    }
    return holders(role, question.subject_staff, roster);
}

}  // namespace redress::staff
