#include "language/promise_cursor.hpp"
#include "language/promise_times.hpp"

#include <array>

namespace redress::language {
namespace {

using std::chrono::hours;
using std::chrono::minutes;
using policy::Unit;

constexpr std::array<Word<int>, 20> numerals{
    {{"one", 1},       {"two", 2},        {"three", 3},    {"four", 4},     {"five", 5},
     {"six", 6},       {"seven", 7},      {"eight", 8},    {"nine", 9},     {"ten", 10},
     {"eleven", 11},   {"twelve", 12},    {"fourteen", 14}, {"fifteen", 15}, {"twenty", 20},
     {"twenty-four", 24}, {"thirty", 30}, {"forty-eight", 48}, {"forty-five", 45}, {"ninety", 90}}};

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
    if (const auto upper = is_range ? take_number(ahead) : std::nullopt; upper && *upper > *number) {
        c = ahead;
        return upper;
    }
    return number;
}

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

enum class Lead { none, by, before, within, on, next };

constexpr std::array<Word<Lead>, 27> leads{
    {{"no later than", Lead::by},
     {"not later than", Lead::by},
     {"at the latest by", Lead::by},
     {"at the latest", Lead::by},
     {"by the latest", Lead::by},
     {"some time before", Lead::before},
     {"any time before", Lead::before},
     {"in the next", Lead::within},
     {"within the next", Lead::within},
     {"over the next", Lead::within},
     {"during the next", Lead::within},
     {"in less than", Lead::within},
     {"in under", Lead::within},
     {"in about", Lead::within},
     {"within about", Lead::within},
     {"no more than", Lead::within},
     {"inside of", Lead::within},
     {"inside", Lead::within},
     {"within", Lead::within},
     {"before", Lead::before},
     {"until", Lead::by},
     {"till", Lead::by},
     {"by", Lead::by},
     {"in", Lead::within},
     {"on", Lead::on},
     {"at", Lead::by},
     {"between", Lead::by}}};

std::optional<unsigned> take_weekday(Cursor& c, bool may_be_short)
{
    static constexpr std::array<Word<unsigned>, 7> names{
        {{"monday", 1}, {"tuesday", 2}, {"wednesday", 3}, {"thursday", 4}, {"friday", 5}, {"saturday", 6}, {"sunday", 7}}};
    static constexpr std::array<Word<unsigned>, 10> shorts{
        {{"mon", 1}, {"tue", 2}, {"tues", 2}, {"wed", 3}, {"thu", 4}, {"thur", 4}, {"thurs", 4}, {"fri", 5}, {"sat", 6}, {"sun", 7}}};
    if (const auto weekday = c.take_word_of<unsigned>(names))
        return weekday;
    return may_be_short ? c.take_word_of<unsigned>(shorts) : std::nullopt;
}

std::optional<unsigned> take_month(Cursor& c)
{
    static constexpr std::array<Word<unsigned>, 23> names{
        {{"january", 1}, {"february", 2}, {"march", 3}, {"april", 4}, {"may", 5}, {"june", 6}, {"july", 7}, {"august", 8},
         {"september", 9}, {"october", 10}, {"november", 11}, {"december", 12}, {"jan", 1}, {"feb", 2}, {"mar", 3},
         {"apr", 4}, {"jun", 6}, {"jul", 7}, {"aug", 8}, {"sept", 9}, {"sep", 9}, {"oct", 10}, {"nov", 11}}};
    if (c.take_word("dec"))
        return 12;
    return c.take_word_of<unsigned>(names);
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

/// One sentence's time being put together; a day and a clock may come in either order.
struct Reading {
    When when;
    Lead lead{};
    bool has_day{};
    bool is_exact_clock{};  ///< 5 pm, 17:00, noon
};

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
    const bool is_coming = ahead.take_any_word({"this coming", "the coming", "coming", "the following"});
    const bool is_this = !is_coming && ahead.take_word("this");
    const bool is_next = !is_coming && !is_this && ahead.take_word("next");
    if (const auto weekday = take_weekday(ahead, reading.lead != Lead::none || is_next || is_this)) {
        when.day = WeekdayAhead{*weekday, is_next ? std::optional{1} : is_this ? std::optional{0} : std::nullopt};
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

bool take_part(Cursor& c, When& when)
{
    static constexpr std::array<Word<DayPart>, 9> parts{
        {{"first thing in the morning", DayPart::morning},
         {"first thing", DayPart::morning},
         {"in the morning", DayPart::morning},
         {"in the afternoon", DayPart::afternoon},
         {"in the evening", DayPart::evening},
         {"morning", DayPart::morning},
         {"afternoon", DayPart::afternoon},
         {"evening", DayPart::evening},
         {"night", DayPart::evening}}};
    const auto part = c.take_word_of<DayPart>(parts);
    if (part)
        when.part = *part;
    return part.has_value();
}

/// The hour of half past four, quarter to five.
std::optional<minutes> take_spoken_clock(Cursor& c)
{
    static constexpr std::array<Word<int>, 5> offsets{
        {{"half past", 30}, {"a quarter past", 15}, {"quarter past", 15}, {"a quarter to", -15}, {"quarter to", -15}}};
    Cursor ahead = c;
    const auto offset = ahead.take_word_of<int>(offsets);
    const auto hour = offset ? take_number(ahead) : std::nullopt;
    if (!hour || *hour < 1 || *hour > 12)
        return std::nullopt;
    c = ahead;
    return hours{*hour} + minutes{*offset};
}

bool take_half_of_day(Cursor& c, When& when)
{
    Cursor ahead = c;
    ahead.skip_blanks();
    const bool is_pm = ahead.take_any_word({"p.m.", "p.m", "pm"});
    const bool is_am = !is_pm && ahead.take_any_word({"a.m.", "a.m", "am"});
    if (!is_pm && !is_am)
        return false;
    if (is_pm && *when.clock < hours{12})
        *when.clock += hours{12};
    if (is_am && *when.clock >= hours{12})
        *when.clock -= hours{12};
    when.is_half_day_open = false;
    c = ahead;
    return true;
}

bool take_clock(Cursor& c, Reading& reading)
{
    When& when = reading.when;
    static constexpr std::array<Word<int>, 5> names{
        {{"noon", 12}, {"midday", 12}, {"lunchtime", 13}, {"lunch", 13}, {"midnight", 24}}};
    Cursor ahead = c;
    if (const auto hour = ahead.take_word_of<int>(names)) {
        when.clock = hours{*hour};
        reading.is_exact_clock = true;
        c = ahead;
        return true;
    }
    bool is_exact = false;
    auto clock = take_spoken_clock(ahead);
    if (!clock) {
        const auto digits = ahead.take_digits(2);
        const auto hour = digits ? digits : take_number(ahead);
        if (!hour || *hour > 24)
            return false;
        clock = hours{*hour};
        Cursor after = ahead;
        const bool may_have_minutes = digits && (after.take(":") || after.take("."));
        if (const auto minute = may_have_minutes ? after.take_digits(2) : std::nullopt) {
            if (*minute > 59)
                return false;
            *clock += minutes{*minute};
            is_exact = true;
            ahead = after;
        }
    }
    const auto former = when;
    when.clock = clock;
    when.is_half_day_open = *clock < hours{13} && *clock >= hours{1};
    is_exact = take_half_of_day(ahead, when) || is_exact;
    const bool is_cut = ahead.is_inside_word() && !ahead.follows_blank();
    ahead.skip_blanks();
    is_exact = ahead.take_any_word({"o'clock", "oclock", "hrs"}) || is_exact;
    Cursor unit = ahead;
    const bool is_led = reading.lead == Lead::by || reading.lead == Lead::before;
    if (is_cut || (!is_exact && (!is_led || unit.take_word_of<Unit>(units)))) {
        when = former;
        return false;
    }
    reading.is_exact_clock = reading.is_exact_clock || is_exact;
    c = ahead;
    c.skip_blanks();
    return true;
}

bool take_close(Cursor& c, When& when)
{
    when.is_close_of_business = c.take_any_word(
        {"close of business", "close of play", "the close of business", "the close of play", "the end of the business day",
         "end of business day", "the end of the working day", "the end of business", "end of business", "end of the business day",
         "end of the working day", "cob", "eod"}
    );
    return when.is_close_of_business;
}

/// "the end of the day", "the end of Friday": the day itself follows or is today.
bool take_day_end(Cursor& c, Reading& reading)
{
    if (!c.take_any_word({"the end of the day", "the end of day", "end of the day", "end of day", "the end of", "end of"}))
        return false;
    if (const auto month = take_month(c)) {
        reading.when.day = MonthDay{0, month, {}, {}};
        reading.has_day = true;
    }
    reading.has_day = take_day(c, reading) || reading.has_day;
    return true;
}

bool take_piece(Cursor& c, Reading& reading)
{
    When& when = reading.when;
    if (!when.is_close_of_business && take_close(c, when)) {
        reading.is_exact_clock = true;
        return true;
    }
    if (!reading.has_day && take_day(c, reading)) {
        reading.has_day = true;
        return true;
    }
    if (!when.clock && take_clock(c, reading))
        return true;
    const bool may_be_part = reading.has_day || when.clock || c.is_next("first thing");
    if (when.part == DayPart::none && may_be_part && take_part(c, when))
        return true;
    return !reading.has_day && take_day_end(c, reading) && (reading.is_exact_clock = true);
}

void apply_part(When& when)
{
    if (!when.clock || when.part == DayPart::none || !when.is_half_day_open)
        return;
    const bool is_late = when.part == DayPart::afternoon || when.part == DayPart::evening;
    if (is_late && *when.clock < hours{12})
        *when.clock += hours{12};
    when.is_half_day_open = false;
}

/// The second half of "between 9 and 11".
void take_upper_clock(Cursor& c, Reading& reading, bool is_between)
{
    Cursor ahead = c;
    ahead.skip_blanks();
    const bool is_range = ahead.take("-") || ahead.take("–") || ahead.take_word(is_between ? "and" : "to");
    if (!is_range || !reading.when.clock)
        return;
    ahead.skip_blanks();
    Reading upper = reading;
    if (take_clock(ahead, upper)) {
        reading = upper;
        c = ahead;
    }
}

std::optional<TimeNamed> read_moment(Cursor c, std::size_t begin, Lead lead, bool is_between)
{
    Reading reading;
    reading.lead = lead;
    std::size_t end = c.at();
    static constexpr int most_pieces = 5;
    for (int piece = 0; piece < most_pieces; ++piece) {
        Cursor ahead = c;
        if (piece > 0) {
            static_cast<void>(ahead.take(","));
            ahead.skip_blanks();
            if (ahead.take_any_word({"by", "before"}))
                reading.lead = Lead::by;
            static_cast<void>(ahead.take_any_word({"on", "at", "of", "(", "no later than"}));
            if (ahead.take_any_word({"between", "from"})) {
                is_between = true;
                reading.lead = Lead::by;
            }
        }
        const bool had_clock = reading.when.clock.has_value();
        if (!take_piece(ahead, reading))
            break;
        if (!had_clock && reading.when.clock)
            take_upper_clock(ahead, reading, is_between);
        end = ahead.at();
        c = ahead;
    }
    When& when = reading.when;
    const bool has_clock = when.clock && (reading.is_exact_clock || lead == Lead::by || lead == Lead::before);
    if (!reading.has_day && !has_clock && !reading.is_exact_clock)
        return std::nullopt;
    apply_part(when);
    const bool is_end = std::holds_alternative<WeekEnd>(when.day) || std::holds_alternative<MonthEnd>(when.day) || std::holds_alternative<YearEnd>(when.day);
    when.excludes_day = lead == Lead::before && reading.has_day && !is_end;
    return TimeNamed{begin, end, when};
}

std::size_t without_blanks(std::string_view folded, std::size_t begin, std::size_t end)
{
    while (end > begin && (folded[end - 1] == ' ' || folded[end - 1] == ','))
        --end;
    return end;
}

std::optional<TimeNamed> read_lapse(Cursor c, std::size_t begin, Lead lead)
{
    static_cast<void>(c.take_any_word({"about", "around", "approximately", "at most", "the next", "max"}));
    When when;
    if (lead == Lead::within && c.take_any_word({"the hour", "the next hour"})) {
        when.lapse = Lapse{Unit::hour, 1};
        return TimeNamed{begin, c.at(), when};
    }
    when.lapse = take_length(c);
    if (!when.lapse)
        return std::nullopt;
    const bool is_from_now = c.take_any_word({"from now", "from today", "time"});
    if (lead != Lead::within && !is_from_now)
        return std::nullopt;
    return TimeNamed{begin, c.at(), when};
}

}  // namespace

std::optional<TimeNamed> read_english_time(std::string_view folded, std::size_t at)
{
    Cursor c{folded, at};
    const bool is_between = c.is_next("between ");
    const Lead lead = c.take_word_of<Lead>(leads).value_or(Lead::none);
    static_cast<void>(lead != Lead::none && c.take_any_word({"the latest", "around", "about", "or before"}));
    Cursor next = c;
    if (next.take_any_word({"the next business day", "the next working day", "next business day", "next working day"})) {
        When when;
        when.lapse = Lapse{Unit::business_day, 1};
        return TimeNamed{at, without_blanks(folded, at, next.at()), when};
    }
    auto named = read_lapse(c, at, lead);
    if (!named)
        named = read_moment(c, at, lead, is_between);
    if (named)
        named->end = without_blanks(folded, at, named->end);
    return named;
}

}  // namespace redress::language
