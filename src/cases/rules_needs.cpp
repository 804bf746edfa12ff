#include "cases/rules_needs.hpp"

#include "base/require.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <map>

namespace redress::cases {
namespace {

const Needs& computed()
{
    static const auto all = [] {
        Needs merged;
        for (auto table :
             {needs_of_filing(),
              needs_of_handling(),
              needs_of_deciding(),
              needs_of_redress(),
              needs_of_closing()}) {
            merged.merge(table);
            REQUIRE_THAT(table.empty());
        }
        return merged;
    }();
    return all;
}

/// Requirements that are not one yes or no: they say themselves what is missing.
std::optional<std::vector<Refusal>> detailed(const Draft& draft, std::string_view need)
{
    if (need == "extension_allowed") {
        const auto change = extension_of(draft);
        return change ? std::vector<Refusal>{} : change.error().refusals;
    }
    if (need != "letter_complete" && need != "letter_clean")
        return std::nullopt;
    const auto [pack, letter] = find_letter(draft, input_text(draft, "letter"));
    std::vector<Refusal> missing;
    if (letter != nullptr)
        for (auto& one : check_letter(draft, *pack, *letter))
            if ((one.code == "letter_lint") == (need == "letter_clean"))
                missing.push_back(std::move(one));
    return missing;
}

/// The input that meets a requirement of another name, or fails to.
std::string_view input_of(std::string_view need)
{
    static const std::map<std::string_view, std::string_view> inputs{
        {"callback_done_or_unreachable", "callback_result"},
        {"colleague_can_take_it", "to"},
        {"complainant_or_anonymous", "complainant_name"},
        {"decline_ground_in_pack", "decline_ground"},
        {"external_result_directs_action", "external_result"},
        {"external_result_ends_it", "external_result"},
        {"fact_known", "fact"},
        {"fast_lane", "lane"},
        {"handover_note_given", "handover_note"},
        {"higher_level_takes_over", "reviewer"},
        {"info_attached_or_wait_expired", "info_text"},
        {"investigator_not_subject", "investigator"},
        {"letter_approved", "approver"},
        {"letter_known", "letter"},
        {"names_handler", "text"},
        {"next_step_and_when", "next_step_at"},
        {"no_new_facts", "has_new_facts"},
        {"not_induced", "induced"},
        {"packs_known", "packs"},
        {"parent_open", "parent_case"},
        {"promise_not_yet_due", "promise_no"},
        {"promise_open", "promise_no"},
        {"quoted_words", "quote"},
        {"reasons_if_rejected", "decision_reasons"},
        {"received_at_moved_by_right", "received_at"},
        {"remedy_amount_makes_sense", "amount_minor"},
        {"remedy_approved", "remedy_no"},
        {"remedy_asked_or_unknown", "remedy_asked"},
        {"remedy_not_settled", "remedy_no"},
        {"remedy_waiting", "remedy_no"},
        {"remedy_within_limit", "remedy_no"},
        {"restates_issue", "restated"},
        {"safety_flag_set", "safety_flag"},
        {"same_complainant", "parent_case"},
        {"satisfaction_recorded_or_unreachable", "satisfaction"},
        {"second_person_above_own_limit", "remedy_no"},
        {"second_person_after_registration", "approver"},
        {"severity_below_3", "severity"},
        {"step_known", "step"},
    };
    const auto found = inputs.find(need);
    return found == inputs.end() ? need : found->second;
}

std::string input_behind(const Draft& draft, std::string_view need)
{
    const auto field = input_of(need);
    const bool is_input =
        std::ranges::any_of(draft.row.inputs, [&](const Input& one) { return one.field == field; });
    return is_input ? std::string{field} : std::string{};
}

/// The requirement of a pack's step that asks for the same as the row's need.
std::string step_requirement(std::string_view need)
{
    return need == "emotion_affirmed" ? "emotion:affirmed" : "field:" + std::string{need};
}

bool is_need_lifted(const Draft& draft, std::string_view need)
{
    const auto requirement = step_requirement(need);
    return std::ranges::any_of(draft.packs, [&](const auto* pack) {
        return is_lifted(draft, *pack, requirement);
    });
}

void check_need(const Draft& draft, std::string_view need, std::vector<Refusal>& refusals)
{
    if (const auto colon = need.find(':'); colon != std::string_view::npos) {
        const auto letter = need.substr(colon + 1);
        if (!is_letter_sent(draft, letter))
            refusals.push_back(
                refusal("needs.letter_sent", "", {{"letter", "letter_use." + std::string{letter}}})
            );
        return;
    }
    if (auto reasons = detailed(draft, need)) {
        std::ranges::move(*reasons, std::back_inserter(refusals));
        return;
    }
    const auto found = computed().find(need);
    const bool holds = found != computed().end() ? found->second(draft) : has(draft, need);
    if (!holds && !is_need_lifted(draft, need))
        refusals.push_back(refusal("needs." + std::string{need}, input_behind(draft, need)));
}

}  // namespace

bool has(const Draft& draft, std::string_view name)
{
    return is_truthy(known(draft, name));
}

bool came_with(const Draft& draft, std::string_view name)
{
    return is_truthy(input(draft, name));
}

std::optional<Instant> instant_input(const Draft& draft, std::string_view name)
{
    return parse_rfc3339(input_text(draft, name));
}

StaffId staff_input(const Draft& draft, std::string_view name)
{
    return {int_at(draft.command.inputs, name)};
}

bool knows_need(std::string_view need, const Lifecycle& lifecycle)
{
    return need.starts_with("letter_sent:") || need.starts_with("customer_told:") ||
           need == "letter_complete" || need == "letter_clean" || need == "extension_allowed" ||
           computed().contains(need) || lifecycle.find_field(need) != nullptr;
}

std::vector<Refusal> check_needs(const Draft& draft)
{
    std::vector<Refusal> refusals;
    for (const auto& need : draft.row.needs)
        check_need(draft, need, refusals);
    return refusals;
}

}  // namespace redress::cases
