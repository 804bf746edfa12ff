#pragma once

#include "policy/reckon.hpp"

#include <optional>
#include <string>
#include <string_view>

namespace redress::policy {

// The words packs, holiday tables and questions are written in. Each reader answers nullopt for
// anything else.

[[nodiscard]] std::optional<CalendarKind> read_calendar_kind(std::string_view word);
[[nodiscard]] std::optional<Unit> read_unit(std::string_view word);
[[nodiscard]] std::optional<Roll> read_roll(std::string_view word);
[[nodiscard]] std::optional<FirstDay> read_first_day(std::string_view word);
/// "mon" … "sun" as a bit of Shift::weekdays.
[[nodiscard]] std::optional<std::uint8_t> read_weekday(std::string_view word);
/// "hh:mm" from 00:00 to 24:00.
[[nodiscard]] std::optional<std::chrono::minutes> read_time_of_day(std::string_view word);
/// "yyyy-mm-dd" from 1900 to 2999.
[[nodiscard]] std::optional<Date> read_date(std::string_view word);

[[nodiscard]] std::string_view to_word(CalendarKind kind);
[[nodiscard]] std::string_view to_word(Unit unit);
[[nodiscard]] std::string to_word(std::chrono::minutes time_of_day);
[[nodiscard]] std::string to_word(Date date);

/// The last moment of a day; "close_of_business" is the one that needs hours.
inline constexpr std::string_view close_of_business = "close_of_business";

}  // namespace redress::policy
