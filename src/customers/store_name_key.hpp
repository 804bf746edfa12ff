#pragma once

#include <string>
#include <string_view>

namespace redress::customers {

/// search_key of a name in hexadecimal: sorts by code point and finds prefixes by a range under
/// every collation.
[[nodiscard]] std::string name_key(std::string_view name);

/// Sorts behind every key that begins with `key`.
[[nodiscard]] inline std::string behind_prefix(std::string_view key)
{
    return std::string{key} + 'g';
}

}  // namespace redress::customers
