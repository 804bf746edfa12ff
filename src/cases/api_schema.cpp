#include "cases/api_schema.hpp"

namespace redress::cases {
namespace {

json::object text_of(std::size_t most)
{
    return {{"type", "string"}, {"maxLength", most}};
}

json::object list_of(json::object items)
{
    return {{"type", "array"}, {"maxItems", max_list_input}, {"items", std::move(items)}};
}

json::object choice_of(const Field& field)
{
    json::array values;
    for (const auto& [value, label] : field.choices)
        values.emplace_back(value);
    return {{"type", "string"}, {"enum", std::move(values)}};
}

json::object whole_of(const Field& field)
{
    json::object schema{{"type", "integer"}, {"format", "int64"}};
    if (field.min != std::numeric_limits<std::int64_t>::min())
        schema["minimum"] = field.min;
    if (field.max != std::numeric_limits<std::int64_t>::max())
        schema["maximum"] = field.max;
    return schema;
}

json::object schema_of_type(const Field& field)
{
    using enum Field::Type;
    switch (field.type) {
        case text:
            return text_of(max_text_input);
        case prose:
            return text_of(max_prose_input);
        case boolean:
            return {{"type", "boolean"}};
        case whole:
        case money_minor:
        case staff:
        case case_ref:
            return whole_of(field);
        case number:
            return {{"type", "number"}};
        case instant:
            return {{"type", "string"}, {"format", "date-time"}};
        case choice:
            return choice_of(field);
        case choices:
            return list_of(choice_of(field));
        case list:
            return list_of(text_of(max_text_input));
        case map:
            return {
                {"type", "object"},
                {"maxProperties", max_list_input},
                {"additionalProperties", text_of(max_prose_input)}};
    }
    return {};
}

std::string_view unit_of(Field::Type type)
{
    if (type == Field::Type::money_minor)
        return ", in the smallest unit of the currency";
    if (type == Field::Type::staff)
        return ": the id of a member of staff";
    return type == Field::Type::case_ref ? ": the id of a case" : "";
}

json::object schema_of_field(const Field& field, http::Schemas& schemas)
{
    const auto name = "input." + field.id;
    if (!schemas.has(name)) {
        auto schema = schema_of_type(field);
        schema["description"] = std::string{field.label.en}.append(unit_of(field.type));
        schemas.put(name, std::move(schema));
    }
    return http::detail::reference_to(name);
}

json::object
schema_of_inputs(const Transition& row, const Lifecycle& lifecycle, http::Schemas& schemas)
{
    json::object properties;
    json::array required;
    for (const auto& input : row.inputs) {
        properties[input.field] = schema_of_field(*lifecycle.find_field(input.field), schemas);
        if (input.is_required)
            required.emplace_back(input.field);
    }
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        schema["required"] = std::move(required);
    // Fields that only a policy pack knows come under their own names.
    if (row.takes_pack_fields)
        schema["additionalProperties"] = {{"type", {"string", "boolean", "number"}}};
    else
        schema["additionalProperties"] = false;
    return schema;
}

template <class Body>
json::object
schema_of_body(const Transition& row, const Lifecycle& lifecycle, http::Schemas& schemas)
{
    const auto name = "command." + row.verb;
    if (!schemas.has(name)) {
        auto schema = http::detail::struct_schema<Body>(schemas);
        auto inputs = schema_of_inputs(row, lifecycle, schemas);
        if (inputs.contains("required"))
            schema["required"] = json::array{"inputs"};
        schema.at("properties").as_object()["inputs"] = std::move(inputs);
        schemas.put(name, std::move(schema));
    }
    return http::detail::reference_to(name);
}

}  // namespace

json::object
schema_of_command(const Transition& row, const Lifecycle& lifecycle, http::Schemas& schemas)
{
    return schema_of_body<GiveCommand>(row, lifecycle, schemas);
}

json::object
schema_of_filing(const Transition& row, const Lifecycle& lifecycle, http::Schemas& schemas)
{
    return schema_of_body<FileCase>(row, lifecycle, schemas);
}

}  // namespace redress::cases
