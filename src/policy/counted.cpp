#include "policy/reckon.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace redress::policy {
namespace {

using namespace std::chrono;

/// Where counting forward gives up.
constexpr Date last_date = local_days{year{9999} / December / 30};
constexpr std::int64_t most_days = 3'000'000;

/// Whether business days between two instants are 24 hours each: no clock change lies between.
bool has_even_days(const Calendar& calendar, Instant from, Instant to)
{
    return calendar.kind() == CalendarKind::business_days &&
           !calendar.zone().has_change_between(from, to);
}

/// counted_between on business days without a clock change.
Micros even_days_between(const Calendar& calendar, Instant from, Instant to)
{
    const LocalTime begin = calendar.zone().to_local(from);
    const LocalTime end = calendar.zone().to_local(to);
    const Date first = floor<days>(begin);
    const Date last = floor<days>(end);
    // Whole days after the first up to and including the last, less what is left of the last, plus
    // what is left of the first.
    Micros sum = days{calendar.count_business_days(first, last)};
    if (calendar.is_business_day(last))
        sum -= last + days{1} - end;
    if (calendar.is_business_day(first))
        sum += first + days{1} - begin;
    return sum;
}

/// counted_forward on business days, as if no clock change lay ahead.
Instant even_days_forward(const Calendar& calendar, Instant from, Micros amount)
{
    const LocalTime begin = calendar.zone().to_local(from);
    const Date first = floor<days>(begin);
    const Micros rest =
        calendar.is_business_day(first) ? Micros{first + days{1} - begin} : Micros{0};
    if (amount <= rest)
        return from + amount;
    amount -= rest;
    const std::int64_t whole = (amount - Micros{1}) / Micros{days{1}};
    const Date last = calendar.nth_business_day_after(first, whole + 1);
    return calendar.zone().to_instant(last + (amount - days{whole}));
}

bool counts_always(const Calendar& calendar)
{
    return calendar.kind() == CalendarKind::elapsed || calendar.kind() == CalendarKind::civil_days;
}

}  // namespace

Micros counted_between(const Calendar& calendar, Instant from, Instant to)
{
    if (to <= from)
        return Micros{0};
    if (counts_always(calendar))
        return to - from;
    if (has_even_days(calendar, from, to))
        return even_days_between(calendar, from, to);
    std::array<Calendar::Counted, Calendar::most_shifts> room;
    Micros sum{0};
    const Date last = calendar.zone().date_at(to);
    for (Date day = calendar.zone().date_at(from); day <= last; day += days{1}) {
        Instant counted_until = from;
        for (const auto& [begin, end] : calendar.counted_on(day, room)) {
            const Instant since = std::max(begin, counted_until);
            counted_until = std::max(std::min(end, to), counted_until);
            sum += std::max(counted_until - since, Micros{0});
        }
    }
    return sum;
}

Instant counted_forward(const Calendar& calendar, Instant from, Micros amount)
{
    if (amount <= Micros{0})
        return from;
    if (counts_always(calendar))
        return from + amount;
    if (calendar.kind() == CalendarKind::business_days && amount < days{most_days}) {
        const Instant to = even_days_forward(calendar, from, amount);
        if (has_even_days(calendar, from, to))
            return to;
    }
    std::array<Calendar::Counted, Calendar::most_shifts> room;
    Date day = calendar.zone().date_at(from);
    for (; day <= last_date; day += days{1}) {
        for (const auto& [begin, end] : calendar.counted_on(day, room)) {
            const Instant since = std::max(begin, from);
            if (end <= since)
                continue;
            if (amount <= end - since)
                return since + amount;
            amount -= end - since;
            from = end;
        }
    }
    return calendar.zone().to_instant(last_date + days{1});
}

Instant counted_back(const Calendar& calendar, Instant from, Micros amount)
{
    if (amount <= Micros{0})
        return from;
    if (counts_always(calendar))
        return from - amount;
    static constexpr Date first_date = local_days{year{1900} / January / 1};
    std::array<Calendar::Counted, Calendar::most_shifts> room;
    for (Date day = calendar.zone().date_at(from); day >= first_date; day -= days{1}) {
        const auto counted = calendar.counted_on(day, room);
        for (auto one = counted.rbegin(); one != counted.rend(); ++one) {
            const Instant until = std::min(one->to, from);
            if (until <= one->from)
                continue;
            if (amount <= until - one->from)
                return until - amount;
            amount -= until - one->from;
            from = one->from;
        }
    }
    return calendar.zone().to_instant(first_date);
}

std::optional<Mark> parse_mark(std::string_view text)
{
    static constexpr std::int64_t most_percent = 1000;
    static constexpr std::int64_t most_minutes = 366 * 24 * 60;
    Mark mark{.text = std::string{text}};
    const bool is_before = text.starts_with('-');
    if (is_before)
        text.remove_prefix(1);
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    const std::string_view unit{end, text.data() + text.size()};
    if (error != std::errc{} || number < 0 || text.starts_with('-'))
        return std::nullopt;
    if (!is_before && unit == "%" && number >= 1 && number <= most_percent) {
        mark.percent = number;
        return mark;
    }
    const std::int64_t minutes_each = unit == "m"   ? 1
                                      : unit == "h" ? 60
                                      : unit == "d" ? 24 * 60
                                                    : 0;
    if (!is_before || minutes_each == 0 || number < 1 || number > most_minutes / minutes_each)
        return std::nullopt;
    mark.kind = Mark::Kind::before_due;
    mark.minutes_before = number * minutes_each;
    return mark;
}

Micros allotted(const Calendar& calendar, const Stay& stay)
{
    Micros whole = counted_between(calendar, stay.start, stay.due);
    for (const Pause& pause : stay.pauses)
        whole -= counted_between(calendar, pause.from, std::min(pause.to, stay.due));
    return std::max(whole, Micros{0});
}

Instant point_at(const Calendar& calendar, const Stay& stay, Micros whole, const Mark& mark)
{
    static constexpr std::int64_t hundred = 100;
    if (mark.kind == Mark::Kind::before_due)
        return counted_back(calendar, stay.due, minutes{mark.minutes_before});
    if (mark.percent == hundred)
        return stay.due;
    const std::int64_t us = whole.count();
    Micros share{us / hundred * mark.percent + us % hundred * mark.percent / hundred};
    if (mark.percent > hundred)
        return counted_forward(calendar, stay.due, share - whole);

    Instant at = stay.start;
    for (const Pause& pause : stay.pauses) {
        const Micros before = counted_between(calendar, at, pause.from);
        if (share <= before)
            break;
        share -= before;
        at = pause.to;
    }
    return counted_forward(calendar, at, share);
}

}  // namespace redress::policy
