#include "policy/clock_times.hpp"

#include <algorithm>
#include <map>

namespace redress::policy {
namespace {

using Kind = ClockChange::Kind;

ClockChange change_of(const Clock& clock, Kind kind, Instant at)
{
    ClockChange change;
    change.kind = kind;
    change.key = clock.key;
    change.at = at;
    change.fired = clock.fired;
    return change;
}

const DeadlineRule* rule_of(const Clock& clock, const Pack& pack)
{
    return clock.key.pack == pack.id ? pack.deadline(clock.key.id) : nullptr;
}

/// The end of a pause that nobody ended.
ClockChange resumed(const Clock& clock, const DeadlineRule& rule, Instant at)
{
    ClockChange change = change_of(clock, Kind::resumed, at);
    change.cause = "pause_max";
    Clock after = clock;
    after.pauses.push_back({*clock.paused_at, at});
    change.due_at = due_of(after, rule);
    change.year_without_table =
        rule.calendar->first_year_without_table(clock.started_at, *change.due_at);
    return change;
}

ClockChange fired(const Clock& clock, const DeadlineRule& rule, const Firing& firing)
{
    if (clock.state == ClockState::paused)
        return resumed(clock, rule, firing.at);
    ClockChange change = change_of(clock, Kind::warned, firing.at);
    change.fired |= std::uint64_t{1} << firing.bit;
    const std::size_t warnings = rule.warn_at.size();
    if (firing.bit < warnings) {
        change.cause = rule.warn_at[firing.bit].text;
    } else if (firing.bit < breach_bit(rule)) {
        const Escalation& escalation = rule.escalates_to[firing.bit - warnings];
        change.kind = Kind::escalated;
        change.cause = escalation.at.text;
        change.role = escalation.role;
    } else {
        const bool lapses =
            rule.kind == DeadlineKind::window || rule.kind == DeadlineKind::customer;
        change.kind = lapses ? Kind::lapsed : Kind::breached;
        change.cause = "due";
        change.effects = rule.on_breach;
    }
    return change;
}

/// The clock of the pack on which something fires first, not later than `now`.
const Clock* first_to_fire(const std::vector<Clock>& clocks, const Pack& pack, Instant now)
{
    const Clock* first = nullptr;
    for (const Clock& clock : clocks) {
        const bool fires = is_open(clock) && clock.next_fire_at && *clock.next_fire_at <= now;
        if (fires && rule_of(clock, pack) != nullptr &&
            (first == nullptr || *clock.next_fire_at < *first->next_fire_at))
            first = &clock;
    }
    return first;
}

std::unexpected<Denied> refuse(Denial kind, std::string code, std::string field)
{
    return deny(kind, "policy." + std::move(code), std::move(field));
}

/// Whether the second role may approve what asks for the first.
bool may_approve(std::string_view needed, std::string_view role)
{
    static const std::map<std::string_view, int> ranks{
        {"owner", 1},
        {"approver", 2},
        {"manager", 2},
        {"compliance", 2},
        {"executive", 3}};
    const auto wanted = ranks.find(needed);
    const auto given = ranks.find(role);
    const bool is_higher =
        wanted != ranks.end() && given != ranks.end() && given->second > wanted->second;
    return needed == role || is_higher;
}

std::optional<Denied>
find_fault(const Clock& clock, const ExtendRule& rule, const ExtensionRequest& request)
{
    const auto count_used = [&](std::string_view id) {
        return std::ranges::count(clock.extensions, id, &UsedExtension::id);
    };
    if (!is_open(clock))
        return refuse(Denial::conflict, "extension_ended", "deadline").error();
    if (rule.before_due && request.now >= clock.due_at)
        return refuse(Denial::conflict, "extension_after_due", "deadline").error();
    if (count_used(rule.id) >= rule.max_times)
        return refuse(Denial::conflict, "extension_used_up", "extension").error();
    if (!rule.requires_previous.empty() && count_used(rule.requires_previous) == 0)
        return deny(
                   Denial::conflict,
                   "policy.extension_previous",
                   "extension",
                   {{"previous", rule.requires_previous}}
        ).error();
    if (!may_approve(rule.approver, request.approver_role))
        return deny(
                   Denial::forbidden,
                   "policy.extension_approver",
                   "approver",
                   {{"role", rule.approver}}
        ).error();
    if (!rule.reasons.empty() &&
        std::ranges::find(rule.reasons, request.reason) == rule.reasons.end())
        return refuse(Denial::invalid, "extension_reason", "extension_reason").error();
    if (!rule.notice.empty() && !request.is_notice_sent)
        return deny(
                   Denial::conflict,
                   "policy.extension_notice",
                   "letter",
                   {{"letter", rule.notice}}
        ).error();
    return std::nullopt;
}

ClockChange moved(const Clock& clock, const DeadlineRule& rule, Instant start)
{
    Clock after = clock;
    after.started_at = start;
    ClockChange change = change_of(clock, Kind::moved, start);
    change.cause = clock.started_by;
    change.started_at = start;
    change.due_at = due_of(after, rule);
    change.year_without_table = rule.calendar->first_year_without_table(start, *change.due_at);
    // What is due later than before may be missed once more.
    if (*change.due_at > clock.due_at)
        change.fired &= ~(std::uint64_t{1} << breach_bit(rule));
    std::vector<Clock> one{clock};
    carry_out(one, change);
    return with_times(std::move(change), one.front(), rule);
}

}  // namespace

std::vector<ClockChange> tick(const std::vector<Clock>& clocks, const Pack& pack, Instant now)
{
    std::vector<ClockChange> changes;
    if (first_to_fire(clocks, pack, now) == nullptr)
        return changes;
    std::vector<Clock> after = clocks;
    while (const Clock* first = first_to_fire(after, pack, now)) {
        const DeadlineRule& rule = *rule_of(*first, pack);
        Clock& clock = *std::ranges::find(after, first->key, &Clock::key);
        const auto firing = next_firing(clock, rule);
        if (!firing || firing->at > now) {
            clock.next_fire_at = firing ? std::optional{firing->at} : std::nullopt;
            continue;
        }
        ClockChange change = fired(clock, rule, *firing);
        carry_out(after, change);
        change = with_times(std::move(change), clock, rule);
        clock.next_fire_at = change.next_fire_at;
        changes.push_back(std::move(change));
    }
    return changes;
}

std::vector<ClockChange>
rebased(const std::vector<Clock>& clocks, const Pack& pack, std::string_view event, Instant is)
{
    std::vector<ClockChange> changes;
    for (const Clock& clock : clocks) {
        const DeadlineRule* rule = rule_of(clock, pack);
        const bool is_over =
            clock.state == ClockState::cancelled || clock.state == ClockState::superseded;
        if (rule != nullptr && !is_over && clock.started_by == event && clock.started_at != is)
            changes.push_back(moved(clock, *rule, is));
    }
    return changes;
}

Result<ClockChange> extended(const Clock& clock, const Pack& pack, const ExtensionRequest& request)
{
    const DeadlineRule* rule = rule_of(clock, pack);
    if (rule == nullptr)
        return refuse(Denial::not_found, "extension_unknown", "deadline");
    const auto extension = std::ranges::find(rule->extensions, request.extension, &ExtendRule::id);
    if (extension == rule->extensions.end())
        return refuse(Denial::not_found, "extension_unknown", "extension");
    if (auto fault = find_fault(clock, *extension, request))
        return std::unexpected{*std::move(fault)};

    Clock after = clock;
    after.extensions.push_back(
        {extension->id, request.now, request.reason, request.approver_role, {}}
    );
    ClockChange change = change_of(clock, Kind::extended, request.now);
    change.cause = extension->id;
    change.role = request.approver_role;
    change.reason = request.reason;
    change.due_at = due_of(after, *rule);
    change.year_without_table =
        rule->calendar->first_year_without_table(clock.started_at, *change.due_at);
    if (*change.due_at > request.now)
        change.fired &= ~(std::uint64_t{1} << breach_bit(*rule));
    std::vector<Clock> one{clock};
    carry_out(one, change);
    return with_times(std::move(change), one.front(), *rule);
}

}  // namespace redress::policy
