#include "base/text.hpp"
#include "cases/rules_draft.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

using Refusals = std::vector<Refusal>;

Refusal wrong(
    const Field& field,
    std::string code,
    std::vector<std::pair<std::string, std::string>> params = {}
)
{
    params.emplace_back("field", both(field.label));
    return refusal(std::move(code), field.id, std::move(params));
}

void check_string(
    const Field& field,
    const json::value& value,
    std::size_t most,
    Refusals& refusals
)
{
    const auto* text = value.if_string();
    if (text == nullptr)
        refusals.push_back(wrong(field, "input_not_text"));
    else if (count_code_points(*text) > most)
        refusals.push_back(wrong(field, "input_too_long", {{"most", std::to_string(most)}}));
    else if (!is_valid_utf8(*text))
        refusals.push_back(wrong(field, "input_not_utf8"));
}

void check_number(const Field& field, const json::value& value, Refusals& refusals)
{
    const bool is_whole = field.type != Field::Type::number;
    if (!(is_whole ? value.is_int64() : value.is_number())) {
        refusals.push_back(wrong(field, is_whole ? "input_not_whole" : "input_not_number"));
        return;
    }
    if (is_whole && (value.get_int64() < field.min || value.get_int64() > field.max))
        refusals.push_back(wrong(
            field,
            "input_out_of_range",
            {{"min", std::to_string(field.min)}, {"max", std::to_string(field.max)}}
        ));
}

bool is_choice(const Field& field, const json::value& value)
{
    const auto* text = value.if_string();
    return text != nullptr && std::ranges::any_of(field.choices, [&](const auto& choice) {
               return choice.first == *text;
           });
}

std::string choices_of(const Field& field)
{
    std::string all;
    for (const auto& [value, label] : field.choices)
        all += (all.empty() ? "" : ", ") + value;
    return all;
}

void check_list(const Field& field, const json::value& value, Refusals& refusals)
{
    const auto* items = value.if_array();
    if (items == nullptr || items->size() > max_list_input) {
        refusals.push_back(
            wrong(field, "input_not_list", {{"most", std::to_string(max_list_input)}})
        );
        return;
    }
    for (const auto& item : *items) {
        if (field.type == Field::Type::choices && !is_choice(field, item))
            refusals.push_back(wrong(field, "input_not_choice", {{"choices", choices_of(field)}}));
        else if (field.type == Field::Type::list)
            check_string(field, item, max_text_input, refusals);
    }
}

void check_map(const Field& field, const json::value& value, Refusals& refusals)
{
    const auto* object = value.if_object();
    if (object == nullptr || object->size() > max_list_input) {
        refusals.push_back(wrong(field, "input_not_map", {{"most", std::to_string(max_list_input)}})
        );
        return;
    }
    for (const auto& [key, item] : *object)
        check_string(field, item, max_prose_input, refusals);
}

void check_field(const Field& field, const json::value& value, Refusals& refusals)
{
    using enum Field::Type;
    switch (field.type) {
        case text:
            return check_string(field, value, max_text_input, refusals);
        case prose:
            return check_string(field, value, max_prose_input, refusals);
        case whole:
        case money_minor:
        case number:
        case staff:
        case case_ref:
            return check_number(field, value, refusals);
        case list:
        case choices:
            return check_list(field, value, refusals);
        case map:
            return check_map(field, value, refusals);
        case boolean:
            if (!value.is_bool())
                refusals.push_back(wrong(field, "input_not_bool"));
            return;
        case instant:
            if (!value.is_string() || !parse_rfc3339(value.get_string()))
                refusals.push_back(wrong(field, "input_not_instant"));
            return;
        case choice:
            if (!is_choice(field, value))
                refusals.push_back(
                    wrong(field, "input_not_choice", {{"choices", choices_of(field)}})
                );
            return;
    }
}

/// Fields that come with the row because a bound pack has or asks for them.
bool is_pack_field(const Draft& draft, std::string_view name)
{
    const auto asks = [&](const policy::Pack* pack) {
        return std::ranges::any_of(pack->ask_on_register, [&](const auto& id) {
            return id == name;
        });
    };
    return draft.row.takes_pack_fields &&
           (find_pack_field(draft, name) != nullptr || std::ranges::any_of(draft.packs, asks));
}

/// A field that only a pack knows: in the pack's shape, or else one line, a truth or a number.
void check_pack_field(const policy::FieldRule& rule, const json::value& value, Refusals& refusals)
{
    const Field shaped = field_of(rule);
    if (rule.shape != policy::FieldShape::any)
        check_field(shaped, value, refusals);
    else if (value.is_string())
        check_string(shaped, value, max_text_input, refusals);
    else if (!value.is_bool() && !value.is_number())
        refusals.push_back(wrong(shaped, "input_not_scalar"));
}

void check_one(
    const Draft& draft,
    std::string_view name,
    const json::value& value,
    Refusals& refusals
)
{
    const auto* known_field = draft.context.lifecycle.find_field(name);
    const auto* rule = find_pack_field(draft, name);
    const policy::FieldRule unlabelled{.id = std::string{name}};
    const bool is_listed =
        std::ranges::any_of(draft.row.inputs, [&](const Input& one) { return one.field == name; });
    if (known_field != nullptr && (is_listed || is_pack_field(draft, name)))
        check_field(*known_field, value, refusals);
    else if (known_field == nullptr && is_pack_field(draft, name))
        check_pack_field(rule != nullptr ? *rule : unlabelled, value, refusals);
    else
        refusals.push_back(refusal(
            "input_unknown",
            std::string{name},
            {{"field", std::string{name}}, {"command", both(draft.row.title)}}
        ));
}

}  // namespace

const json::value* input(const Draft& draft, std::string_view name)
{
    return draft.command.inputs.if_contains(name);
}

const json::value* known(const Draft& draft, std::string_view name)
{
    const auto* given = input(draft, name);
    return given != nullptr ? given : field(draft.current, name);
}

std::string_view known_text(const Draft& draft, std::string_view name)
{
    const auto* value = known(draft, name);
    return value != nullptr && value->is_string() ? std::string_view{value->get_string()}
                                                  : std::string_view{};
}

std::string_view input_text(const Draft& draft, std::string_view name)
{
    return string_at(draft.command.inputs, name);
}

const policy::FieldRule* find_pack_field(const Draft& draft, std::string_view name)
{
    for (const auto* pack : draft.packs)
        if (const auto rule = std::ranges::find(pack->fields, name, &policy::FieldRule::id);
            rule != pack->fields.end())
            return &*rule;
    return nullptr;
}

std::vector<Refusal> check_inputs(const Draft& draft)
{
    Refusals refusals;
    for (const auto& [name, value] : draft.command.inputs)
        check_one(draft, name, value, refusals);
    for (const auto& wanted : draft.row.inputs) {
        const auto* given = input(draft, wanted.field);
        const bool is_blank =
            given != nullptr && given->is_string() && trim(given->get_string()).empty();
        if (wanted.is_required && (given == nullptr || is_blank))
            refusals.push_back(
                wrong(*draft.context.lifecycle.find_field(wanted.field), "input_missing")
            );
    }
    return refusals;
}

}  // namespace redress::cases
