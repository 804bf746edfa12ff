#include "policy/toml_tree.hpp"

#include <toml++/toml.h>

#include <algorithm>

namespace redress::policy {
namespace {

constexpr std::size_t largest = 2 << 20;

TomlNode converted(const toml::node& node);

TomlNode converted_table(const toml::table& table)
{
    TomlNode made{.kind = TomlNode::Kind::table};
    for (const auto& [key, value] : table) {
        made.entries.emplace_back(std::string{key.str()}, converted(value));
        // The key's line is where a reader looks, also when its value spans several.
        made.entries.back().second.line = static_cast<int>(key.source().begin.line);
    }
    return made;
}

TomlNode converted_date(const toml::date& date)
{
    const std::chrono::year_month_day ymd{
        std::chrono::year{date.year},
        std::chrono::month{date.month},
        std::chrono::day{date.day}};
    return {.kind = TomlNode::Kind::date, .date = Date{std::chrono::local_days{ymd}}};
}

TomlNode converted_value(const toml::node& node)
{
    using Kind = TomlNode::Kind;
    if (const auto* text = node.as_string())
        return {.kind = Kind::text, .text = text->get()};
    if (const auto* integer = node.as_integer())
        return {.kind = Kind::integer, .integer = integer->get()};
    if (const auto* real = node.as_floating_point())
        return {.kind = Kind::real, .real = real->get()};
    if (const auto* boolean = node.as_boolean())
        return {.kind = Kind::boolean, .boolean = boolean->get()};
    if (const auto* date = node.as_date())
        return converted_date(date->get());
    return {.kind = Kind::other};
}

TomlNode converted(const toml::node& node)
{
    TomlNode made;
    if (const auto* table = node.as_table()) {
        made = converted_table(*table);
    } else if (const auto* list = node.as_array()) {
        made.kind = TomlNode::Kind::list;
        for (const toml::node& item : *list)
            made.items.push_back(converted(item));
    } else {
        made = converted_value(node);
    }
    made.line = static_cast<int>(node.source().begin.line);
    return made;
}

}  // namespace

const TomlNode* TomlNode::find(std::string_view key) const
{
    const auto found = std::ranges::find(entries, key, &std::pair<std::string, TomlNode>::first);
    return found == entries.end() ? nullptr : &found->second;
}

std::expected<TomlNode, TomlError> parse_toml(std::string_view text)
{
    if (text.size() > largest)
        return std::unexpected{TomlError{1, "more than 2 MiB"}};
    try {
        return converted(toml::parse(text));
    } catch (const toml::parse_error& error) {
        return std::unexpected{TomlError{
            static_cast<int>(error.source().begin.line),
            std::string{error.description()}}};
    }
}

}  // namespace redress::policy
