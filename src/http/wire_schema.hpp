#pragma once

#include "base/described.hpp"
#include "base/text.hpp"
#include "http/wire_read.hpp"

#include <map>
#include <string>
#include <string_view>

namespace redress::http {

/// The named schemas (components) that a set of wire types needs, by name in ascending order.
class Schemas {
public:
    /// The name of a type for others, "Page<CaseRow>" as "PageOfCaseRow"; namespaces left out.
    /// Throws std::logic_error when two different types would get one name.
    std::string claim(const char* mangled);
    [[nodiscard]] bool has(const std::string& name) const { return components_.contains(name); }
    void put(const std::string& name, json::object schema)
    {
        components_[name] = std::move(schema);
    }
    [[nodiscard]] const std::map<std::string, json::object>& components() const
    {
        return components_;
    }

private:
    std::map<std::string, std::string> types_;
    std::map<std::string, json::object> components_;
};

/// JSON Schema 2020-12 of a wire type; described structs and enums become components and are
/// referred to.
template <class T>
json::object schema_of(Schemas& schemas);

namespace detail {

json::object reference_to(const std::string& name);
json::object text_schema();
/// Writes a declared limit into a schema, by its type.
void add_limit(json::object& schema, const Limit& limit);

template <class T>
json::object struct_schema(Schemas& schemas)
{
    json::object properties;
    json::array required;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        json::object schema;
        if constexpr (redress::detail::IsOptional<Member>::value)
            schema = schema_of<typename Member::value_type>(schemas);
        else {
            schema = schema_of<Member>(schemas);
            required.emplace_back(member.name);
        }
        if (const auto* limit = limit_of<T>(member.name))
            add_limit(schema, *limit);
        properties.emplace(member.name, std::move(schema));
    });
    json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty())
        schema.emplace("required", std::move(required));
    schema.emplace("additionalProperties", false);
    return schema;
}

template <class E>
json::object enum_schema()
{
    json::array names;
    for (const auto name : names_of<E>())
        names.emplace_back(name);
    return {{"type", "string"}, {"enum", std::move(names)}};
}

template <class T>
json::object component_of(Schemas& schemas)
{
    const auto name = schemas.claim(typeid(T).name());
    if (!schemas.has(name)) {
        schemas.put(name, {});  // a type that contains itself refers to the place held here
        if constexpr (std::is_enum_v<T>)
            schemas.put(name, enum_schema<T>());
        else
            schemas.put(name, struct_schema<T>(schemas));
    }
    return reference_to(name);
}

}  // namespace detail

template <class T>
json::object schema_of(Schemas& schemas)
{
    if constexpr (std::is_enum_v<T> || boost::describe::has_describe_members<T>::value)
        return detail::component_of<T>(schemas);
    else if constexpr (redress::detail::IsVector<T>::value)
        return {
            {"type", "array"},
            {"items", schema_of<typename T::value_type>(schemas)},
            {"maxItems", max_list_items}};
    else if constexpr (redress::detail::IsMap<T>::value)
        return {
            {"type", "object"},
            {"additionalProperties", schema_of<typename T::mapped_type>(schemas)}};
    else if constexpr (std::is_same_v<T, std::string>)
        return {{"type", "string"}, {"maxLength", max_text_code_points}};
    else if constexpr (std::is_same_v<T, bool>)
        return {{"type", "boolean"}};
    else if constexpr (std::is_same_v<T, double>)
        return {{"type", "number"}};
    else if constexpr (std::is_same_v<T, Instant>)
        return {{"type", "string"}, {"format", "date-time"}};
    else if constexpr (std::is_same_v<T, Text>)
        return detail::text_schema();
    else if constexpr (std::is_same_v<T, json::object>)
        return {{"type", "object"}, {"additionalProperties", true}};
    else if constexpr (std::is_same_v<T, json::value>)
        return json::object{};
    else {
        static_assert(redress::detail::IsId<T>::value || std::is_integral_v<T>, "not a wire type");
        return {
            {"type", "integer"},
            {"format", sizeof(T) == sizeof(std::int64_t) ? "int64" : "int32"}};
    }
}

}  // namespace redress::http
