#include "base/json.hpp"

#include <boost/container/small_vector.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace redress {
namespace {

/// What follows the backslash of a byte that must be escaped (RFC 8259, section 7), otherwise 0.
constexpr auto escapes = [] {
    std::array<char, 256> table{};
    for (std::size_t byte = 0; byte < 0x20; ++byte)
        table[byte] = 'u';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['"'] = '"';
    table['\\'] = '\\';
    return table;
}();

char escape_of(char c)
{
    return escapes[static_cast<unsigned char>(c)];
}

void append_escape(std::string& out, char c)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    out += '\\';
    out += escape_of(c);
    if (escape_of(c) != 'u')
        return;
    out += "00";
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 15U];
}

template <class Number>
void append_number(std::string& out, Number number)
{
    std::array<char, 24> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

void append_array(std::string& out, const json::array& array)
{
    char separator = '[';
    for (const auto& item : array) {
        out += separator;
        separator = ',';
        append_canonical_json(out, item);
    }
    out += separator == '[' ? "[]" : "]";
}

}  // namespace

void append_json_text(std::string& out, std::string_view text)
{
    out += '"';
    for (std::size_t at = 0; at < text.size();) {
        std::size_t plain = at;
        while (plain < text.size() && escape_of(text[plain]) == 0)
            ++plain;
        out.append(text, at, plain - at);
        if (plain < text.size())
            append_escape(out, text[plain]);
        at = plain + 1;
    }
    out += '"';
}

void append_canonical_json(std::string& out, const json::object& object)
{
    constexpr std::size_t usual = 32;
    boost::container::small_vector<const json::key_value_pair*, usual> pairs;
    for (const auto& pair : object)
        pairs.push_back(&pair);
    std::ranges::sort(pairs, {}, [](const auto* pair) { return std::string_view{pair->key()}; });
    char separator = '{';
    for (const auto* pair : pairs) {
        out += separator;
        separator = ',';
        append_json_text(out, pair->key());
        out += ':';
        append_canonical_json(out, pair->value());
    }
    out += separator == '{' ? "{}" : "}";
}

void append_canonical_json(std::string& out, const json::value& value)
{
    switch (value.kind()) {
        case json::kind::null:
            out += "null";
            return;
        case json::kind::bool_:
            out += value.get_bool() ? "true" : "false";
            return;
        case json::kind::int64:
            append_number(out, value.get_int64());
            return;
        case json::kind::uint64:
            append_number(out, value.get_uint64());
            return;
        case json::kind::double_:
            out += json::serialize(value);
            return;
        case json::kind::string:
            append_json_text(out, value.get_string());
            return;
        case json::kind::array:
            append_array(out, value.get_array());
            return;
        case json::kind::object:
            append_canonical_json(out, value.get_object());
            return;
    }
}

json::value parse_json(std::string_view text, json::storage_ptr memory)
{
    json::parse_options options;
    options.max_depth = 32;
    return json::parse(text, std::move(memory), options);
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
