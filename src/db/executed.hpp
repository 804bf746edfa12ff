#pragma once

#include <set>
#include <string>
#include <string_view>

namespace redress::db {

/// Names of the statements this process has run, on whatever database: a test fails for one that
/// never ran. Any thread.
[[nodiscard]] std::set<std::string, std::less<>> executed_statements();

/// Called by a connection once for each statement it keeps.
void note_executed(std::string_view name);

}  // namespace redress::db
