#include "language/promise_times_en.hpp"

#include <array>
#include <string>

namespace redress::language::english {
namespace {

using policy::Unit;

constexpr std::array<Word<int>, 20> numerals{
    {{"one", 1},          {"two", 2},     {"three", 3},        {"four", 4},        {"five", 5},
     {"six", 6},          {"seven", 7},   {"eight", 8},        {"nine", 9},        {"ten", 10},
     {"eleven", 11},      {"twelve", 12}, {"fourteen", 14},    {"fifteen", 15},    {"twenty", 20},
     {"twenty-four", 24}, {"thirty", 30}, {"forty-eight", 48}, {"forty-five", 45}, {"ninety", 90}}};

constexpr std::array<Word<Unit>, 26> units{
    {{"business days'", Unit::business_day},
     {"business days", Unit::business_day},
     {"business day", Unit::business_day},
     {"working days'", Unit::business_day},
     {"working days", Unit::business_day},
     {"working day", Unit::business_day},
     {"calendar days", Unit::day},
     {"calendar day", Unit::day},
     {"minutes'", Unit::minute},
     {"minutes", Unit::minute},
     {"minute", Unit::minute},
     {"mins", Unit::minute},
     {"min", Unit::minute},
     {"hours'", Unit::hour},
     {"hours", Unit::hour},
     {"hour", Unit::hour},
     {"hrs", Unit::hour},
     {"days'", Unit::day},
     {"days", Unit::day},
     {"day", Unit::day},
     {"weeks'", Unit::week},
     {"weeks", Unit::week},
     {"week", Unit::week},
     {"months", Unit::month},
     {"month", Unit::month},
     {"fortnight", Unit::week}}};

/// 3, three, a couple of, two or three, 2-3: the upper end.
std::optional<int> take_count(Cursor& c)
{
    Cursor ahead = c;
    if (ahead.take_any_word({"a couple of", "a couple", "couple of"})) {
        c = ahead;
        return 2;
    }
    const bool is_one = ahead.take_any_word({"a single", "an", "a", "the"});
    const auto number = is_one ? std::optional{1} : take_number(ahead);
    if (!number)
        return std::nullopt;
    c = ahead;
    const bool is_range = ahead.take("-") || ahead.take("–") || ahead.take_any_word({"to", "or"});
    ahead.skip_blanks();
    if (const auto upper = is_range ? take_number(ahead) : std::nullopt;
        upper && *upper > *number) {
        c = ahead;
        return upper;
    }
    return number;
}

}  // namespace

std::optional<int> take_number(Cursor& c)
{
    Cursor ahead = c;
    if (const auto digits = ahead.take_digits()) {
        if (ahead.is_inside_word())
            return std::nullopt;
        ahead.skip_blanks();
        c = ahead;
        return digits;
    }
    for (const auto& [name, value] : numerals)
        if (!ahead.is_next(std::string{name} + "-") && ahead.take_word(name)) {
            c = ahead;
            return value;
        }
    return std::nullopt;
}

std::optional<Lapse> take_length(Cursor& c)
{
    if (c.take_any_word({"half an hour", "half hour", "half-hour", "a half hour"}))
        return Lapse{Unit::minute, 30};
    if (c.take_any_word({"an hour and a half", "one and a half hours"}))
        return Lapse{Unit::minute, 90};
    if (c.take_any_word({"a quarter of an hour", "quarter of an hour"}))
        return Lapse{Unit::minute, 15};
    if (c.take_any_word({"a fortnight", "the fortnight", "fortnight"}))
        return Lapse{Unit::week, 2};
    const auto count = take_count(c);
    if (!count || *count == 0)
        return std::nullopt;
    static_cast<void>(c.take("-"));
    static_cast<void>(c.take_any_word({"full", "short", "more"}));
    const auto unit = c.take_word_of<Unit>(units);
    if (!unit)
        return std::nullopt;
    if (c.take_any_word({"or so", "or less"}))
        return Lapse{*unit, *count};
    if (Cursor ahead = c; ahead.take_any_word({"or two"})) {
        c = ahead;
        return Lapse{*unit, *count + 1};
    }
    return Lapse{*unit, *count};
}

std::optional<Unit> take_unit(Cursor& c)
{
    return c.take_word_of<Unit>(units);
}

}  // namespace redress::language::english
