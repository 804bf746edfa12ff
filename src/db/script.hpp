#pragma once

#include <string_view>
#include <vector>

namespace redress::db {

/// The statements of a script, cut at each `;` outside of quotes and comments; empty ones are left
/// out. Bodies with semicolons of their own (triggers, $$) are not understood.
[[nodiscard]] std::vector<std::string_view> split_script(std::string_view script);

}  // namespace redress::db
