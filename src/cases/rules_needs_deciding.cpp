#include "cases/rules_needs.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

bool holds_reasons_if_rejected(const Draft& draft)
{
    const auto* outcome = find_outcome(draft, string_at(draft.current.facts, "outcome"));
    const bool is_rejected = outcome != nullptr && outcome->upheld == policy::Upheld::no;
    return !is_rejected || has(draft, "decision_reasons");
}

bool holds_rounds_left(const Draft& draft)
{
    std::int64_t most = 0;
    for (const auto* pack : draft.packs)
        most = std::max(most, pack->max_rounds.value_or(0));
    return draft.current.rounds < most;
}

bool is_letter_approved(const Draft& draft)
{
    const auto* letter = find_letter(draft, input_text(draft, "letter")).second;
    if (letter == nullptr || letter->approve_by.empty() ||
        letter->use == policy::LetterUse::decision)
        return letter == nullptr || letter->use != policy::LetterUse::decision ||
               letter->approve_by.empty() || draft.current.decision_made;
    const auto role = named<Role>(letter->approve_by);
    const auto* other = draft.context.other_staff;
    return role && other != nullptr && other->staff != draft.current.owner &&
           other->roles.contains(*role);
}

}  // namespace

Needs needs_of_deciding()
{
    return {
        {"within_own_authority",
         [](const Draft& d) { return redress_total(d.current) <= d.command.actor.limit_minor; }},
        {"redress_within_limit",
         [](const Draft& d) { return redress_total(d.current) <= d.command.actor.limit_minor; }},
        {"outcome",
         [](const Draft& d) { return find_outcome(d, known_text(d, "outcome")) != nullptr; }},
        {"approver_is_not_owner",
         [](const Draft& d) { return d.command.actor.staff != d.current.owner; }},
        {"approver_is_not_subject",
         [](const Draft& d) {
             return d.command.actor.staff.value != int_at(d.current.facts, "subject_staff", -1);
         }},
        {"decision_made", [](const Draft& d) { return d.current.decision_made; }},
        {"reasons_if_rejected", holds_reasons_if_rejected},
        {"resolved",
         [](const Draft& d) {
             return std::ranges::any_of(d.current.history, [](const auto& h) {
                 return h.event == "resolved";
             });
         }},
        {"rounds_left", holds_rounds_left},
        {"higher_level_takes_over",
         [](const Draft& d) {
             return staff_input(d, "reviewer") && staff_input(d, "reviewer") != d.current.owner &&
                    d.context.other_staff != nullptr;
         }},
        {"external_result_directs_action",
         [](const Draft& d) { return input_text(d, "external_result") == "directs_action"; }},
        {"external_result_ends_it",
         [](const Draft& d) {
             const auto r = input_text(d, "external_result");
             return r == "no_change" || r == "settled_and_fulfilled";
         }},
        {"letter_known",
         [](const Draft& d) { return find_letter(d, input_text(d, "letter")).second != nullptr; }},
        {"letter_approved", is_letter_approved},
    };
}

}  // namespace redress::cases
