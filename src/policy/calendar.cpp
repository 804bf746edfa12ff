#include "policy/calendar.hpp"

#include "base/require.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>

namespace redress::policy {
namespace {

using namespace std::chrono;

constexpr std::size_t most_dates = 20'000;
constexpr std::uint8_t every_day = 0b111'1111;

std::int64_t number_of(Date day)
{
    return day.time_since_epoch().count();
}

/// 0 is Sunday, as in struct Shift.
unsigned weekday_of(std::int64_t day)
{
    // 1970-01-01 was a Thursday.
    return static_cast<unsigned>(((day + 4) % 7 + 7) % 7);
}

bool needs_business_days(const CalendarSpec& spec)
{
    return spec.kind == CalendarKind::business_days || spec.roll == Roll::next_business_day;
}

/// The shifts of one weekday in time order, overlapping and adjoining ones joined.
std::vector<Shift> shifts_on(const CalendarSpec& spec, unsigned weekday)
{
    std::vector<Shift> own;
    for (const Shift& shift : spec.hours)
        if ((shift.weekdays >> weekday & 1) != 0)
            own.push_back({static_cast<std::uint8_t>(1U << weekday), shift.from, shift.to});
    std::ranges::sort(own, {}, &Shift::from);
    std::vector<Shift> joined;
    for (const Shift& shift : own) {
        if (joined.empty() || joined.back().to < shift.from)
            joined.push_back(shift);
        else
            joined.back().to = std::max(joined.back().to, shift.to);
    }
    return joined;
}

std::optional<Refusal> find_fault(const CalendarSpec& spec)
{
    for (const Shift& shift : spec.hours)
        if (shift.from < minutes{0} || shift.to > hours{24} || shift.to <= shift.from ||
            (shift.weekdays & every_day) == 0)
            return Refusal{"policy.shift", "calendar.hours", {}};
    const bool needs_hours = spec.kind == CalendarKind::business_hours || !spec.end_of_day;
    if (needs_hours && spec.hours.empty())
        return Refusal{"policy.no_hours", "calendar.hours", {}};
    if (needs_business_days(spec) && (spec.weekend & every_day) == every_day)
        return Refusal{"policy.no_business_day", "calendar.weekend", {}};
    if (spec.off.size() > most_dates)
        return Refusal{"policy.too_many_dates", "calendar.off", {}};
    if (spec.work.size() > most_dates)
        return Refusal{"policy.too_many_dates", "calendar.work", {}};
    return std::nullopt;
}

}  // namespace

Result<std::shared_ptr<const Calendar>> Calendar::make(CalendarSpec spec)
{
    auto zone = Zone::find(spec.tz);
    if (!zone)
        return deny(Denial::invalid, "policy.unknown_zone", "calendar.tz", {{"zone", spec.tz}});
    if (auto fault = find_fault(spec))
        return std::unexpected{Denied{Denial::invalid, {*std::move(fault)}}};
    // Not make_shared: the constructor is private so that no calendar exists unchecked.
    std::shared_ptr<const Calendar> calendar{new Calendar{std::move(spec), std::move(zone)}};
    for (const auto& shifts : calendar->shifts_)
        if (shifts.size() > most_shifts)
            return deny(Denial::invalid, "policy.too_many_shifts", "calendar.hours");
    return calendar;
}

Calendar::Calendar(CalendarSpec spec, std::shared_ptr<const Zone> zone)
    : spec_{std::move(spec)}, zone_{std::move(zone)}
{
    for (unsigned weekday = 0; weekday < 7; ++weekday)
        shifts_[weekday] = shifts_on(spec_, weekday);

    for (const Date day : spec_.off)
        exceptions_.push_back({static_cast<std::int32_t>(number_of(day)), true, false, 0});
    for (const Date day : spec_.work)
        exceptions_.push_back({static_cast<std::int32_t>(number_of(day)), false, true, 0});
    std::ranges::sort(exceptions_, {}, &Exception::day);
    std::vector<Exception> merged;
    for (const Exception& exception : exceptions_) {
        if (merged.empty() || merged.back().day != exception.day)
            merged.push_back(exception);
        merged.back().is_off |= exception.is_off;
        merged.back().is_work |= exception.is_work;
    }
    std::int32_t sum = 0;
    for (Exception& exception : merged) {
        exception.sum_before = sum;
        sum += gain_of(exception);
    }
    exceptions_ = std::move(merged);
}

int Calendar::gain_of(const Exception& exception) const
{
    const bool is_weekend = (spec_.weekend >> weekday_of(exception.day) & 1) != 0;
    if (exception.is_work)
        return is_weekend ? 1 : 0;
    return is_weekend ? 0 : -1;
}

const Calendar::Exception* Calendar::exception_on(Date day) const
{
    const auto number = static_cast<std::int32_t>(number_of(day));
    const auto found = std::ranges::lower_bound(exceptions_, number, {}, &Exception::day);
    return found != exceptions_.end() && found->day == number ? &*found : nullptr;
}

bool Calendar::is_business_day(Date day) const
{
    if (const Exception* exception = exception_on(day))
        return exception->is_work;
    return (spec_.weekend >> weekday_of(number_of(day)) & 1) == 0;
}

bool Calendar::is_statutory_holiday(Date day) const
{
    const Exception* exception = exception_on(day);
    return exception != nullptr && exception->is_off && !exception->is_work;
}

std::int64_t Calendar::weekly_ordinal(std::int64_t day) const
{
    const auto working = static_cast<std::uint8_t>(~spec_.weekend & every_day);
    const std::int64_t since_sunday = day + 4;
    const std::int64_t week = since_sunday >= 0 ? since_sunday / 7 : (since_sunday - 6) / 7;
    const auto rest = static_cast<unsigned>(since_sunday - week * 7);
    const auto until = static_cast<std::uint8_t>(working & ((2U << rest) - 1));
    return week * std::popcount(working) + std::popcount(until);
}

std::int64_t Calendar::ordinal(Date day) const
{
    const auto later = std::ranges::upper_bound(exceptions_, number_of(day), {}, &Exception::day);
    std::int64_t sum = 0;
    if (later != exceptions_.begin())
        sum = std::prev(later)->sum_before + gain_of(*std::prev(later));
    return weekly_ordinal(number_of(day)) + sum;
}

std::int64_t Calendar::count_business_days(Date after, Date upto) const
{
    return upto > after ? ordinal(upto) - ordinal(after) : 0;
}

Date Calendar::nth_business_day_after(Date day, std::int64_t n) const
{
    REQUIRE_THAT(n >= 1);
    const std::int64_t target = ordinal(day) + n;
    // The first exception by which the target is reached; before it only the week counts.
    const auto reached = std::ranges::partition_point(exceptions_, [&](const Exception& exception) {
        return weekly_ordinal(exception.day) + exception.sum_before + gain_of(exception) < target;
    });
    std::int64_t sum = 0;
    if (reached != exceptions_.begin())
        sum = std::prev(reached)->sum_before + gain_of(*std::prev(reached));

    const auto working = static_cast<std::uint8_t>(~spec_.weekend & every_day);
    const std::int64_t per_week = std::popcount(working);
    const std::int64_t index = target - sum - 1;
    const std::int64_t week = index >= 0 ? index / per_week : (index - per_week + 1) / per_week;
    std::uint8_t left = working;
    for (std::int64_t skipped = week * per_week; skipped < index; ++skipped)
        left = static_cast<std::uint8_t>(left & (left - 1));
    std::int64_t found = week * 7 + std::countr_zero(left) - 4;
    if (reached != exceptions_.end())
        found = std::min<std::int64_t>(found, reached->day);
    return Date{days{found}};
}

const std::vector<Shift>& Calendar::shifts_of(Date day) const
{
    static constexpr unsigned monday = 1;
    const auto& own = shifts_[weekday_of(number_of(day))];
    return own.empty() ? shifts_[monday] : own;
}

std::span<const Calendar::Counted> Calendar::counted_on(Date day, std::span<Counted> room) const
{
    REQUIRE_THAT(room.size() >= most_shifts);
    if (spec_.kind == CalendarKind::business_days) {
        if (!is_business_day(day))
            return {};
        room[0] = {zone_->to_instant(day), zone_->to_instant(day + days{1})};
        return room.first(1);
    }
    const Exception* exception = exception_on(day);
    if (exception != nullptr && exception->is_off && !exception->is_work)
        return {};
    const bool is_make_up = exception != nullptr && exception->is_work;
    const auto& shifts = is_make_up ? shifts_of(day) : shifts_[weekday_of(number_of(day))];
    std::size_t size = 0;
    for (const Shift& shift : shifts)
        room[size++] = {zone_->to_instant(day + shift.from), zone_->to_instant(day + shift.to)};
    return room.first(size);
}

Instant Calendar::end_of(Date day) const
{
    if (spec_.end_of_day)
        return zone_->to_instant(day + *spec_.end_of_day);
    const auto& shifts = shifts_of(day);
    const auto close =
        shifts.empty() ? std::ranges::max(spec_.hours, {}, &Shift::to).to : shifts.back().to;
    return zone_->to_instant(day + close);
}

bool Calendar::ends_within_day() const
{
    return !spec_.end_of_day || *spec_.end_of_day < hours{24};
}

int Calendar::first_year_without_table(Instant from, Instant to) const
{
    const bool looks_at_table = spec_.kind == CalendarKind::business_days ||
                                spec_.kind == CalendarKind::business_hours ||
                                spec_.roll != Roll::none;
    if (!looks_at_table || spec_.years.empty())
        return 0;
    const auto year_of = [&](Instant at) {
        return static_cast<int>(year_month_day{zone_->date_at(at)}.year());
    };
    // The exclusive end 31 December 24:00 does not touch the next year.
    const int last = year_of(to > from ? to - Micros{1} : to);
    for (int year = year_of(from); year <= last; ++year)
        if (std::ranges::find(spec_.years, year) == spec_.years.end())
            return year;
    return 0;
}

bool is_measured_in(CalendarKind kind, Unit unit)
{
    switch (kind) {
        case CalendarKind::elapsed:
            return unit == Unit::minute || unit == Unit::hour || unit == Unit::day ||
                   unit == Unit::week;
        case CalendarKind::business_hours:
            return unit == Unit::minute || unit == Unit::hour;
        case CalendarKind::business_days:
            return unit == Unit::business_day;
        case CalendarKind::civil_days:
            return unit == Unit::day || unit == Unit::week || unit == Unit::month ||
                   unit == Unit::year;
    }
    return false;
}

}  // namespace redress::policy
