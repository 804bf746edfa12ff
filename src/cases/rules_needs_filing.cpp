#include "cases/rules_needs.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

bool holds_decline_ground(const Draft& draft)
{
    const auto ground = input_text(draft, "decline_ground");
    return std::ranges::any_of(draft.packs, [&](const auto* pack) {
        return std::ranges::find(pack->decline_grounds, ground) != pack->decline_grounds.end();
    });
}

/// Later needs a manager: it takes time from the customer's side (packs' semantics 1).
bool holds_received_at_by_right(const Draft& draft)
{
    const auto moved = instant_input(draft, "received_at");
    if (!moved)
        return true;
    const bool is_later = *moved > draft.current.received_at;
    return *moved <= draft.context.now && has(draft, "reason") &&
           (!is_later || draft.roles.contains(Role::manager));
}

bool holds_packs_known(const Draft& draft)
{
    const auto* ids = input(draft, "packs");
    const auto* list = ids == nullptr ? nullptr : ids->if_array();
    if (list == nullptr || list->empty())
        return false;
    return std::ranges::all_of(*list, [&](const json::value& id) {
        const std::string name{id.as_string()};
        return !draft.context.policies.bound_at(draft.current.received_at, {&name, 1}).empty();
    });
}

bool is_parent_open(const Draft& draft)
{
    const auto* parent = draft.context.other_case;
    return parent != nullptr && parent->id != draft.current.id && is_open(parent->state);
}

bool is_same_complainant(const Draft& draft)
{
    const auto* parent = draft.context.other_case;
    return parent != nullptr && draft.current.customer &&
           parent->customer == draft.current.customer;
}

bool is_second_person(const Draft& draft)
{
    const auto approver = staff_input(draft, "approver");
    return draft.current.state == State::captured ||
           (approver && approver != draft.command.actor.staff);
}

}  // namespace

Needs needs_of_filing()
{
    return {
        {"received_at", [](const Draft&) { return true; }},
        {"ref_no", [](const Draft& d) { return !d.current.ref_no.empty(); }},
        {"owner_named", [](const Draft& d) { return static_cast<bool>(d.current.owner); }},
        {"complainant_or_anonymous",
         [](const Draft& d) {
             return d.current.customer || has(d, "complainant_name") ||
                    has(d, "complainant_contacts") || has(d, "anonymous");
         }},
        {"remedy_asked_or_unknown",
         [](const Draft& d) { return has(d, "remedy_asked") || has(d, "remedy_unknown"); }},
        {"second_person_after_registration", is_second_person},
        {"same_complainant", is_same_complainant},
        {"parent_open", is_parent_open},
        {"other_case",
         [](const Draft& d) {
             return d.context.other_case != nullptr && d.context.other_case->id != d.current.id;
         }},
        {"no_new_facts", [](const Draft& d) { return !came_with(d, "has_new_facts"); }},
        {"decline_ground_in_pack", holds_decline_ground},
        {"something_to_amend",
         [](const Draft& d) {
             return d.command.inputs.size() > (d.command.inputs.contains("reason") ? 1U : 0U);
         }},
        {"received_at_moved_by_right", holds_received_at_by_right},
        {"packs_known", holds_packs_known},
        {"fact_known",
         [](const Draft& d) { return d.context.lifecycle.knows_fact(input_text(d, "fact")); }},
        {"safety_flag_set", [](const Draft& d) { return known(d, "safety_flag") != nullptr; }},
    };
}

}  // namespace redress::cases
