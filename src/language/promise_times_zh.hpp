#pragma once

#include "language/promise_cursor.hpp"
#include "language/promise_times.hpp"

namespace redress::language::chinese {

/// 24, 二十四, 十五.
[[nodiscard]] std::optional<int> take_number(Cursor& c);
/// 前, 之前, 以前; not the beginning of 前台, 前期.
[[nodiscard]] bool take_before(Cursor& c);
/// 三个工作日内, 半小时后, 最多两天; a bare length is none, but for working days.
[[nodiscard]] std::optional<When> take_lapse(Cursor& c);

}  // namespace redress::language::chinese
