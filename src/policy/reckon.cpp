#include "policy/reckon.hpp"

#include <algorithm>

namespace redress::policy {
namespace {

using namespace std::chrono;

/// A day early, so that no zone's wall clock shows the year 10000.
constexpr Date last_date = local_days{year{9999} / December / 30};
constexpr std::int64_t most_days = 3'000'000;

/// An end on its way: a day that is last, or an instant.
struct End {
    const Calendar* calendar{};
    bool is_day{};
    Date last;
    Instant at;
};

std::unexpected<Denied> too_late()
{
    return deny(Denial::invalid, "policy.beyond_9999", "n");
}

/// Whether the unit ends with a day: the days of `elapsed` are 24 hours each.
bool counts_days(const Calendar& calendar, Unit unit)
{
    return calendar.kind() != CalendarKind::elapsed && unit != Unit::minute && unit != Unit::hour;
}

Micros length_of(Amount amount)
{
    switch (amount.unit) {
        case Unit::minute:
            return minutes{amount.n};
        case Unit::hour:
            return hours{amount.n};
        case Unit::week:
            return days{7 * amount.n};
        case Unit::day:
        case Unit::business_day:
        case Unit::month:
        case Unit::year:
            break;
    }
    return days{amount.n};
}

/// The corresponding day so many months on, or the end of that month.
Date months_later(Date day, std::int64_t count)
{
    const year_month_day date{day};
    const auto month = year_month{date.year(), date.month()} + months{count};
    const year_month_day same{month.year(), month.month(), date.day()};
    return same.ok() ? local_days{same} : local_days{month / last};
}

/// Day 0 (semantics 2 and 3): what is received after the cut-off counts as received on the next
/// business day.
Date first_date(const Calendar& calendar, Instant start)
{
    const LocalTime local = calendar.zone().to_local(start);
    const Date day = floor<days>(local);
    const auto& cutoff = calendar.spec().cutoff;
    if (calendar.kind() != CalendarKind::business_days || !cutoff)
        return day;
    const bool is_next = !calendar.is_business_day(day) || local - day > Micros{*cutoff};
    return is_next ? calendar.nth_business_day_after(day, 1) : day;
}

Date days_later(const Calendar& calendar, Date day, Amount amount)
{
    if (amount.n == 0)
        return day;
    switch (amount.unit) {
        case Unit::business_day:
            return calendar.nth_business_day_after(day, amount.n);
        case Unit::week:
            return day + days{7 * amount.n};
        case Unit::month:
            return months_later(day, amount.n);
        case Unit::year:
            return months_later(day, 12 * amount.n);
        case Unit::day:
        case Unit::hour:
        case Unit::minute:
            break;
    }
    return day + days{amount.n};
}

/// When the first day counts itself: one day of the amount is over with it. A period of months then
/// ends the day before the corresponding day, or with the month that has none.
Date days_from(const Calendar& calendar, Date day, Amount amount)
{
    if (amount.n == 0 || calendar.spec().first_day == FirstDay::exclude)
        return days_later(calendar, day, amount);
    if (amount.unit == Unit::business_day)
        return days_later(
            calendar,
            day,
            {amount.n - (calendar.is_business_day(day) ? 1 : 0), amount.unit}
        );
    const Date end = days_later(calendar, day, amount);
    const bool has_corresponding = (amount.unit != Unit::month && amount.unit != Unit::year) ||
                                   year_month_day{end}.day() == year_month_day{day}.day();
    return has_corresponding ? end - days{1} : end;
}

Date rolled(const Calendar& calendar, Date day)
{
    switch (calendar.spec().roll) {
        case Roll::none:
            break;
        case Roll::next_business_day:
            return calendar.is_business_day(day) ? day : calendar.nth_business_day_after(day, 1);
        case Roll::after_statutory_holiday:
            while (calendar.is_statutory_holiday(day))
                day += days{1};
            break;
    }
    return day;
}

Instant instant_of(const End& end)
{
    return end.is_day ? end.calendar->end_of(rolled(*end.calendar, end.last)) : end.at;
}

std::optional<Denied> find_fault(const Calendar& calendar, Amount amount)
{
    if (amount.n < 0)
        return deny(Denial::invalid, "policy.negative", "n").error();
    if (!is_measured_in(calendar.kind(), amount.unit))
        return deny(Denial::invalid, "policy.unit_kind", "unit").error();
    const std::int64_t per_day = amount.unit == Unit::minute ? 24 * 60
                                 : amount.unit == Unit::hour ? 24
                                                             : 1;
    const std::int64_t days_each = amount.unit == Unit::week    ? 7
                                   : amount.unit == Unit::month ? 28
                                   : amount.unit == Unit::year  ? 365
                                                                : 1;
    if (amount.n / per_day > most_days / days_each)
        return too_late().error();
    return std::nullopt;
}

Result<End> checked(End end)
{
    const bool is_beyond =
        end.is_day ? end.last > last_date : end.calendar->zone().date_at(end.at) > last_date;
    if (is_beyond)
        return too_late();
    return end;
}

Result<End> end_from_start(const Calendar& calendar, Instant start, Amount amount)
{
    if (auto fault = find_fault(calendar, amount))
        return std::unexpected{*std::move(fault)};
    End end{&calendar, counts_days(calendar, amount.unit), {}, {}};
    if (end.is_day)
        end.last = days_from(calendar, first_date(calendar, start), amount);
    else
        end.at = counted_forward(calendar, start, length_of(amount));
    return checked(end);
}

Result<End> end_from_end(const Calendar& calendar, const End& before, Amount amount)
{
    if (auto fault = find_fault(calendar, amount))
        return std::unexpected{*std::move(fault)};
    End end{&calendar, counts_days(calendar, amount.unit), {}, {}};
    if (end.is_day)
        end.last = days_later(
            calendar,
            before.is_day ? before.last : calendar.zone().date_at(before.at),
            amount
        );
    else
        end.at = counted_forward(calendar, instant_of(before), length_of(amount));
    return checked(end);
}

void pause(End& end, const Calendar& calendar, const Pause& pause)
{
    if (!end.is_day) {
        end.at = counted_forward(calendar, end.at, counted_between(calendar, pause.from, pause.to));
        return;
    }
    const Date from = calendar.zone().date_at(pause.from);
    const Date to = calendar.zone().date_at(pause.to);
    const bool is_business = calendar.kind() == CalendarKind::business_days;
    const std::int64_t more = is_business ? calendar.count_business_days(from, to)
                                          : std::max<std::int64_t>((to - from).count(), 0);
    if (more > 0)
        end.last =
            is_business ? calendar.nth_business_day_after(end.last, more) : end.last + days{more};
}

}  // namespace

Result<Instant> due_at(const Calendar& calendar, Instant start, Amount amount)
{
    return due_at(calendar, start, Course{amount, {}, {}, {}});
}

Result<Instant> due_at(const Calendar& calendar, Instant start, const Course& course)
{
    auto end = course.given_end ? Result<End>{End{&calendar, false, {}, *course.given_end}}
                                : end_from_start(calendar, start, course.amount);
    for (const Stretch& stretch : course.stretches) {
        if (!end)
            break;
        const Calendar& its = stretch.calendar ? *stretch.calendar : calendar;
        end = stretch.kind == Stretch::Kind::to ? end_from_start(its, start, stretch.amount)
                                                : end_from_end(its, *end, stretch.amount);
    }
    for (const Pause& one : course.pauses)
        if (end) {
            pause(*end, *end->calendar, one);
            end = checked(*end);
        }
    if (!end)
        return std::unexpected{end.error()};
    return instant_of(*end);
}

}  // namespace redress::policy
