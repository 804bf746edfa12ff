#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"

#include <boost/json.hpp>

#include <string>
#include <string_view>

namespace redress {

namespace json = boost::json;

/// The canonical form that is hashed and compared: keys in ascending byte order at every level, no
/// white space.
[[nodiscard]] std::string to_canonical_json(const json::value& value);

/// Parses with bounded depth (32); throws boost::system::system_error.
[[nodiscard]] json::value parse_json(std::string_view text);

/// Truthiness as guards and `when` need it: absent, null, false, 0, "", [] and {} are false.
[[nodiscard]] bool is_truthy(const json::value* value);

/// The string at a key, or "" when it is absent or not a string.
[[nodiscard]] std::string_view string_at(const json::object& object, std::string_view key);
/// The integer at a key, or `fallback`.
[[nodiscard]] std::int64_t
int_at(const json::object& object, std::string_view key, std::int64_t fallback = 0);

}  // namespace redress
