#pragma once

#include "base/instant.hpp"
#include "base/json.hpp"

#include <string>
#include <string_view>
#include <vector>

/// Scenario files as README.md here describes them.
namespace redress::scenarios {

struct Line {
    int number{};
    std::vector<std::string> words;  ///< quoted texts, lists and maps stay whole, as written
};

struct Scenario {
    std::string title;
    int number{};  ///< of its first line
    std::vector<Line> lines;
};

/// Reads a file; fragments are put in where they are used. Throws std::runtime_error with line and
/// reason.
[[nodiscard]] std::vector<Scenario> read_scenarios(const std::string& path);

/// "20m", "1h30m", "2d", "8w".
[[nodiscard]] Micros length_of(std::string_view text);

/// A value as written: true, 3, "text", ["a"], {k="v"}; a time counted from now becomes RFC 3339.
[[nodiscard]] json::value value_of(std::string_view text, Instant now);

}  // namespace redress::scenarios
