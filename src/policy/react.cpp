#include "policy/clock_times.hpp"
#include "policy/words.hpp"

#include <algorithm>
#include <array>

namespace redress::policy {
namespace {

using Kind = ClockChange::Kind;
using Names = std::vector<std::string>;

bool contains(const Names& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

/// Events with which a case begins: what they start runs from the customer's first word.
bool is_beginning(std::string_view event)
{
    static constexpr std::array<std::string_view, 5> beginnings{
        "received",
        "registered",
        "transferred_in",
        "workorder_received",
        "reopened"};
    return std::ranges::find(beginnings, event) != beginnings.end();
}

bool is_in_time(const Clock& clock, Instant at)
{
    return clock.is_due_inclusive ? at <= clock.due_at : at < clock.due_at;
}

/// A time in facts: RFC 3339, microseconds, or a date, which lasts until its end.
std::optional<Instant> to_time(const json::value* value, const Calendar& calendar)
{
    if (value == nullptr)
        return std::nullopt;
    if (value->is_int64())
        return Instant{value->get_int64()};
    if (!value->is_string())
        return std::nullopt;
    if (const auto date = read_date(value->get_string()))
        return calendar.end_of(*date);
    return parse_rfc3339(value->get_string());
}

/// The clocks of one pack while events happen to them.
class Reaction {
public:
    Reaction(const std::vector<Clock>& clocks, const Pack& pack, const Situation& situation)
        : clocks_{clocks}, pack_{pack}, situation_{situation}
    {}

    std::vector<ClockChange> run()
    {
        const std::size_t size = situation_.history.size();
        for (std::size_t i = size - std::min(situation_.fresh, size); i < size; ++i)
            for (const DeadlineRule& rule : pack_.deadlines)
                if (rule.scope == Scope::kase || rule.scope == Scope::promise)
                    happen(rule, situation_.history[i]);
        // A condition may look at other deadlines, so that one change can lead to the next.
        static constexpr int most_rounds = 4;
        for (int round = 0; round < most_rounds && settle_conditions(); ++round)
            continue;
        return std::move(changes_);
    }

private:
    void happen(const DeadlineRule& rule, const Happened& event)
    {
        std::string subject;
        if (rule.scope == Scope::promise) {
            subject = string_at(event.facts, "promise");
            if (subject.empty())
                return;
        }
        const Clock* clock = latest(rule, subject);
        if (clock != nullptr && is_open(*clock))
            return happen_to_open(rule, *clock, event);
        if (clock != nullptr)
            happen_to_ended(rule, *clock, event);
        else if (contains(rule.starts_on, event.event))
            start(rule, {pack_.id, rule.id, subject, 1}, event.event, event.at, &event);
    }

    void happen_to_open(const DeadlineRule& rule, const Clock& clock, const Happened& event)
    {
        const std::string& name = event.event;
        if (contains(rule.stops_on, name))
            return stop(rule, clock, event);
        if (contains(rule.cancels_on, name) || (name == "merged" && rule.scope == Scope::kase))
            return end(rule, clock, Kind::cancelled, name, event.at);
        if (contains(rule.restart_on, name)) {
            const ClockKey next = next_key(clock);
            end(rule, clock, Kind::superseded, name, event.at);
            return start(rule, next, name, event.at, &event);
        }
        if (contains(rule.recurs_on, name)) {
            const ClockKey next = next_key(clock);
            stop(rule, clock, event);
            return start(rule, next, name, event.at, &event);
        }
        if (clock.state == ClockState::running && contains(rule.pause_on, name) &&
            event.at < clock.due_at)
            return pause(rule, clock, event);
        if (clock.state == ClockState::paused && contains(rule.resume_on, name))
            resume(rule, clock, name, event.at);
    }

    void happen_to_ended(const DeadlineRule& rule, const Clock& clock, const Happened& event)
    {
        const std::string& name = event.event;
        const bool was_late = clock.state == ClockState::late;
        if (was_late && contains(rule.stops_on, name) && event.at >= clock.started_at &&
            is_in_time(clock, event.at))
            return stop(rule, clock, event);
        if (name == "reopened")
            return reopen(rule, clock, event);
        const bool is_back = name == "registered" && clock.ended_by == "classified_not_complaint";
        if (is_back)
            return start(rule, next_key(clock), clock.started_by, clock.started_at, &event);
        const bool was_decided = clock.state == ClockState::met || was_late;
        const bool starts_once = contains(rule.starts_on, "received");
        const bool is_new_round =
            contains(rule.starts_on, name) && !starts_once && event.at >= clock.started_at;
        if (is_new_round || (was_decided && contains(rule.restart_on, name)))
            start(rule, next_key(clock), name, event.at, &event);
    }

    /// Semantics 8.
    void reopen(const DeadlineRule& rule, const Clock& clock, const Happened& event)
    {
        if (rule.scope != Scope::kase || !is_beginning(clock.started_by) ||
            contains(rule.stops_on, event.event))
            return;
        const bool has_new_facts = is_truthy(event.facts.if_contains("new_facts"));
        if (rule.kind == DeadlineKind::soft || (rule.kind == DeadlineKind::hard && has_new_facts))
            return start(rule, next_key(clock), event.event, event.at, &event);
        const bool was_cancelled = clock.state == ClockState::cancelled;
        // A duty discharged in time does not become late by reopening after its time.
        if (rule.kind == DeadlineKind::hard && (was_cancelled || event.at < clock.due_at))
            start(rule, next_key(clock), clock.started_by, clock.started_at, &event);
    }

    void start(
        const DeadlineRule& rule,
        ClockKey key,
        std::string_view by,
        Instant at,
        const Happened* event
    )
    {
        if (!holds_now(rule))
            return;
        const auto due = end_from(rule, at, event);
        if (!due)
            return;
        ClockChange change;
        change.kind = Kind::started;
        change.key = std::move(key);
        change.at = at;
        change.cause = by;
        change.version = pack_.version;
        change.clock_kind = rule.kind;
        change.scope = rule.scope;
        change.due_at = due;
        change.is_due_inclusive = is_due_inclusive(rule);
        change.year_without_table = rule.calendar->first_year_without_table(at, *due);
        emit(rule, std::move(change));
    }

    /// nullopt when the rule waits for a time that is not known yet.
    std::optional<Instant> end_from(const DeadlineRule& rule, Instant at, const Happened* event)
    {
        if (rule.due_field.empty())
            return first_due(rule, at);
        const auto last_dot = rule.due_field.rfind('.');
        const std::string_view name = std::string_view{rule.due_field}.substr(
            last_dot == std::string::npos ? 0 : last_dot + 1
        );
        auto given = event == nullptr ? std::nullopt
                                      : to_time(event->facts.if_contains(name), *rule.calendar);
        if (!given)
            given = to_time(find_path(situation_.facts, rule.due_field), *rule.calendar);
        if (!given && rule.due)
            given = first_due(rule, at);
        return given;
    }

    void stop(const DeadlineRule& rule, const Clock& clock, const Happened& event)
    {
        ClockChange change = change_of(clock, Kind::met, event.event, event.at);
        const bool is_met = clock.state == ClockState::paused || is_in_time(clock, event.at);
        change.kind = is_met ? Kind::met : Kind::stopped_late;
        change.is_recorded_late =
            is_met && !is_in_time(clock, event.recorded_at) && clock.state != ClockState::paused;
        emit(rule, std::move(change));
    }

    void
    end(const DeadlineRule& rule, const Clock& clock, Kind kind, std::string_view cause, Instant at)
    {
        emit(rule, change_of(clock, kind, cause, at));
    }

    void pause(const DeadlineRule& rule, const Clock& clock, const Happened& event)
    {
        emit(
            rule,
            change_of(clock, Kind::paused, event.event, std::max(event.at, clock.started_at))
        );
    }

    void resume(const DeadlineRule& rule, const Clock& clock, std::string_view cause, Instant at)
    {
        Clock after = clock;
        ClockChange change = change_of(clock, Kind::resumed, cause, std::max(at, *clock.paused_at));
        after.pauses.push_back({*clock.paused_at, change.at});
        change.due_at = due_of(after, rule);
        change.year_without_table =
            rule.calendar->first_year_without_table(clock.started_at, *change.due_at);
        emit(rule, std::move(change));
    }

    /// Whether a condition that came true or false changed anything.
    bool settle_conditions()
    {
        const std::size_t before = changes_.size();
        for (const DeadlineRule& rule : pack_.deadlines)
            if (rule.scope == Scope::kase && (!rule.when.always_holds() || !rule.due_field.empty()))
                settle(rule);
        return changes_.size() != before;
    }

    void settle(const DeadlineRule& rule)
    {
        const Clock* clock = latest(rule, {});
        const bool is_running = clock != nullptr && is_open(*clock);
        if (is_running && !holds_now(rule))
            return end(rule, *clock, Kind::cancelled, "when", situation_.now);
        const bool may_start = clock == nullptr || clock->ended_by == "when";
        if (is_running || !may_start || !holds_now(rule))
            return;
        const auto began = std::ranges::find_if(situation_.history, [&](const Happened& event) {
            return contains(rule.starts_on, event.event);
        });
        if (began == situation_.history.end())
            return;
        const ClockKey key =
            clock == nullptr ? ClockKey{pack_.id, rule.id, {}, 1} : next_key(*clock);
        const std::size_t before = changes_.size();
        start(rule, key, began->event, began->at, &*began);
        if (changes_.size() == before)
            return;
        for (auto event = began + 1; event != situation_.history.end(); ++event)
            happen(rule, *event);
    }

    bool holds_now(const DeadlineRule& rule)
    {
        return rule.when.always_holds() ||
               holds(rule.when, [this](std::string_view name) { return fact(name); });
    }

    std::optional<json::value> fact(std::string_view name)
    {
        static constexpr std::string_view event_prefix = "event.";
        static constexpr std::string_view deadline_prefix = "deadline.";
        if (name.starts_with(event_prefix))
            return std::ranges::any_of(situation_.history, [&](const Happened& event) {
                return event.event == name.substr(event_prefix.size());
            });
        if (name.starts_with(deadline_prefix))
            return deadline_fact(name.substr(deadline_prefix.size()));
        const json::value* value = find_path(situation_.facts, name);
        return value == nullptr || value->is_null() ? std::nullopt : std::optional{*value};
    }

    std::optional<json::value> deadline_fact(std::string_view name)
    {
        const auto dot = name.rfind('.');
        const DeadlineRule* rule = pack_.deadline(name.substr(0, dot));
        const Clock* clock = rule == nullptr ? nullptr : latest(*rule, {});
        if (clock == nullptr)
            return std::nullopt;
        const std::string_view property = name.substr(dot + 1);
        if (property == "met")
            return clock->state == ClockState::met;
        if (property == "late")
            return clock->state == ClockState::late;
        if (property == "open")
            return is_open(*clock);
        return json::string{to_rfc3339(clock->due_at)};
    }

    const Clock* latest(const DeadlineRule& rule, std::string_view subject) const
    {
        const Clock* found = nullptr;
        for (const Clock& clock : clocks_) {
            const bool is_its = clock.key.id == rule.id && clock.key.pack == pack_.id &&
                                clock.key.subject == subject;
            if (is_its && (found == nullptr || clock.key.instance > found->key.instance))
                found = &clock;
        }
        return found;
    }

    static ClockKey next_key(const Clock& clock)
    {
        ClockKey key = clock.key;
        ++key.instance;
        return key;
    }

    static ClockChange change_of(const Clock& clock, Kind kind, std::string_view cause, Instant at)
    {
        ClockChange change;
        change.kind = kind;
        change.key = clock.key;
        change.at = at;
        change.cause = cause;
        change.fired = clock.fired;
        return change;
    }

    /// Carries a change out and notes it with the times the clock has then.
    void emit(const DeadlineRule& rule, ClockChange change)
    {
        carry_out(clocks_, change);
        Clock& clock = *std::ranges::find(clocks_, change.key, &Clock::key);
        change = with_times(std::move(change), clock, rule);
        clock.next_fire_at = change.next_fire_at;
        changes_.push_back(std::move(change));
    }

    std::vector<Clock> clocks_;
    const Pack& pack_;
    const Situation& situation_;
    std::vector<ClockChange> changes_;
};

}  // namespace

std::vector<ClockChange>
react(const std::vector<Clock>& clocks, const Pack& pack, const Situation& situation)
{
    return Reaction{clocks, pack, situation}.run();
}

}  // namespace redress::policy
