#include "language/promise_times_en.hpp"

#include <array>

namespace redress::language::english {
namespace {

std::optional<unsigned> take_weekday(Cursor& c, bool may_be_short)
{
    static constexpr std::array<Word<unsigned>, 7> names{
        {{"monday", 1},
         {"tuesday", 2},
         {"wednesday", 3},
         {"thursday", 4},
         {"friday", 5},
         {"saturday", 6},
         {"sunday", 7}}};
    static constexpr std::array<Word<unsigned>, 10> shorts{
        {{"mon", 1},
         {"tue", 2},
         {"tues", 2},
         {"wed", 3},
         {"thu", 4},
         {"thur", 4},
         {"thurs", 4},
         {"fri", 5},
         {"sat", 6},
         {"sun", 7}}};
    if (const auto weekday = c.take_word_of<unsigned>(names))
        return weekday;
    return may_be_short ? c.take_word_of<unsigned>(shorts) : std::nullopt;
}

/// 3, 3rd; the blanks after it are skipped.
std::optional<unsigned> take_day_number(Cursor& c, bool& is_ordinal)
{
    Cursor ahead = c;
    const auto number = ahead.take_digits(2);
    is_ordinal = number && ahead.take_any({"st", "nd", "rd", "th"});
    if (!number || *number < 1 || *number > 31 || ahead.is_inside_word())
        return std::nullopt;
    ahead.skip_blanks();
    c = ahead;
    return static_cast<unsigned>(*number);
}

void take_year(Cursor& c, MonthDay& date)
{
    Cursor ahead = c;
    static_cast<void>(ahead.take(","));
    ahead.skip_blanks();
    const auto year = ahead.take_digits();
    if (!year || *year < 2000 || *year > 2999 || ahead.is_inside_word())
        return;
    date.year = year;
    c = ahead;
    c.skip_blanks();
}

/// 3 December, the 3rd of December, December 3rd, 2026-12-03; "the 3rd" alone.
std::optional<DayNamed> take_date(Cursor& c)
{
    Cursor ahead = c;
    MonthDay date;
    if (const auto year = ahead.take_digits(); year && *year >= 2000 && ahead.take("-")) {
        const auto month = ahead.take_digits(2);
        const auto day = ahead.take("-") ? ahead.take_digits(2) : std::nullopt;
        if (!month || !day || *month < 1 || *month > 12 || *day < 1)
            return std::nullopt;
        c = ahead;
        c.skip_blanks();
        return MonthDay{static_cast<unsigned>(*day), static_cast<unsigned>(*month), year, {}};
    }
    ahead = c;
    const bool has_article = ahead.take_word("the");
    bool is_ordinal = false;
    if (const auto month = has_article ? std::nullopt : take_month(ahead)) {
        date.month = month;
        static_cast<void>(ahead.take_word("the"));
        const auto day = take_day_number(ahead, is_ordinal);
        if (!day || ahead.is_next(":"))
            return std::nullopt;
        date.day = *day;
    } else {
        const auto day = take_day_number(ahead, is_ordinal);
        if (!day)
            return std::nullopt;
        date.day = *day;
        Cursor of = ahead;
        static_cast<void>(of.take_word("of"));
        date.month = take_month(of);
        if (date.month)
            ahead = of;
        else if (!is_ordinal || !has_article)
            return std::nullopt;
    }
    if (date.month)
        take_year(ahead, date);
    c = ahead;
    return date;
}

std::optional<DayNamed> take_end(Cursor& c)
{
    static constexpr std::array<Word<DayNamed>, 11> ends{
        {{"this week", WeekEnd{0, true}},
         {"the week", WeekEnd{0, true}},
         {"next week", WeekEnd{1, true}},
         {"the working week", WeekEnd{0, true}},
         {"week", WeekEnd{0, true}},
         {"this month", MonthEnd{0}},
         {"the month", MonthEnd{0}},
         {"next month", MonthEnd{1}},
         {"month", MonthEnd{0}},
         {"the year", YearEnd{}},
         {"this year", YearEnd{}}}};
    Cursor ahead = c;
    if (!ahead.take_any_word({"the end of", "end of"}))
        return std::nullopt;
    auto named = ahead.take_word_of<DayNamed>(ends);
    if (named)
        c = ahead;
    return named;
}

struct DayWord {
    int days{};
    DayPart part{};
};

constexpr std::array<Word<DayWord>, 9> day_words{
    {{"the day after tomorrow", {2, {}}},
     {"later today", {0, {}}},
     {"today", {0, {}}},
     {"tonight", {0, DayPart::evening}},
     {"tomorrow", {1, {}}},
     {"this morning", {0, DayPart::morning}},
     {"this afternoon", {0, DayPart::afternoon}},
     {"this evening", {0, DayPart::evening}},
     {"same day", {0, {}}}}};

constexpr std::array<Word<DayNamed>, 9> spans{
    {{"later this week", WeekEnd{0, false}},
     {"early next week", WeekEnd{1, false}},
     {"later next week", WeekEnd{1, false}},
     {"this week", WeekEnd{0, false}},
     {"next week", WeekEnd{1, false}},
     {"this month", MonthEnd{0}},
     {"next month", MonthEnd{1}},
     {"the weekend", WeekEnd{0, true}},
     {"this weekend", WeekEnd{0, false}}}};

/// Thursday, 25 June: the date says it more exactly.
void take_date_after_weekday(Cursor& c, When& when)
{
    Cursor ahead = c;
    static_cast<void>(ahead.take(","));
    ahead.skip_blanks();
    if (auto date = take_date(ahead)) {
        when.day = *date;
        c = ahead;
    }
}

}  // namespace

std::optional<unsigned> take_month(Cursor& c)
{
    static constexpr std::array<Word<unsigned>, 23> names{
        {{"january", 1},   {"february", 2},  {"march", 3},  {"april", 4},     {"may", 5},
         {"june", 6},      {"july", 7},      {"august", 8}, {"september", 9}, {"october", 10},
         {"november", 11}, {"december", 12}, {"jan", 1},    {"feb", 2},       {"mar", 3},
         {"apr", 4},       {"jun", 6},       {"jul", 7},    {"aug", 8},       {"sept", 9},
         {"sep", 9},       {"oct", 10},      {"nov", 11}}};
    if (c.take_word("dec"))
        return 12;
    return c.take_word_of<unsigned>(names);
}

bool take_day(Cursor& c, Reading& reading)
{
    When& when = reading.when;
    if (const auto word = c.take_word_of<DayWord>(day_words)) {
        when.day = DaysAhead{word->days};
        if (word->part != DayPart::none)
            when.part = word->part;
        return true;
    }
    if (auto end = take_end(c)) {
        when.day = *end;
        return true;
    }
    if (auto span = c.take_word_of<DayNamed>(spans)) {
        when.day = *span;
        return true;
    }
    Cursor ahead = c;
    const bool is_coming =
        ahead.take_any_word({"this coming", "the coming", "coming", "the following"});
    const bool is_this = !is_coming && ahead.take_word("this");
    const bool is_next = !is_coming && !is_this && ahead.take_word("next");
    if (const auto weekday =
            take_weekday(ahead, reading.lead != Lead::none || is_next || is_this)) {
        when.day = WeekdayAhead{
            *weekday,
            is_next   ? std::optional{1}
            : is_this ? std::optional{0}
                      : std::nullopt};
        c = ahead;
        take_date_after_weekday(c, when);
        return true;
    }
    if (auto date = take_date(c)) {
        when.day = *date;
        return true;
    }
    return false;
}

}  // namespace redress::language::english
