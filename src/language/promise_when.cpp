#include "language/promise_when.hpp"

namespace redress::language {
namespace {

using namespace std::chrono;
using policy::Date;
using policy::Unit;

constexpr int days_of_week = 7;
constexpr auto farthest = days{3 * 366};

Date add_months(Date from, int count)
{
    const year_month_day day{from};
    year_month_day moved = day + months{count};
    if (!moved.ok())
        moved = moved.year() / moved.month() / last;
    return Date{moved};
}

Date month_end(Date today, int months_ahead)
{
    const year_month_day first = year_month_day{add_months(today, months_ahead)};
    return Date{first.year() / first.month() / last};
}

Date week_begin(Date today, int weeks)
{
    const unsigned weekday_today = weekday{today}.iso_encoding();
    return today - days{weekday_today - 1} + days{weeks * days_of_week};
}

/// Friday, or the last business day before it when Friday is off.
Date last_business_day(Date monday, const policy::Calendar& calendar)
{
    for (int ahead = 4; ahead >= 0; --ahead)
        if (const Date day = monday + days{ahead}; calendar.is_business_day(day))
            return day;
    return monday + days{4};
}

std::optional<Date> day_of(const year_month& in, unsigned number)
{
    const year_month_day day =
        number == 0 ? year_month_day{in / last} : in / std::chrono::day{number};
    return day.ok() ? std::optional{Date{day}} : std::nullopt;
}

struct DayFinder {
    Date today;
    const policy::Calendar& calendar;

    std::optional<Date> operator()(std::monostate) const { return today; }
    std::optional<Date> operator()(DaysAhead named) const { return today + days{named.days}; }

    std::optional<Date> operator()(const WeekdayAhead& named) const
    {
        const Date first = week_begin(today, named.weeks.value_or(0));
        const Date day = first + days{named.iso_weekday - 1};
        const bool is_over = named.weeks ? day < today : day <= today;
        return is_over ? day + days{days_of_week} : day;
    }

    std::optional<Date> operator()(const MonthDay& named) const
    {
        const year_month_day now{today};
        if (named.month) {
            const year in = named.year ? year{*named.year} : now.year();
            const auto day = day_of(in / month{*named.month}, named.day);
            if (!day || named.year || *day >= today)
                return day;
            return day_of((in + years{1}) / month{*named.month}, named.day);
        }
        const auto in_month = [&](int ahead) {
            const year_month_day other{add_months(Date{now.year() / now.month() / 1}, ahead)};
            return day_of(other.year() / other.month(), named.day);
        };
        if (named.months_ahead)
            return in_month(*named.months_ahead);
        const auto day = in_month(0);
        return day && *day >= today ? day : in_month(1);
    }

    std::optional<Date> operator()(const WeekEnd& named) const
    {
        const Date monday = week_begin(today, named.weeks);
        const Date end = named.is_business ? last_business_day(monday, calendar) : monday + days{6};
        if (end >= today)
            return end;
        return last_business_day(monday + days{days_of_week}, calendar);
    }

    std::optional<Date> operator()(const MonthEnd& named) const
    {
        return month_end(today, named.months);
    }
    std::optional<Date> operator()(YearEnd) const
    {
        return Date{year_month_day{today}.year() / December / 31};
    }
};

minutes end_of_part(DayPart part)
{
    switch (part) {
        case DayPart::small_hours:
            return hours{6};
        case DayPart::morning:
            return hours{12};
        case DayPart::noon:
            return hours{13};
        case DayPart::afternoon:
            return hours{18};
        case DayPart::none:
        case DayPart::evening:
            break;
    }
    return hours{24};
}

Instant at(Date day, minutes time, const PromiseContext& context)
{
    return context.calendar->zone().to_instant(policy::LocalTime{day} + time);
}

std::optional<Instant> end_of_lapse(const Lapse& lapse, Date today, const PromiseContext& context)
{
    const auto& calendar = *context.calendar;
    switch (lapse.unit) {
        case Unit::minute:
            return context.now + minutes{lapse.count};
        case Unit::hour:
            return context.now + hours{lapse.count};
        case Unit::day:
            return calendar.end_of(today + days{lapse.count});
        case Unit::week:
            return calendar.end_of(today + days{lapse.count * days_of_week});
        case Unit::business_day:
            return calendar.end_of(calendar.nth_business_day_after(today, lapse.count));
        case Unit::month:
            return calendar.end_of(add_months(today, lapse.count));
        case Unit::year:
            return calendar.end_of(add_months(today, 12 * lapse.count));
    }
    return std::nullopt;
}

/// Five o'clock without more is in the afternoon, nine in the morning; what has passed today is
/// meant for later today.
Instant clock_time(const When& when, Date day, const PromiseContext& context)
{
    if (!when.is_half_day_open)
        return at(day, *when.clock, context);
    const bool is_afternoon = *when.clock < hours{8};
    const Instant likely = at(day, *when.clock + (is_afternoon ? hours{12} : hours{0}), context);
    if (likely > context.now || is_afternoon)
        return likely;
    return at(day, *when.clock + hours{12}, context);
}

Instant time_on(const When& when, Date day, const PromiseContext& context)
{
    if (when.clock)
        return clock_time(when, day, context);
    if (when.is_close_of_business)
        return at(day, context.close, context);
    if (when.part != DayPart::none)
        return at(day, end_of_part(when.part), context);
    return when.excludes_day ? at(day, minutes{0}, context) : context.calendar->end_of(day);
}

bool is_due(std::optional<Instant> due, Instant now)
{
    return due && *due > now && *due - now <= farthest;
}

}  // namespace

std::optional<Instant> due_of(const When& when, const PromiseContext& context)
{
    const Date today = context.calendar->zone().date_at(context.now);
    std::optional<Instant> due;
    if (when.lapse)
        due = end_of_lapse(*when.lapse, today, context);
    else if (const auto day = std::visit(DayFinder{today, *context.calendar}, when.day))
        due = time_on(when, *day, context);
    const bool is_any_day = std::holds_alternative<std::monostate>(when.day) && !when.lapse;
    if (is_any_day && due && *due <= context.now)
        due = time_on(when, today + days{1}, context);
    return is_due(due, context.now) ? due : std::nullopt;
}

}  // namespace redress::language
