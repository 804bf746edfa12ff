#pragma once

#include "language/promise_cursor.hpp"
#include "language/promise_times.hpp"

namespace redress::language::english {

/// How a time is led up to: by Friday, before Friday, within three days, on Friday.
enum class Lead { none, by, before, within, on };

/// One time being put together; a day and a clock may come in either order.
struct Reading {
    When when;
    Lead lead{};
    bool has_day{};
    bool is_exact_clock{};  ///< 5 pm, 17:00, noon
};

/// 3, three.
[[nodiscard]] std::optional<int> take_number(Cursor& c);
/// Half an hour, two or three days, a fortnight.
[[nodiscard]] std::optional<Lapse> take_length(Cursor& c);
/// hours, working days, …
[[nodiscard]] std::optional<policy::Unit> take_unit(Cursor& c);

[[nodiscard]] std::optional<unsigned> take_month(Cursor& c);
/// tomorrow, next Friday, the 3rd of December, the end of the week; sets the day of the reading.
[[nodiscard]] bool take_day(Cursor& c, Reading& reading);

}  // namespace redress::language::english
