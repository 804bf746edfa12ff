#pragma once

#include "policy/calendar.hpp"

#include <chrono>
#include <optional>
#include <variant>

namespace redress::language {

/// The house in which a sentence is said, and when.
struct PromiseContext {
    Instant now;
    /// Its zone and business days. Must outlive the context; never null.
    const policy::Calendar* calendar{};
    /// When a working day ends: "EOD", 下班前.
    std::chrono::minutes close = std::chrono::hours{18};
};

/// today, 明天, 大后天
struct DaysAhead {
    int days{};
};
/// Friday, 本周五 (weeks 0), next Friday, 下周五 (weeks 1); without weeks the next one to come.
struct WeekdayAhead {
    unsigned iso_weekday{};  ///< 1 is Monday
    std::optional<int> weeks;
};
/// 12月3日, the 3rd, 下月5号; without a month or year the next one to come.
struct MonthDay {
    unsigned day{};  ///< 0 is the last of the month
    std::optional<unsigned> month;
    std::optional<int> year;
    std::optional<int> months_ahead;
};
/// 本周内 is over on Sunday, "the end of the week" and 周末前 on its last business day.
struct WeekEnd {
    int weeks{};
    bool is_business{};
};
struct MonthEnd {
    int months{};
};
struct YearEnd {};

using DayNamed =
    std::variant<std::monostate, DaysAhead, WeekdayAhead, MonthDay, WeekEnd, MonthEnd, YearEnd>;

/// A stretch from now on: 三个工作日内, in half an hour. Minutes and hours run by themselves; days
/// and what is longer end with a day, the first day not counted.
struct Lapse {
    policy::Unit unit{};
    int count{};
};

/// A part of a day ends: noon at 13:00, morning at 12:00, afternoon at 18:00, evening at 24:00.
enum class DayPart { none, small_hours, morning, noon, afternoon, evening };

/// A time as words name it.
struct When {
    DayNamed day;
    std::optional<std::chrono::minutes> clock;  ///< since midnight, up to 24:00
    bool is_half_day_open{};                    ///< a clock of 1 to 12 without morning or afternoon
    DayPart part{};
    bool is_close_of_business{};
    bool excludes_day{};  ///< "before Friday": when Friday begins
    std::optional<Lapse> lapse;
};

/// The end of what is named, later than now and within three years; nullopt for a time that has
/// passed or does not exist. A day ends at the next midnight, as in policy::Calendar.
[[nodiscard]] std::optional<Instant> due_of(const When& when, const PromiseContext& context);

}  // namespace redress::language
