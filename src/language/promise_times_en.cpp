#include "language/promise_times_en.hpp"

#include <array>

namespace redress::language::english {
namespace {

using policy::Unit;
using std::chrono::hours;
using std::chrono::minutes;

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
        {{"half past", 30},
         {"a quarter past", 15},
         {"quarter past", 15},
         {"a quarter to", -15},
         {"quarter to", -15}}};
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
    if (is_cut || (!is_exact && (!is_led || take_unit(unit)))) {
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
        {"close of business",
         "close of play",
         "the close of business",
         "the close of play",
         "the end of the business day",
         "end of business day",
         "the end of the working day",
         "the end of business",
         "end of business",
         "end of the business day",
         "end of the working day",
         "cob",
         "eod"}
    );
    return when.is_close_of_business;
}

/// "the end of the day", "the end of Friday": the day itself follows or is today.
bool take_day_end(Cursor& c, Reading& reading)
{
    if (!c.take_any_word(
            {"the end of the day",
             "the end of day",
             "end of the day",
             "end of day",
             "the end of",
             "end of"}
        ))
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
    const bool is_range =
        ahead.take("-") || ahead.take("–") || ahead.take_word(is_between ? "and" : "to");
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
    const bool has_clock =
        when.clock && (reading.is_exact_clock || lead == Lead::by || lead == Lead::before);
    if (!reading.has_day && !has_clock && !reading.is_exact_clock)
        return std::nullopt;
    apply_part(when);
    const bool is_end = std::holds_alternative<WeekEnd>(when.day) ||
                        std::holds_alternative<MonthEnd>(when.day) ||
                        std::holds_alternative<YearEnd>(when.day);
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
    static_cast<void>(
        c.take_any_word({"about", "around", "approximately", "at most", "the next", "max"})
    );
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
}  // namespace redress::language::english

namespace redress::language {

using namespace english;

std::optional<TimeNamed> read_english_time(std::string_view folded, std::size_t at)
{
    Cursor c{folded, at};
    const bool is_between = c.is_next("between ");
    const Lead lead = c.take_word_of<Lead>(leads).value_or(Lead::none);
    static_cast<void>(
        lead != Lead::none && c.take_any_word({"the latest", "around", "about", "or before"})
    );
    Cursor next = c;
    if (next.take_any_word(
            {"the next business day",
             "the next working day",
             "next business day",
             "next working day"}
        )) {
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
