#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace redress {

namespace json = boost::json;

/// Appends the canonical form that is hashed and compared: keys in ascending byte order at every
/// level, no white space.
void append_canonical_json(std::string& out, const json::value& value);
void append_canonical_json(std::string& out, const json::object& object);

template <class Json>
[[nodiscard]] std::string to_canonical_json(const Json& json)
{
    std::string out;
    append_canonical_json(out, json);
    return out;
}

/// Appends a text that is UTF-8 as a JSON string.
void append_json_text(std::string& out, std::string_view text);

/// Parses with bounded depth (32); throws boost::system::system_error.
[[nodiscard]] json::value parse_json(std::string_view text, json::storage_ptr memory = {});

/// Truthiness as guards and `when` need it: absent, null, false, 0, "", [] and {} are false.
[[nodiscard]] bool is_truthy(const json::value* value);

/// The string at a key, or "" when it is absent or not a string.
[[nodiscard]] std::string_view string_at(const json::object& object, std::string_view key);
/// The integer at a key, or `fallback`.
[[nodiscard]] std::int64_t
int_at(const json::object& object, std::string_view key, std::int64_t fallback = 0);

}  // namespace redress
