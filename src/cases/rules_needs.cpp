#include "base/text.hpp"
#include "cases/rules_draft.hpp"

#include <algorithm>
#include <map>

namespace redress::cases {
namespace {

using Need = bool (*)(const Draft&);

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

bool is_affirmed(const Draft& draft)
{
    const auto step = draft.current.emotion;
    return step == EmotionStep::affirmed || step == EmotionStep::calm;
}

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

bool holds_reasons_if_rejected(const Draft& draft)
{
    const auto* outcome = find_outcome(draft, string_at(draft.current.facts, "outcome"));
    const bool is_rejected = outcome != nullptr && outcome->upheld == policy::Upheld::no;
    return !is_rejected || has(draft, "decision_reasons");
}

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

bool holds_rounds_left(const Draft& draft)
{
    std::int64_t most = 0;
    for (const auto* pack : draft.packs)
        most = std::max(most, pack->max_rounds.value_or(0));
    return draft.current.rounds < most;
}

bool holds_step_known(const Draft& draft)
{
    const auto id = input_text(draft, "step");
    return std::ranges::any_of(draft.packs, [&](const auto* pack) {
        return std::ranges::any_of(pack->steps, [&](const auto& step) { return step.id == id; });
    });
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

bool is_on_hold(const Case& current)
{
    bool is_set = false;
    for (const auto& happened : current.history) {
        is_set = is_set || happened.event == "legal_hold_set";
        is_set = is_set && happened.event != "legal_hold_released";
    }
    return is_set;
}

bool is_over(std::optional<Instant> end, const Draft& draft)
{
    return end && *end <= draft.context.now;
}

bool holds_callback(const Draft& draft)
{
    return input_text(draft, "callback_result") == "done" || contact_attempts(draft.current) >= 2;
}

bool holds_satisfaction(const Draft& draft)
{
    const auto said = known_text(draft, "satisfaction");
    return said == "satisfied" || said == "basically_satisfied" ||
           (said == "unreachable" && input_text(draft, "callback_result") == "unreachable");
}

/// Every letter that a breach or a window asked for was sent afterwards.
bool holds_letters_complete(const Draft& draft)
{
    return std::ranges::none_of(draft.current.flags, [&](const std::string& flag) {
        constexpr std::string_view due = "letter_due:";
        return flag.starts_with(due) &&
               !is_letter_sent(draft, std::string_view{flag}.substr(due.size()));
    });
}

bool is_colleague_fit(const Draft& draft)
{
    const auto to = staff_input(draft, "to");
    const auto subject = int_at(draft.current.facts, "subject_staff");
    return to && to != draft.current.owner && to.value != subject &&
           draft.context.other_staff != nullptr;
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

bool is_amount_sensible(const Draft& draft)
{
    const auto amount = int_at(draft.command.inputs, "amount_minor");
    const auto kind = input_text(draft, "remedy_kind");
    const bool is_money = kind == "refund" || kind == "compensation";
    constexpr std::int64_t most = 100'000'000'000;
    return amount >= 0 && amount <= most && (!is_money || amount > 0) &&
           (amount == 0 || input_text(draft, "currency").size() == 3);
}

const std::map<std::string_view, Need>& computed()
{
    static const std::map<std::string_view, Need> needs{
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
        {"no_new_facts", [](const Draft& d) { return !came_with(d, "has_new_facts"); }},
        {"decline_ground_in_pack", holds_decline_ground},
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
        {"safety_flag_set", [](const Draft& d) { return known(d, "safety_flag") != nullptr; }},
        {"no_conflict_of_interest",
         [](const Draft& d) {
             return d.current.owner.value != int_at(d.current.facts, "subject_staff", -1);
         }},
        {"emotion_affirmed", is_affirmed},
        {"within_own_authority",
         [](const Draft& d) { return redress_total(d.current) <= d.command.actor.limit_minor; }},
        {"redress_within_limit",
         [](const Draft& d) { return redress_total(d.current) <= d.command.actor.limit_minor; }},
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
        {"next_update_at",
         [](const Draft& d) {
             return instant_input(d, "next_update_at").value_or(Instant{}) > d.at;
         }},
        {"rounds_left", holds_rounds_left},
        {"higher_level_takes_over",
         [](const Draft& d) {
             return staff_input(d, "reviewer") && staff_input(d, "reviewer") != d.current.owner &&
                    d.context.other_staff != nullptr;
         }},
        {"silence_days_over",
         [](const Draft& d) { return is_over(silence_ends(d.current, d.packs), d); }},
        {"contact_attempts_2", [](const Draft& d) { return contact_attempts(d.current) >= 2; }},
        {"external_result_directs_action",
         [](const Draft& d) { return input_text(d, "external_result") == "directs_action"; }},
        {"external_result_ends_it",
         [](const Draft& d) {
             const auto r = input_text(d, "external_result");
             return r == "no_change" || r == "settled_and_fulfilled";
         }},
        {"no_open_promises",
         [](const Draft& d) { return std::ranges::none_of(d.current.promises, is_promise_open); }},
        {"redress_settled",
         [](const Draft& d) {
             return std::ranges::none_of(d.current.remedies, [](const Remedy& r) {
                 return r.state == RemedyState::proposed || r.state == RemedyState::approved;
             });
         }},
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
        {"callback_done_or_unreachable", holds_callback},
        {"satisfaction_recorded_or_unreachable", holds_satisfaction},
        {"letters_complete", holds_letters_complete},
        {"not_induced", [](const Draft& d) { return !came_with(d, "induced"); }},
        {"within_reopen_window",
         [](const Draft& d) {
             const auto end = reopen_window_ends(d.current, d.packs);
             return !end || d.at < *end;
         }},
        {"reopen_window_over",
         [](const Draft& d) { return is_over(reopen_window_ends(d.current, d.packs), d); }},
        {"retention_over",
         [](const Draft& d) { return is_over(retention_ends(d.current, d.packs), d); }},
        {"no_legal_hold", [](const Draft& d) { return !is_on_hold(d.current); }},
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
        {"letter_known",
         [](const Draft& d) { return find_letter(d, input_text(d, "letter")).second != nullptr; }},
        {"letter_approved", is_letter_approved},
        {"something_to_amend",
         [](const Draft& d) {
             return d.command.inputs.size() > (d.command.inputs.contains("reason") ? 1U : 0U);
         }},
        {"received_at_moved_by_right", holds_received_at_by_right},
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
        {"step_known", holds_step_known},
        {"fact_known",
         [](const Draft& d) { return d.context.lifecycle.knows_fact(input_text(d, "fact")); }},
        {"other_case",
         [](const Draft& d) {
             return d.context.other_case != nullptr && d.context.other_case->id != d.current.id;
         }},
        {"packs_known", holds_packs_known},
    };
    return needs;
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

std::string input_behind(const Draft& draft, std::string_view need)
{
    const bool is_input =
        std::ranges::any_of(draft.row.inputs, [&](const Input& one) { return one.field == need; });
    return is_input ? std::string{need} : std::string{};
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
    if (!holds)
        refusals.push_back(refusal("needs." + std::string{need}, input_behind(draft, need)));
}

}  // namespace

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
