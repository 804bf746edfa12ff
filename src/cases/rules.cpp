#include "cases/rules.hpp"

#include "cases/rules_draft.hpp"

#include <algorithm>
#include <iterator>

namespace redress::cases {
namespace {

constexpr Micros clock_tolerance = std::chrono::minutes{2};

/// Who is offered a case may answer the offer, and nothing else yet.
bool answers_own_offer(const Transition& row, const Case& current, const Actor& actor)
{
    const bool is_answer = row.verb == "accept_handover" || row.verb == "decline_handover";
    return is_answer && current.offer && actor.staff && current.offer->to == actor.staff;
}

bool may_give(const Transition& row, const Case& current, const Actor& actor)
{
    const auto roles = roles_towards(current, actor);
    return std::ranges::any_of(row.who, [&](Role role) { return roles.contains(role); }) ||
           answers_own_offer(row, current, actor);
}

Draft draft_of(
    const Case& current,
    const Command& command,
    const Context& context,
    const Transition& row
)
{
    return {
        current,
        command,
        context,
        row,
        roles_towards(current, command.actor),
        command.at.value_or(std::max(context.now, current.received_at)),
        packs_of(current, context.policies)};
}

Result<void> check_state(const Draft& draft)
{
    const bool is_new = draft.current.version == 0;
    const bool fits =
        draft.row.from_new ? is_new : !is_new && draft.row.from.contains(draft.current.state);
    if (fits)
        return {};
    return deny(
        Denial::conflict,
        is_new ? "case_unknown" : "state_forbids",
        "",
        {{"state", both(draft.context.lifecycle.title(draft.current.state))},
         {"command", both(draft.row.title)}}
    );
}

Result<void> check_actor(const Draft& draft)
{
    const auto subject = int_at(draft.current.facts, "subject_staff");
    if (subject != 0 && StaffId{subject} == draft.command.actor.staff)
        return deny(Denial::forbidden, "subject_may_not_handle");
    if (!may_give(draft.row, draft.current, draft.command.actor))
        return deny(Denial::forbidden, "role_forbids", "", {{"command", both(draft.row.title)}});
    return {};
}

/// A time that somebody gave. Without one it is now, or the receipt when the clock was set back
/// since: a case must not be out of reach until the clock has caught up.
Result<void> check_time(const Draft& draft)
{
    if (!draft.command.at)
        return {};
    if (draft.at > draft.context.now + clock_tolerance)
        return deny(Denial::invalid, "time_in_future", "at", {{"at", to_rfc3339(draft.at)}});
    if (draft.current.version > 0 && draft.at < draft.current.received_at)
        return deny(
            Denial::invalid,
            "time_before_receipt",
            "at",
            {{"received_at", to_rfc3339(draft.current.received_at)}}
        );
    return {};
}

std::vector<Refusal> requirements(const Draft& draft)
{
    auto refusals = check_needs(draft);
    std::ranges::move(check_gates(draft), std::back_inserter(refusals));
    return refusals;
}

Result<void> check(const Draft& draft)
{
    for (const auto test : {check_state, check_actor, check_time})
        if (auto answer = test(draft); !answer)
            return answer;
    if (auto wrong = check_inputs(draft); !wrong.empty())
        return std::unexpected{Denied{Denial::invalid, std::move(wrong)}};
    if (auto missing = requirements(draft); !missing.empty())
        return std::unexpected{Denied{Denial::conflict, std::move(missing)}};
    return {};
}

Case applied(Case value, std::span<const Event> events)
{
    for (const auto& event : events)
        value = apply(std::move(value), event);
    return value;
}

}  // namespace

Refusal refusal(
    std::string code,
    std::string field,
    std::vector<std::pair<std::string, std::string>> params
)
{
    return {std::move(code), std::move(field), std::move(params)};
}

std::set<Role> roles_towards(const Case& current, const Actor& actor)
{
    auto roles = actor.roles;
    if (!actor.staff)
        return roles;
    if (current.owner == actor.staff)
        roles.insert(Role::owner);
    if (StaffId{int_at(current.facts, "investigator")} == actor.staff)
        roles.insert(Role::investigator);
    return roles;
}

Result<std::vector<Event>>
decide(const Case& current, const Command& command, const Context& context)
{
    const Transition* row = context.lifecycle.find(command.verb);
    if (row == nullptr)
        return deny(Denial::invalid, "command_unknown", "verb", {{"verb", command.verb}});
    const Draft draft = draft_of(current, command, context, *row);
    if (auto answer = check(draft); !answer)
        return std::unexpected{answer.error()};
    if (command.verb == "tick")
        return make_tick(draft);

    auto events = make_events(draft);
    Case after = applied(current, events);
    for (auto& escalation : make_escalations(draft, after)) {
        after = apply(std::move(after), escalation);
        events.push_back(std::move(escalation));
    }
    add_clock_changes(draft, events, after);
    return events;
}

std::vector<Refusal>
missing_for(const Case& current, const Command& command, const Context& context)
{
    const Transition* row = context.lifecycle.find(command.verb);
    if (row == nullptr)
        return {refusal("command_unknown", "verb", {{"verb", command.verb}})};
    const Draft draft = draft_of(current, command, context, *row);
    for (const auto test : {check_state, check_actor})
        if (auto answer = test(draft); !answer)
            return answer.error().refusals;
    return requirements(draft);
}

std::vector<const Transition*>
possible(const Case& current, const Actor& actor, const Lifecycle& lifecycle)
{
    std::vector<const Transition*> rows;
    for (const auto& row : lifecycle.transitions())
        if (row.from.contains(current.state) && may_give(row, current, actor))
            rows.push_back(&row);
    return rows;
}

Case new_case(CaseId id, std::string ref_no, StaffId owner)
{
    Case value;
    value.id = id;
    value.ref_no = std::move(ref_no);
    value.owner = owner;
    return value;
}

std::optional<Instant> next_timer(const Case& current, const Context& context)
{
    const auto packs = packs_of(current, context.policies);
    std::optional<Instant> earliest = policy::next_fire(current.clocks);
    const auto consider = [&](std::optional<Instant> at) {
        if (at)
            earliest = std::min(earliest.value_or(*at), *at);
    };
    if (current.state == State::offered && contact_attempts(current) >= 2)
        consider(silence_ends(current, packs));
    consider(reopen_window_ends(current, packs));
    return earliest;
}

}  // namespace redress::cases
