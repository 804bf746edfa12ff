#include "policy/clocks.hpp"

#include "policy/clock_times.hpp"

#include <algorithm>

namespace redress::policy {
namespace {

using Kind = ClockChange::Kind;

Clock started(const ClockChange& change)
{
    Clock clock;
    clock.key = change.key;
    clock.version = change.version;
    clock.kind = change.clock_kind;
    clock.scope = change.scope;
    clock.state = ClockState::running;
    clock.started_by = change.cause;
    clock.started_at = change.at;
    clock.original_due_at = clock.due_at = change.due_at.value_or(change.at);
    clock.is_due_inclusive = change.is_due_inclusive;
    clock.fired = change.fired;
    clock.next_fire_at = change.next_fire_at;
    clock.year_without_table = change.year_without_table;
    return clock;
}

bool is_in_time(const Clock& clock, Instant at)
{
    return clock.is_due_inclusive ? at <= clock.due_at : at < clock.due_at;
}

void end(Clock& clock, ClockState state, const ClockChange& change)
{
    clock.state = state;
    clock.stopped_at = change.at;
    clock.ended_by = change.cause;
    clock.paused_at.reset();
    clock.is_recorded_late = change.is_recorded_late;
}

void resume(Clock& clock, Instant at)
{
    if (clock.paused_at)
        clock.pauses.push_back({*clock.paused_at, at});
    clock.paused_at.reset();
    clock.paused_by.clear();
    clock.state = ClockState::running;
}

void move(Clock& clock, const ClockChange& change, Instant due_before)
{
    clock.started_at = change.started_at.value_or(clock.started_at);
    if (clock.extensions.empty() && clock.pauses.empty())
        clock.original_due_at = clock.due_at;
    if (clock.stopped_at && !clock.ended_by.empty())
        clock.state = is_in_time(clock, *clock.stopped_at) ? ClockState::met : ClockState::late;
    else if (clock.state == ClockState::late && clock.due_at > due_before) {
        clock.state = ClockState::running;
        clock.stopped_at.reset();
    }
}

/// The end has moved ahead: what was overdue runs again.
void run_again(Clock& clock, const ClockChange& change)
{
    if (clock.state == ClockState::late && !clock.stopped_at && is_in_time(clock, change.at))
        clock.state = ClockState::running;
}

void follow(Clock& clock, const ClockChange& change)
{
    const Instant due_before = clock.due_at;
    clock.fired = change.fired;
    clock.next_fire_at = change.next_fire_at;
    if (change.due_at) {
        clock.due_at = *change.due_at;
        clock.year_without_table = change.year_without_table;
    }
    switch (change.kind) {
        case Kind::met:
            return end(clock, ClockState::met, change);
        case Kind::stopped_late:
            return end(clock, ClockState::late, change);
        case Kind::cancelled:
            return end(clock, ClockState::cancelled, change);
        case Kind::superseded:
            return end(clock, ClockState::superseded, change);
        case Kind::paused:
            clock.state = ClockState::paused;
            clock.paused_at = change.at;
            clock.paused_by = change.cause;
            return;
        case Kind::resumed:
            return resume(clock, change.at);
        case Kind::extended:
            clock.extensions.push_back(
                {change.cause, change.at, change.reason, change.role, clock.due_at}
            );
            return run_again(clock, change);
        case Kind::moved:
            return move(clock, change, due_before);
        case Kind::breached:
            clock.state = ClockState::late;
            return;
        case Kind::lapsed:
            clock.state = ClockState::late;
            clock.stopped_at = clock.due_at;
            return;
        case Kind::started:
        case Kind::warned:
        case Kind::escalated:
            return;
    }
}

}  // namespace

bool is_open(const Clock& clock)
{
    return clock.state == ClockState::running || clock.state == ClockState::paused ||
           (clock.state == ClockState::late && !clock.stopped_at);
}

bool counts_for_staff(DeadlineKind kind)
{
    return kind == DeadlineKind::hard || kind == DeadlineKind::soft;
}

void carry_out(std::vector<Clock>& clocks, const ClockChange& change)
{
    if (change.kind == Kind::started) {
        clocks.push_back(started(change));
        return;
    }
    const auto clock = std::ranges::find(clocks, change.key, &Clock::key);
    if (clock != clocks.end())
        follow(*clock, change);
}

std::vector<Clock> applied(std::vector<Clock> clocks, const ClockChange& change)
{
    carry_out(clocks, change);
    return clocks;
}

std::optional<Instant> next_fire(const std::vector<Clock>& clocks)
{
    std::optional<Instant> earliest;
    for (const Clock& clock : clocks)
        if (is_open(clock) && clock.next_fire_at && (!earliest || *clock.next_fire_at < *earliest))
            earliest = clock.next_fire_at;
    return earliest;
}

std::optional<Instant> next_due(const std::vector<Clock>& clocks)
{
    std::optional<Instant> earliest;
    for (const Clock& clock : clocks) {
        const bool is_running = is_open(clock) && clock.state != ClockState::paused;
        if (is_running && counts_for_staff(clock.kind) && (!earliest || clock.due_at < *earliest))
            earliest = clock.due_at;
    }
    return earliest;
}

}  // namespace redress::policy
