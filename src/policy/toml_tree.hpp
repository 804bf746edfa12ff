#pragma once

#include "policy/zone.hpp"

#include <cstdint>
#include <expected>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redress::policy {

/// A TOML value with the line it stands on. A plain tree, so that only one file needs to see the
/// TOML library.
struct TomlNode {
    enum class Kind { text, integer, real, boolean, date, list, table, other };
    Kind kind{};
    int line{};
    std::string text{};
    std::int64_t integer{};
    double real{};
    bool boolean{};
    Date date{};
    std::vector<TomlNode> items{};                            ///< list
    std::vector<std::pair<std::string, TomlNode>> entries{};  ///< table, sorted by key

    [[nodiscard]] const TomlNode* find(std::string_view key) const;
};

struct TomlError {
    int line{};
    std::string detail;  ///< English, from the library
};

/// At most 2 MiB and 256 levels. Never throws on what is written.
[[nodiscard]] std::expected<TomlNode, TomlError> parse_toml(std::string_view text);

}  // namespace redress::policy
