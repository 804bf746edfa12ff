#include "cases/rules_draft.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

/// The end of a measure counted from an instant; nullopt when its calendar cannot count it.
std::optional<Instant> end_of(const policy::Measure& measure, Instant from)
{
    if (!measure.calendar)
        return std::nullopt;
    const auto end = policy::due_at(*measure.calendar, from, measure.amount);
    return end ? std::optional{*end} : std::nullopt;
}

std::optional<Instant> later(std::optional<Instant> a, std::optional<Instant> b)
{
    return !a ? b : !b ? a : std::max(*a, *b);
}

bool has_reopen_window(State state)
{
    return state == State::closed || state == State::withdrawn || state == State::declined ||
           state == State::merged || state == State::not_complaint;
}

std::optional<Instant> happened_at(const Case& current, std::string_view event)
{
    for (const auto& happened : current.history)
        if (happened.event == event)
            return happened.at;
    return std::nullopt;
}

}  // namespace

std::vector<const policy::Pack*> packs_of(const Case& current, const policy::Library& policies)
{
    std::vector<const policy::Pack*> packs;
    for (const auto& ref : current.packs)
        packs.push_back(&policies.pack(ref.id, ref.version));
    return packs;
}

std::int64_t redress_total(const Case& current)
{
    std::int64_t total = 0;
    for (const auto& remedy : current.remedies)
        if (remedy.state != RemedyState::rejected && remedy.state != RemedyState::cancelled)
            total += remedy.amount_minor;
    return total;
}

const Promise* find_promise(const Case& current, std::int64_t number)
{
    const auto found = std::ranges::find(current.promises, number, &Promise::number);
    return found == current.promises.end() ? nullptr : &*found;
}

const Remedy* find_remedy(const Case& current, std::int64_t number)
{
    const auto found = std::ranges::find(current.remedies, number, &Remedy::number);
    return found == current.remedies.end() ? nullptr : &*found;
}

const policy::Outcome* find_outcome(const Draft& draft, std::string_view code)
{
    for (const auto* pack : draft.packs)
        if (const auto* outcome = pack->outcome(code))
            return outcome;
    return nullptr;
}

bool is_promise_open(const Promise& promise)
{
    return promise.state == PromiseState::open || promise.state == PromiseState::renegotiated ||
           promise.state == PromiseState::broken;
}

std::int64_t contact_attempts(const Case& current)
{
    return std::ranges::count_if(current.history, [&](const auto& happened) {
        return happened.event == "contact_attempted" && happened.at >= current.state_since;
    });
}

std::optional<Instant> silence_ends(const Case& current, std::span<const policy::Pack* const> packs)
{
    if (current.state != State::offered)
        return std::nullopt;
    std::int64_t days = 0;
    for (const auto* pack : packs)
        days = std::max(days, pack->silence_days.value_or(0));
    return days == 0 ? std::nullopt : std::optional{current.state_since + std::chrono::days{days}};
}

std::optional<Instant>
reopen_window_ends(const Case& current, std::span<const policy::Pack* const> packs)
{
    if (!has_reopen_window(current.state))
        return std::nullopt;
    std::optional<Instant> end;
    for (const auto* pack : packs)
        if (pack->reopen_window)
            end = later(end, end_of(*pack->reopen_window, current.state_since));
    return end;
}

std::optional<Instant>
retention_ends(const Case& current, std::span<const policy::Pack* const> packs)
{
    std::optional<Instant> end;
    for (const auto* pack : packs)
        for (const auto& retention : pack->retentions) {
            if (retention.record != "case" ||
                !policy::holds(retention.when, facts_for_when(current, {})))
                continue;
            const auto civil = pack->calendars.find("civil");
            const auto from = happened_at(current, retention.from).value_or(current.state_since);
            if (civil != pack->calendars.end())
                end = later(end, end_of({retention.keep, "civil", civil->second}, from));
        }
    return end;
}

}  // namespace redress::cases
