#include "http/wire_schema.hpp"

#include <boost/core/demangle.hpp>

#include <cctype>
#include <stdexcept>

namespace redress::http {
namespace {

bool is_word(char c)
{
    return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

/// "a::Page<a::b::Row>" → "PageOfRow": the last name of each qualified one.
std::string short_name(std::string_view type)
{
    std::string name;
    std::string word;
    for (std::size_t i = 0; i <= type.size(); ++i) {
        const char c = i < type.size() ? type[i] : '\0';
        if (is_word(c)) {
            word += c;
            continue;
        }
        if (c != ':')
            name += name.empty() || word.empty() ? word : "Of" + word;
        word.clear();
    }
    return name;
}

}  // namespace

std::string Schemas::claim(const char* mangled)
{
    auto type = boost::core::demangle(mangled);
    for (const std::string_view nowhere : {"(anonymous namespace)::", "{anonymous}::"})
        for (auto at = type.find(nowhere); at != std::string::npos; at = type.find(nowhere))
            type.erase(at, nowhere.size());
    auto name = short_name(type);
    const auto [known, is_new] = types_.emplace(name, type);
    if (!is_new && known->second != type)
        throw std::logic_error{
            "two wire types would both be called " + name + ": " + type + " and " + known->second};
    return name;
}

namespace detail {

json::object reference_to(const std::string& name)
{
    return {{"$ref", "#/components/schemas/" + name}};
}

json::object text_schema()
{
    const json::object text{{"type", "string"}};
    return {
        {"type", "object"},
        {"properties", {{"en", text}, {"zh", text}}},
        {"required", {"en", "zh"}},
        {"additionalProperties", false}};
}

void add_limit(json::object& schema, const Limit& limit)
{
    const auto type = string_at(schema, "type");
    const auto set = [&](std::string_view min, std::string_view max) {
        if (limit.min != 0 || type == "integer")
            schema[min] = limit.min;
        schema[max] = limit.max;
    };
    if (type == "string")
        set("minLength", "maxLength");
    else if (type == "array")
        set("minItems", "maxItems");
    else if (type == "object")
        set("minProperties", "maxProperties");
    else
        set("minimum", "maximum");
}

}  // namespace detail

}  // namespace redress::http
