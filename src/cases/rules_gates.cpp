#include "base/text.hpp"
#include "cases/rules_draft.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

using Refusals = std::vector<Refusal>;

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
           (is_unknown_remedy && leads_through(draft.row, State::registered));
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

Text label_of(const Draft& draft, std::string_view name)
{
    if (const auto* known_field = draft.context.lifecycle.find_field(name))
        return known_field->label;
    const auto* rule = find_pack_field(draft, name);
    return field_of(rule != nullptr ? *rule : policy::FieldRule{.id = std::string{name}}).label;
}

Text choice_label(const Lifecycle& lifecycle, std::string_view field, std::string_view value)
{
    for (const auto& [choice, label] : lifecycle.find_field(field)->choices)
        if (choice == value)
            return label;
    return {std::string{value}, std::string{value}};
}

/// What a step waits for, as the reader knows it.
std::string name_of_requirement(const Draft& draft, std::string_view requirement)
{
    const auto colon = requirement.find(':');
    const auto kind = requirement.substr(0, colon);
    const auto name = requirement.substr(colon + 1);
    const auto said = [&](std::string_view prefix) { return std::string{prefix}.append(name); };
    if (const auto* letter = find_letter(draft, name).second; kind == "letter" && letter != nullptr)
        return both(letter->title);
    if (kind == "element")
        return said("letter_element.");
    if (kind == "event")
        return said("event.");
    if (kind == "emotion")
        return both(choice_label(draft.context.lifecycle, "emotion_step", name));
    return both(label_of(draft, name));
}

bool is_gate(const Draft& draft, const policy::Step& step)
{
    return std::ranges::find(step.gate, draft.row.id) != step.gate.end();
}

void check_step(
    const Draft& draft,
    const policy::Pack& pack,
    const policy::Step& step,
    Refusals& refusals
)
{
    if (!is_gate(draft, step) || is_overridden(draft, step.id))
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
                 {"missing", name_of_requirement(draft, requirement)},
                 {"ref", step.ref}}
            ));
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

/// Where one types in what a pack calls `complainant`.
std::string input_for(std::string_view name)
{
    return std::string{name == "complainant" ? "complainant_name" : name};
}

void check_fields(const Draft& draft, const policy::Pack& pack, Refusals& refusals)
{
    for (const auto& rule : pack.fields) {
        const auto state = named<State>(rule.required_at);
        if (!state || !leads_through(draft.row, *state) || is_field_known(draft, rule.id) ||
            is_lifted(draft, pack, "field:" + rule.id))
            continue;
        if (!policy::holds(rule.when, facts_with_events(draft)))
            continue;
        const auto field = input_for(rule.id);
        const bool is_told =
            std::ranges::any_of(refusals, [&](const Refusal& one) { return one.field == field; });
        if (!is_told)
            refusals.push_back(refusal(
                "gate_field",
                field,
                {{"field", both(label_of(draft, rule.id))}, {"pack", both(pack.title)}}
            ));
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

bool is_lifted(const Draft& draft, const policy::Pack& pack, std::string_view requirement)
{
    return std::ranges::any_of(pack.steps, [&](const policy::Step& step) {
        return is_gate(draft, step) && is_overridden(draft, step.id) &&
               std::ranges::find(step.requirements, requirement) != step.requirements.end();
    });
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
