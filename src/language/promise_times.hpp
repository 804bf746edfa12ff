#pragma once

#include "language/promise_when.hpp"

#include <cstddef>
#include <string_view>
#include <vector>

namespace redress::language {

/// Words that name a time: bytes [begin, end) of a folded text. A time that bounds nothing
/// (周一至周五, 五点以后) is read too, so that its parts are not taken for times; it has no `when`.
struct TimeNamed {
    std::size_t begin{};
    std::size_t end{};
    std::optional<When> when;
};

/// Every time named in a folded text in order, Chinese and English alike; they do not overlap.
/// Linear: what is read at one place is bounded.
[[nodiscard]] std::vector<TimeNamed> find_times(std::string_view folded);

/// What begins at a place, or nullopt.
[[nodiscard]] std::optional<TimeNamed> read_chinese_time(std::string_view folded, std::size_t at);
[[nodiscard]] std::optional<TimeNamed> read_english_time(std::string_view folded, std::size_t at);

}  // namespace redress::language
