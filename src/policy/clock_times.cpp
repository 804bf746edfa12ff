#include "policy/clock_times.hpp"

#include <algorithm>

namespace redress::policy {
namespace {

/// Packs are checked so that no limit ends after the year 9999; a history with absurd times may
/// still get there.
constexpr Instant never{253'402'214'400'000'000};

Course course_of(const Clock& clock, const DeadlineRule& rule, std::vector<Stretch>& stretches)
{
    for (const UsedExtension& used : clock.extensions) {
        const auto extension = std::ranges::find(rule.extensions, used.id, &ExtendRule::id);
        if (extension != rule.extensions.end())
            stretches.push_back({extension->kind, extension->by.amount, extension->by.calendar});
    }
    Course course{rule.due ? rule.due->amount : Amount{}, stretches, clock.pauses, {}};
    if (!rule.due_field.empty() || !rule.due)
        course.given_end = clock.original_due_at;
    return course;
}

void consider(std::optional<Firing>& earliest, Firing firing)
{
    if (!earliest || firing.at < earliest->at)
        earliest = firing;
}

}  // namespace

Instant due_of(const Clock& clock, const DeadlineRule& rule)
{
    std::vector<Stretch> stretches;
    const Course course = course_of(clock, rule, stretches);
    return due_at(*rule.calendar, clock.started_at, course).value_or(never);
}

Instant first_due(const DeadlineRule& rule, Instant start)
{
    return rule.due ? due_at(*rule.due->calendar, start, rule.due->amount).value_or(never) : never;
}

bool is_due_inclusive(const DeadlineRule& rule)
{
    const bool is_day_clock = rule.calendar->kind() == CalendarKind::business_days ||
                              rule.calendar->kind() == CalendarKind::civil_days;
    return rule.due_field.empty() && is_day_clock && rule.calendar->ends_within_day();
}

unsigned breach_bit(const DeadlineRule& rule)
{
    return static_cast<unsigned>(rule.warn_at.size() + rule.escalates_to.size());
}

std::optional<Instant> pause_ends(const Clock& clock, const DeadlineRule& rule)
{
    if (!clock.paused_at || !rule.pause_max)
        return std::nullopt;
    const auto end = due_at(*rule.pause_max->calendar, *clock.paused_at, rule.pause_max->amount);
    return end ? std::optional{*end} : std::nullopt;
}

std::optional<Firing> next_firing(const Clock& clock, const DeadlineRule& rule)
{
    if (!is_open(clock))
        return std::nullopt;
    if (clock.state == ClockState::paused) {
        const auto end = pause_ends(clock, rule);
        return end ? std::optional{Firing{*end, breach_bit(rule)}} : std::nullopt;
    }
    const auto is_fired = [&](unsigned bit) { return (clock.fired >> bit & 1) != 0; };
    const Stay stay{clock.started_at, clock.due_at, clock.pauses};
    const Micros whole = allotted(*rule.calendar, stay);
    std::optional<Firing> earliest;
    unsigned bit = 0;
    for (const Mark& mark : rule.warn_at) {
        if (!is_fired(bit))
            consider(earliest, {point_at(*rule.calendar, stay, whole, mark), bit});
        ++bit;
    }
    for (const Escalation& escalation : rule.escalates_to) {
        if (!is_fired(bit))
            consider(earliest, {point_at(*rule.calendar, stay, whole, escalation.at), bit});
        ++bit;
    }
    if (!is_fired(bit))
        consider(earliest, {clock.is_due_inclusive ? clock.due_at + Micros{1} : clock.due_at, bit});
    // A mark that lies before the start (a short promise with "-4h") fires with the start.
    if (earliest)
        earliest->at = std::max(earliest->at, clock.started_at);
    return earliest;
}

ClockChange with_times(ClockChange change, const Clock& after, const DeadlineRule& rule)
{
    const auto next = next_firing(after, rule);
    change.next_fire_at = next ? std::optional{next->at} : std::nullopt;
    change.fired = after.fired;
    change.clock_kind = after.kind;
    return change;
}

}  // namespace redress::policy
