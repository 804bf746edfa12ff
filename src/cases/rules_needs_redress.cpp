#include "cases/rules_needs.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

const Promise* promise_of(const Draft& draft)
{
    return find_promise(draft.current, int_at(draft.command.inputs, "promise_no"));
}

const Remedy* remedy_of(const Draft& draft)
{
    return find_remedy(draft.current, int_at(draft.command.inputs, "remedy_no"));
}

bool holds_remedy_within_limit(const Draft& draft)
{
    const auto* remedy = remedy_of(draft);
    return remedy != nullptr && remedy->amount_minor <= draft.command.actor.limit_minor;
}

/// The four-eyes rule: what exceeds the proposer's own limit needs another person; within it, the
/// owner may do it alone.
bool holds_second_person(const Draft& draft)
{
    const auto* remedy = remedy_of(draft);
    const bool is_same = remedy != nullptr && remedy->proposed_by == draft.command.actor.staff;
    return remedy != nullptr &&
           (!is_same || remedy->amount_minor <= draft.command.actor.limit_minor);
}

bool is_amount_sensible(const Draft& draft)
{
    const auto amount = int_at(draft.command.inputs, "amount_minor");
    const auto kind = input_text(draft, "remedy_kind");
    const bool is_money = kind == "refund" || kind == "compensation";
    constexpr std::int64_t most = 100'000'000'000;
    return amount >= 0 && amount <= most && (!is_money || amount > 0) &&
           (amount == 0 || input_text(draft, "currency").size() == 3);
}

}  // namespace

Needs needs_of_redress()
{
    return {
        {"promise_due",
         [](const Draft& d) { return instant_input(d, "promise_due").value_or(Instant{}) > d.at; }},
        {"promise_open",
         [](const Draft& d) {
             const auto* p = promise_of(d);
             return p != nullptr && is_promise_open(*p);
         }},
        {"promise_not_yet_due",
         [](const Draft& d) {
             const auto* p = promise_of(d);
             return p != nullptr && d.at < p->due_at;
         }},
        {"no_open_promises",
         [](const Draft& d) { return std::ranges::none_of(d.current.promises, is_promise_open); }},
        {"remedy_amount_makes_sense", is_amount_sensible},
        {"remedy_waiting",
         [](const Draft& d) {
             const auto* r = remedy_of(d);
             return r != nullptr && r->state == RemedyState::proposed;
         }},
        {"remedy_within_limit", holds_remedy_within_limit},
        {"second_person_above_own_limit", holds_second_person},
        {"remedy_approved",
         [](const Draft& d) {
             const auto* r = remedy_of(d);
             return r != nullptr && r->state == RemedyState::approved;
         }},
        {"remedy_not_settled",
         [](const Draft& d) {
             const auto* r = remedy_of(d);
             return r != nullptr && r->state != RemedyState::settled &&
                    r->state != RemedyState::cancelled;
         }},
        {"redress_settled",
         [](const Draft& d) {
             return std::ranges::none_of(d.current.remedies, [](const Remedy& r) {
                 return r.state == RemedyState::proposed || r.state == RemedyState::approved;
             });
         }},
    };
}

}  // namespace redress::cases
