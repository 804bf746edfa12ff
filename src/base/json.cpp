#include "base/json.hpp"

#include <algorithm>
#include <vector>

namespace redress {
namespace {

void write_canonical(std::string& out, const json::value& value);

void write_object(std::string& out, const json::object& object)
{
    std::vector<const json::key_value_pair*> pairs;
    pairs.reserve(object.size());
    for (const auto& pair : object)
        pairs.push_back(&pair);
    std::ranges::sort(pairs, {}, [](const auto* pair) { return std::string_view{pair->key()}; });
    out += '{';
    for (bool first = true; const auto* pair : pairs) {
        if (!first)
            out += ',';
        first = false;
        out += json::serialize(json::string_view{pair->key()});
        out += ':';
        write_canonical(out, pair->value());
    }
    out += '}';
}

void write_canonical(std::string& out, const json::value& value)
{
    if (const auto* object = value.if_object()) {
        write_object(out, *object);
        return;
    }
    const auto* array = value.if_array();
    if (array == nullptr) {
        out += json::serialize(value);
        return;
    }
    out += '[';
    for (bool first = true; const auto& item : *array) {
        if (!first)
            out += ',';
        first = false;
        write_canonical(out, item);
    }
    out += ']';
}

}  // namespace

std::string to_canonical_json(const json::value& value)
{
    std::string out;
    write_canonical(out, value);
    return out;
}

json::value parse_json(std::string_view text)
{
    json::parse_options options;
    options.max_depth = 32;
    return json::parse(text, {}, options);
}

bool is_truthy(const json::value* value)
{
    if (value == nullptr)
        return false;
    switch (value->kind()) {
        case json::kind::null:
            return false;
        case json::kind::bool_:
            return value->get_bool();
        case json::kind::int64:
            return value->get_int64() != 0;
        case json::kind::uint64:
            return value->get_uint64() != 0;
        case json::kind::double_:
            return value->get_double() != 0;
        case json::kind::string:
            return !value->get_string().empty();
        case json::kind::array:
            return !value->get_array().empty();
        case json::kind::object:
            return !value->get_object().empty();
    }
    return false;
}

std::string_view string_at(const json::object& object, std::string_view key)
{
    const auto* value = object.if_contains(key);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string_view{} : std::string_view{*text};
}

std::int64_t int_at(const json::object& object, std::string_view key, std::int64_t fallback)
{
    const auto* value = object.if_contains(key);
    const auto* number = value == nullptr ? nullptr : value->if_int64();
    return number == nullptr ? fallback : *number;
}

}  // namespace redress
