#include "cases/rules_needs.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

bool is_affirmed(const Draft& draft)
{
    const auto step = draft.current.emotion;
    return step == EmotionStep::affirmed || step == EmotionStep::calm;
}

bool holds_step_known(const Draft& draft)
{
    const auto id = input_text(draft, "step");
    return std::ranges::any_of(draft.packs, [&](const auto* pack) {
        return std::ranges::any_of(pack->steps, [&](const auto& step) { return step.id == id; });
    });
}

bool is_colleague_fit(const Draft& draft)
{
    const auto to = staff_input(draft, "to");
    const auto subject = int_at(draft.current.facts, "subject_staff");
    return to && to != draft.current.owner && to.value != subject &&
           draft.context.other_staff != nullptr;
}

}  // namespace

Needs needs_of_handling()
{
    return {
        {"human_authored", [](const Draft& d) { return static_cast<bool>(d.command.actor.staff); }},
        {"names_handler",
         [](const Draft& d) {
             return input_text(d, "text").find(d.command.actor.display_name) !=
                    std::string_view::npos;
         }},
        {"restates_issue", [](const Draft& d) { return came_with(d, "restated"); }},
        {"next_step_and_when",
         [](const Draft& d) {
             return came_with(d, "next_step") &&
                    instant_input(d, "next_step_at").value_or(Instant{}) > d.at;
         }},
        {"quoted_words", [](const Draft& d) { return came_with(d, "quote"); }},
        {"emotion_affirmed", is_affirmed},
        {"next_update_at",
         [](const Draft& d) {
             return instant_input(d, "next_update_at").value_or(Instant{}) > d.at;
         }},
        {"step_known", holds_step_known},
        {"no_conflict_of_interest",
         [](const Draft& d) {
             return d.current.owner.value != int_at(d.current.facts, "subject_staff", -1);
         }},
        {"fast_lane", [](const Draft& d) { return known_text(d, "lane") == "fast"; }},
        {"severity_below_3",
         [](const Draft& d) {
             const auto* s = known(d, "severity");
             return s != nullptr && s->is_int64() && s->get_int64() < 3;
         }},
        {"investigator_not_subject",
         [](const Draft& d) {
             return int_at(d.command.inputs, "investigator", d.command.actor.staff.value) !=
                    int_at(d.current.facts, "subject_staff", -1);
         }},
        {"info_attached_or_wait_expired",
         [](const Draft& d) {
             return came_with(d, "info_text") || came_with(d, "attachments") ||
                    came_with(d, "wait_expired");
         }},
        {"handover_note", [](const Draft& d) { return d.current.offer.has_value(); }},
        {"handover_note_given", [](const Draft& d) { return came_with(d, "handover_note"); }},
        {"new_owner_accepts",
         [](const Draft& d) {
             return d.current.offer && d.current.offer->to == d.command.actor.staff;
         }},
        {"offer_to_me",
         [](const Draft& d) {
             return d.current.offer && d.current.offer->to == d.command.actor.staff;
         }},
        {"offer_open", [](const Draft& d) { return d.current.offer.has_value(); }},
        {"no_offer_open", [](const Draft& d) { return !d.current.offer.has_value(); }},
        {"colleague_can_take_it", is_colleague_fit},
    };
}

}  // namespace redress::cases
