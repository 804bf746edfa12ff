#include "policy/words.hpp"

#include <fmt/format.h>

#include <array>
#include <charconv>

namespace redress::policy {
namespace {

using namespace std::chrono;

template <class Value, std::size_t size>
using Words = std::array<std::pair<std::string_view, Value>, size>;

constexpr Words<CalendarKind, 4> kinds{
    {{"elapsed", CalendarKind::elapsed},
     {"civil_days", CalendarKind::civil_days},
     {"business_days", CalendarKind::business_days},
     {"business_hours", CalendarKind::business_hours}}};

constexpr Words<Unit, 7> units{
    {{"minute", Unit::minute},
     {"hour", Unit::hour},
     {"day", Unit::day},
     {"business_day", Unit::business_day},
     {"week", Unit::week},
     {"month", Unit::month},
     {"year", Unit::year}}};

constexpr Words<Roll, 3> rolls{
    {{"none", Roll::none},
     {"next_business_day", Roll::next_business_day},
     {"after_statutory_holiday", Roll::after_statutory_holiday}}};

constexpr Words<FirstDay, 2> first_days{
    {{"exclude", FirstDay::exclude}, {"include", FirstDay::include}}};

constexpr Words<std::uint8_t, 7> weekdays{
    {{"sun", 1}, {"mon", 2}, {"tue", 4}, {"wed", 8}, {"thu", 16}, {"fri", 32}, {"sat", 64}}};

template <class Value, std::size_t size>
std::optional<Value> read(const Words<Value, size>& words, std::string_view word)
{
    for (const auto& [name, value] : words)
        if (name == word)
            return value;
    return std::nullopt;
}

template <class Value, std::size_t size>
std::string_view name_of(const Words<Value, size>& words, Value wanted)
{
    for (const auto& [name, value] : words)
        if (value == wanted)
            return name;
    return {};
}

/// `size` decimal digits at a place, or -1.
int digits_at(std::string_view word, std::size_t at, std::size_t size)
{
    int value = 0;
    for (const char c : word.substr(at, size)) {
        if (c < '0' || c > '9')
            return -1;
        value = value * 10 + (c - '0');
    }
    return value;
}

}  // namespace

std::optional<CalendarKind> read_calendar_kind(std::string_view word)
{
    return read(kinds, word);
}
std::optional<Unit> read_unit(std::string_view word)
{
    return read(units, word);
}
std::optional<Roll> read_roll(std::string_view word)
{
    return read(rolls, word);
}
std::optional<FirstDay> read_first_day(std::string_view word)
{
    return read(first_days, word);
}
std::optional<std::uint8_t> read_weekday(std::string_view word)
{
    return read(weekdays, word);
}

std::optional<minutes> read_time_of_day(std::string_view word)
{
    if (word.size() != 5 || word[2] != ':')
        return std::nullopt;
    const int hour = digits_at(word, 0, 2);
    const int minute = digits_at(word, 3, 2);
    if (hour < 0 || minute < 0 || minute > 59 || hour * 60 + minute > 24 * 60)
        return std::nullopt;
    return minutes{hour * 60 + minute};
}

std::optional<Date> read_date(std::string_view word)
{
    if (word.size() != 10 || word[4] != '-' || word[7] != '-')
        return std::nullopt;
    const int in_year = digits_at(word, 0, 4);
    const int in_month = digits_at(word, 5, 2);
    const int on_day = digits_at(word, 8, 2);
    if (in_year < 1900 || in_year > 2999 || in_month < 1 || on_day < 1)
        return std::nullopt;
    const year_month_day date{
        year{in_year},
        month{static_cast<unsigned>(in_month)},
        day{static_cast<unsigned>(on_day)}};
    return date.ok() ? std::optional{Date{local_days{date}}} : std::nullopt;
}

std::string_view to_word(CalendarKind kind)
{
    return name_of(kinds, kind);
}
std::string_view to_word(Unit unit)
{
    return name_of(units, unit);
}

std::string to_word(minutes time_of_day)
{
    return fmt::format("{:02}:{:02}", time_of_day.count() / 60, time_of_day.count() % 60);
}

std::string to_word(Date date)
{
    const year_month_day ymd{date};
    return fmt::format(
        "{:04}-{:02}-{:02}",
        static_cast<int>(ymd.year()),
        static_cast<unsigned>(ymd.month()),
        static_cast<unsigned>(ymd.day())
    );
}

}  // namespace redress::policy
