#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>

namespace redress::bench {

using Row =
    std::function<void(std::string_view what, const std::string& figure, std::string_view floor)>;

/// What the reply coach does on the kept halves of the labelled replies in a folder like
/// tests/coach, rule by rule, and how long it takes.
void measure_coach(const std::filesystem::path& folder, const Row& row);

}  // namespace redress::bench
