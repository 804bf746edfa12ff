#include "base/text.hpp"
#include "cases/rules_draft.hpp"

#include <algorithm>
#include <array>

namespace redress::cases {
namespace {

using Refusals = std::vector<Refusal>;

/// States in the order a complaint passes them; a row that emits `assessed` or
/// `decision_communicated` on its way passes those states too.
constexpr std::array<std::pair<std::string_view, std::string_view>, 3> passed_by_event{
    {{"assessed", "assessed"}, {"decision_communicated", "offered"}, {"registered", "registered"}}};

bool is_overridden(const Draft& draft, std::string_view step)
{
    return std::ranges::any_of(draft.current.overrides, [&](const Override& one) {
        return one.step == step;
    });
}

/// What the rules can see without a recorded field.
bool is_known_by_itself(const Draft& draft, std::string_view name)
{
    if (name == "received_at" || name == "channel" || name == "ref_no")
        return true;
    if (name == "complainant")
        return draft.current.customer || draft.current.anonymous ||
               known(draft, "complainant_name") != nullptr;
    if (name == "due_for_response")
        return std::ranges::any_of(draft.current.clocks, [](const auto& clock) {
            return policy::counts_for_staff(clock.kind);
        });
    if (name == "redress_amount")
        return !draft.current.remedies.empty();
    return name == "no_conflict" &&
           draft.current.owner.value != int_at(draft.current.facts, "subject_staff", -1);
}

/// A recorded "no" or 0 is an answer: only what was never said is missing.
bool is_field_known(const Draft& draft, std::string_view name)
{
    const auto* value = known(draft, name);
    const bool is_blank =
        value != nullptr && value->is_string() && trim(value->get_string()).empty();
    const bool is_empty = value != nullptr && value->is_array() && value->get_array().empty();
    if (value != nullptr && !value->is_null() && !is_blank && !is_empty)
        return true;
    const bool is_unknown_remedy =
        name == "remedy_asked" && is_truthy(known(draft, "remedy_unknown"));
    return is_known_by_itself(draft, name) ||
           (is_unknown_remedy && draft.current.state == State::captured);
}

bool has_happened(const Case& current, std::string_view event)
{
    return std::ranges::any_of(current.history, [&](const auto& happened) {
        return happened.event == event;
    });
}

/// "field:x", "letter:x", "element:x", "event:x", "emotion:x".
bool is_met(const Draft& draft, const policy::Pack& pack, std::string_view requirement)
{
    const auto colon = requirement.find(':');
    const auto kind = requirement.substr(0, colon);
    const auto name = requirement.substr(colon + 1);
    if (kind == "field")
        return is_field_known(draft, name);
    if (kind == "letter")
        return is_letter_sent(draft, name);
    if (kind == "event")
        return has_happened(draft.current, name);
    if (kind == "emotion")
        return draft.current.emotion_steps.contains(std::string{name});
    const auto* element = pack.element(name);
    const auto says = [&](const Letter& sent) {
        const auto* letter = pack.letter(sent.id);
        return letter != nullptr &&
               std::ranges::find(letter->must_contain, name) != letter->must_contain.end();
    };
    return element == nullptr || std::ranges::any_of(draft.current.letters, says);
}

Text name_of_requirement(const Draft& draft, std::string_view requirement)
{
    const auto name = requirement.substr(requirement.find(':') + 1);
    const auto* known_field = draft.context.lifecycle.find_field(name);
    return known_field != nullptr ? known_field->label
                                  : Text{std::string{requirement}, std::string{requirement}};
}

void check_step(
    const Draft& draft,
    const policy::Pack& pack,
    const policy::Step& step,
    Refusals& refusals
)
{
    const bool is_gate = std::ranges::find(step.gate, draft.row.id) != step.gate.end();
    if (!is_gate || is_overridden(draft, step.id))
        return;
    if (!policy::holds(step.when, facts_for_when(draft.current, draft.command.inputs)))
        return;
    for (const auto& requirement : step.requirements)
        if (!is_met(draft, pack, requirement))
            refusals.push_back(refusal(
                "gate_step",
                requirement.starts_with("field:") ? requirement.substr(6) : "",
                {{"step", both(step.title)},
                 {"step_id", step.id},
                 {"missing", both(name_of_requirement(draft, requirement))},
                 {"ref", step.ref}}
            ));
}

bool is_entering(const Draft& draft, std::string_view state)
{
    if (draft.row.from_new)
        return false;
    if (draft.row.to && name_of(*draft.row.to) == state)
        return true;
    return std::ranges::any_of(passed_by_event, [&](const auto& pair) {
        const bool is_emitted =
            std::ranges::find(draft.row.emits, pair.first) != draft.row.emits.end();
        return is_emitted && pair.second == state && draft.row.to;
    });
}

/// `event.x` in a field's `when` speaks of the event this command is about to make.
json::object facts_with_events(const Draft& draft)
{
    auto facts = facts_for_when(draft.current, draft.command.inputs);
    json::object events;
    for (const auto& emitted : draft.row.emits)
        events[emitted] = true;
    facts["event"] = std::move(events);
    return facts;
}

void check_fields(const Draft& draft, const policy::Pack& pack, Refusals& refusals)
{
    for (const auto& rule : pack.fields) {
        if (!is_entering(draft, rule.required_at) || is_field_known(draft, rule.id))
            continue;
        if (!policy::holds(rule.when, facts_with_events(draft)))
            continue;
        const auto* known_field = draft.context.lifecycle.find_field(rule.id);
        const Text label = known_field != nullptr ? known_field->label : Text{rule.id, rule.id};
        const bool is_told =
            std::ranges::any_of(refusals, [&](const Refusal& one) { return one.field == rule.id; });
        if (!is_told)
            refusals.push_back(
                refusal("gate_field", rule.id, {{"field", both(label)}, {"pack", both(pack.title)}})
            );
    }
}

}  // namespace

json::object facts_for_when(const Case& current, const json::object& inputs)
{
    json::object facts = current.facts;
    for (const auto& [name, value] : current.personal)
        facts[name] = value;
    for (const auto& [name, value] : inputs)
        facts[name] = value;
    facts["channel"] = current.channel;
    return {{"case", std::move(facts)}};
}

std::vector<Refusal> check_gates(const Draft& draft)
{
    Refusals refusals;
    for (const auto* pack : draft.packs) {
        for (const auto& step : pack->steps)
            check_step(draft, *pack, step, refusals);
        if (!draft.row.skips_required_fields)
            check_fields(draft, *pack, refusals);
    }
    return refusals;
}

}  // namespace redress::cases
