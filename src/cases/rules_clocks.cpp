#include "base/described.hpp"
#include "cases/rules_draft.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace redress::cases {
namespace {

/// The event that carries clock changes; a command that makes several events puts them into its
/// last one.
void put(std::vector<Event>& events, const std::vector<policy::ClockChange>& changes)
{
    if (changes.empty())
        return;
    json::array array;
    for (const auto& change : changes)
        array.push_back(policy::to_json(change));
    events.back().payload["clocks"] = std::move(array);
}

void follow(
    std::vector<policy::Clock>& clocks,
    std::vector<policy::ClockChange>& all,
    std::vector<policy::ClockChange> more
)
{
    for (auto& change : more) {
        clocks = policy::applied(std::move(clocks), change);
        all.push_back(std::move(change));
    }
}

/// Packs that a case is no longer bound to take their clocks with them.
std::vector<policy::ClockChange> unbound(const Case& after, Instant at)
{
    std::vector<policy::ClockChange> changes;
    for (const auto& clock : after.clocks) {
        const bool is_bound = std::ranges::any_of(after.packs, [&](const auto& ref) {
            return ref.id == clock.key.pack;
        });
        if (is_bound || !policy::is_open(clock))
            continue;
        policy::ClockChange change;
        change.kind = policy::ClockChange::Kind::cancelled;
        change.key = clock.key;
        change.at = at;
        change.cause = "packs_bound";
        change.clock_kind = clock.kind;
        change.fired = clock.fired;
        changes.push_back(std::move(change));
    }
    return changes;
}

std::int64_t level_of(std::string_view role)
{
    static const std::map<std::string_view, std::int64_t> levels{
        {"manager", 1},
        {"approver", 1},
        {"qa", 1},
        {"compliance", 2},
        {"executive", 3}};
    const auto found = levels.find(role);
    return found == levels.end() ? 0 : found->second;
}

/// Why a case belongs higher up, each with its level (R6 of the lifecycle; B4).
std::map<std::string, std::int64_t> reasons_to_escalate(const Case& value)
{
    std::map<std::string, std::int64_t> reasons;
    const auto add = [&](bool holds, const char* reason, std::int64_t level) {
        if (holds)
            reasons.emplace(reason, level);
    };
    const auto* risks = field(value, "risk_flags");
    const auto has_risk = [&](std::string_view risk) {
        return risks != nullptr && risks->is_array() &&
               std::ranges::any_of(risks->get_array(), [&](const json::value& one) {
                   return one == json::string_view{risk};
               });
    };
    const auto broken = std::ranges::count_if(value.promises, &Promise::was_broken);
    add(int_at(value.facts, "severity") >= 4, "severity", 2);
    add(is_truthy(field(value, "vulnerable")) || has_risk("vulnerable"), "vulnerable_customer", 2);
    add(has_risk("legal"), "legal", 2);
    add(has_risk("threat"), "threat", 2);
    add(has_risk("media"), "media", 2);
    add(has_risk("regulator"), "regulator", 2);
    add(is_truthy(field(value, "safety_flag")) || has_risk("safety"), "safety", 3);
    add(has_risk("self_harm"), "self_harm", 3);
    add(value.anger >= 3, "anger", 1);
    add(value.contacts_in >= 3, "third_contact", 1);
    add(int_at(value.facts, "repeats") > 0 || has_risk("repeat"), "repeat", 1);
    add(broken >= 2, "promise_broken_twice", 2);
    add(value.flags.contains("not_satisfied"), "not_satisfied", 2);
    return reasons;
}

Event escalation(const Draft& draft, Instant at, std::string_view cause, std::int64_t level)
{
    Event event{"escalated", at, draft.context.now, draft.command.actor.name, {}, {}};
    event.payload["cause"] = json::string{cause};
    event.payload["level"] = level;
    return event;
}

/// Everything that time alone did, in time order, as events of their own beside the one with the
/// changes.
std::vector<Event>
events_of_ticks(const Draft& draft, const std::vector<policy::ClockChange>& changes)
{
    std::vector<Event> events{
        {"clocks_moved", draft.context.now, draft.context.now, draft.command.actor.name, {}, {}}};
    put(events, changes);
    auto level = draft.current.escalation;
    for (const auto& change : changes) {
        const bool is_broken =
            change.kind == policy::ClockChange::Kind::breached && !change.key.subject.empty();
        if (is_broken) {
            events.push_back(
                {"promise_broken", change.at, draft.context.now, draft.command.actor.name, {}, {}}
            );
            events.back().payload["promise"] = std::stoll(change.key.subject);
        }
        if (change.kind != policy::ClockChange::Kind::escalated)
            continue;
        level = std::max(level, level_of(change.role));
        auto event = escalation(draft, change.at, "clock", level);
        event.payload["role"] = change.role;
        event.payload["deadline"] = change.key.id;
        event.payload["pack"] = change.key.pack;
        event.payload["mark"] = change.cause;
        events.push_back(std::move(event));
    }
    return events;
}

/// The wanted extension, asked for in the role that may approve it where the actor has it, and
/// whether its notice is out.
policy::ExtensionRequest extension_request(const Draft& draft, const policy::DeadlineRule& rule)
{
    policy::ExtensionRequest request{
        std::string{input_text(draft, "extension")},
        std::string{input_text(draft, "extension_reason")},
        draft.roles.contains(Role::executive) ? "executive" : "manager",
        true,
        draft.at};
    for (const auto& one : rule.extensions) {
        if (one.id != request.extension)
            continue;
        request.is_notice_sent = one.notice.empty() || is_letter_sent(draft, one.notice);
        if (one.approver == "manager" && draft.roles.contains(Role::manager))
            request.approver_role = "manager";
    }
    return request;
}

}  // namespace

std::vector<Event> make_escalations(const Draft& draft, const Case& after)
{
    const auto before = reasons_to_escalate(draft.current);
    std::int64_t level = 0;
    json::array causes;
    for (const auto& [reason, its_level] : reasons_to_escalate(after)) {
        if (before.contains(reason))
            continue;
        level = std::max(level, its_level);
        causes.emplace_back(reason);
    }
    if (causes.empty() || !is_open(after.state))
        return {};
    auto event =
        escalation(draft, draft.at, causes.front().as_string(), std::max(level, after.escalation));
    event.payload["causes"] = std::move(causes);
    return {std::move(event)};
}

Result<policy::ClockChange> extension_of(const Draft& draft)
{
    const auto id = input_text(draft, "deadline");
    for (const auto* pack : draft.packs) {
        const auto* rule = pack->deadline(id);
        const auto clock = std::ranges::find_if(draft.current.clocks, [&](const auto& one) {
            return one.key.pack == pack->id && one.key.id == id && policy::is_open(one);
        });
        if (rule == nullptr || clock == draft.current.clocks.end())
            continue;
        return policy::extended(*clock, *pack, extension_request(draft, *rule));
    }
    return deny(Denial::conflict, "needs.deadline_running", "deadline");
}

void add_clock_changes(const Draft& draft, std::vector<Event>& events, const Case& after)
{
    auto history = draft.current.history;
    for (const auto& event : events)
        history.push_back(happened(event));
    const auto facts = facts_for_when(after, {});
    auto clocks = after.clocks;
    std::vector<policy::ClockChange> changes;
    follow(clocks, changes, unbound(after, draft.at));
    if (draft.command.verb == "extend")
        if (auto change = extension_of(draft))
            follow(clocks, changes, {std::move(*change)});
    for (const auto* pack : packs_of(after, draft.context.policies)) {
        if (after.received_at != draft.current.received_at && draft.current.version > 0)
            follow(clocks, changes, policy::rebased(clocks, *pack, "received", after.received_at));
        const policy::Situation situation{history, events.size(), facts, draft.context.now};
        follow(clocks, changes, policy::react(clocks, *pack, situation));
    }
    if (!changes.empty() && events.empty())
        events.push_back(
            {"clocks_moved", draft.context.now, draft.context.now, draft.command.actor.name, {}, {}}
        );
    put(events, changes);
}

std::vector<Event> make_tick(const Draft& draft)
{
    auto clocks = draft.current.clocks;
    std::vector<policy::ClockChange> changes;
    for (const auto* pack : draft.packs)
        follow(clocks, changes, policy::tick(clocks, *pack, draft.context.now));
    if (changes.empty())
        return {};
    std::ranges::stable_sort(changes, {}, &policy::ClockChange::at);
    auto events = events_of_ticks(draft, changes);
    Case after = draft.current;
    for (const auto& event : events)
        after = apply(std::move(after), event);
    for (auto& more : make_escalations(draft, after))
        events.push_back(std::move(more));
    return events;
}

}  // namespace redress::cases
