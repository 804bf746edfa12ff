#include "policy/reckon.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <set>

// An independent, slow answer to "when is it due?": it walks minute by minute and day by day and
// knows nothing of the ordinals, merged shifts and jumps of the real thing. Zones are asked one
// instant at a time.

namespace redress::policy {
namespace {

using namespace std::chrono;

constexpr Micros minute_us{60'000'000};

struct Question {
    CalendarSpec spec;
    Instant start;
    Amount amount;
};

int weekday_of(Date day)
{
    return static_cast<int>(weekday{day}.c_encoding());
}

class Oracle {
public:
    Oracle(const Question& question, const Zone& zone)
        : spec_{question.spec},
          zone_{zone},
          off_{spec_.off.begin(), spec_.off.end()},
          work_{spec_.work.begin(), spec_.work.end()}
    {}

    [[nodiscard]] bool is_business_day(Date day) const
    {
        if (work_.contains(day))
            return true;
        return !off_.contains(day) && weekday_of(day) != 0 && weekday_of(day) != 6;
    }

    [[nodiscard]] bool is_counted(Instant at) const
    {
        const LocalTime local = zone_.to_local(at);
        const Date day = floor<days>(local);
        int weekday = weekday_of(day);
        if (work_.contains(day)) {
            if (!has_shift(weekday))
                weekday = 1;
        } else if (off_.contains(day)) {
            return false;
        }
        return std::ranges::any_of(spec_.hours, [&](const Shift& shift) {
            return (shift.weekdays >> weekday & 1) != 0 && local - day >= shift.from &&
                   local - day < shift.to;
        });
    }

    [[nodiscard]] Instant hours_later(Instant start, std::int64_t minutes) const
    {
        Instant at = start;
        while (minutes > 0) {
            minutes -= is_counted(at) ? 1 : 0;
            at = at + minute_us;
        }
        return at;
    }

    [[nodiscard]] Date last_day(Instant start, const Amount& amount) const
    {
        Date day = floor<days>(zone_.to_local(start));
        const Micros time = zone_.to_local(start) - day;
        if (spec_.kind == CalendarKind::business_days && spec_.cutoff &&
            (!is_business_day(day) || time > *spec_.cutoff))
            do
                day += days{1};
            while (!is_business_day(day));
        const bool is_included = spec_.first_day == FirstDay::include;
        if (amount.unit == Unit::month || amount.unit == Unit::year)
            return months_later(day, amount.unit == Unit::year ? amount.n * 12 : amount.n);
        std::int64_t left = amount.unit == Unit::week ? amount.n * 7 : amount.n;
        const bool is_business = amount.unit == Unit::business_day;
        if (is_included && left > 0 && (!is_business || is_business_day(day)))
            --left;
        while (left > 0) {
            day += days{1};
            left -= !is_business || is_business_day(day) ? 1 : 0;
        }
        return day;
    }

    [[nodiscard]] Date rolled(Date day) const
    {
        if (spec_.roll == Roll::next_business_day)
            while (!is_business_day(day))
                day += days{1};
        if (spec_.roll == Roll::after_statutory_holiday)
            while (off_.contains(day) && !work_.contains(day))
                day += days{1};
        return day;
    }

    /// The first instant, stepping by minutes, at which the wall has reached the end of the day.
    [[nodiscard]] Instant end_of(Date day) const
    {
        const LocalTime end = day + *spec_.end_of_day;
        Instant at{(end - hours{30}).time_since_epoch().count()};
        while (zone_.to_local(at) < end)
            at = at + minute_us;
        return at;
    }

private:
    [[nodiscard]] bool has_shift(int weekday) const
    {
        return std::ranges::any_of(spec_.hours, [&](const Shift& shift) {
            return (shift.weekdays >> weekday & 1) != 0;
        });
    }

    [[nodiscard]] Date months_later(Date start, std::int64_t count) const
    {
        const year_month_day from{start};
        std::int64_t in_year = static_cast<int>(from.year());
        std::int64_t in_month = static_cast<unsigned>(from.month());
        for (; count > 0; --count)
            if (++in_month > 12) {
                in_month = 1;
                ++in_year;
            }
        Date day{local_days{year{static_cast<int>(in_year)} / static_cast<int>(in_month) / 1}};
        Date corresponding = day;
        while (year_month_day{corresponding}.day() != from.day() &&
               year_month_day{corresponding + days{1}}.day() != std::chrono::day{1})
            corresponding += days{1};
        const bool is_same_day = year_month_day{corresponding}.day() == from.day();
        const bool goes_back =
            spec_.first_day == FirstDay::include && is_same_day && corresponding != start;
        return goes_back ? corresponding - days{1} : corresponding;
    }

    const CalendarSpec& spec_;
    const Zone& zone_;
    std::set<Date> off_;
    std::set<Date> work_;
};

constexpr std::array<const char*, 8> zones{
    "Europe/London",
    "America/New_York",
    "Asia/Shanghai",
    "Australia/Lord_Howe",
    "Pacific/Kiritimati",
    "Asia/Kolkata",
    "America/St_Johns",
    "UTC"};

template <class Value>
Value one_of(std::initializer_list<Value> values)
{
    return *rc::gen::elementOf(std::vector<Value>(values));
}

std::vector<Date> some_days(Date around, int most)
{
    std::vector<Date> all;
    const int count = *rc::gen::inRange(0, most);
    for (int i = 0; i < count; ++i)
        all.push_back(around + days{*rc::gen::inRange(-3, 40)});
    return all;
}

/// Shifts keep clear of the hours in which clocks change: what a shift that begins or ends in a gap
/// means is the library's own choice and tested by name.
std::vector<Shift> some_shifts()
{
    std::vector<Shift> all;
    const int count = *rc::gen::inRange(1, 5);
    for (int i = 0; i < count; ++i) {
        const int from = one_of({0, *rc::gen::inRange(8, 46)});
        const int to = *rc::gen::inRange(std::max(from + 1, 9), 49);
        all.push_back(
            {static_cast<std::uint8_t>(*rc::gen::inRange(1, 128)),
             minutes{from * 30},
             minutes{to * 30}}
        );
    }
    return all;
}

Question some_question(CalendarKind kind)
{
    Question question;
    const Date day =
        local_days{year{*rc::gen::inRange(2020, 2042)} / 1 / 1} + days{*rc::gen::inRange(0, 366)};
    question.start = Instant{Micros{days{(day - Date{}).count()}}.count()} +
                     minute_us * *rc::gen::inRange(0, 24 * 60);
    question.spec.kind = kind;
    question.spec.tz = *rc::gen::elementOf(zones);
    question.spec.off = some_days(day, 12);
    question.spec.work = some_days(day, 5);
    question.spec.hours = some_shifts();
    question.spec.first_day = one_of({FirstDay::exclude, FirstDay::include});
    question.spec.roll =
        one_of({Roll::none, Roll::next_business_day, Roll::after_statutory_holiday});
    question.spec.end_of_day = minutes{one_of({24 * 60, 17 * 60, 18 * 60 + 30})};
    if (*rc::gen::arbitrary<bool>())
        question.spec.cutoff = minutes{*rc::gen::inRange(0, 24 * 60)};
    return question;
}

Amount some_amount(std::initializer_list<Unit> units, int most)
{
    return {*rc::gen::inRange(0, most), one_of(units)};
}

std::shared_ptr<const Calendar> made(const Question& question)
{
    auto calendar = Calendar::make(question.spec);
    RC_ASSERT(calendar.has_value());
    return *calendar;
}

}  // namespace

TEST_CASE("due: business hours agree with a walk minute by minute")
{
    CHECK(rc::check("business hours", [] {
        Question question = some_question(CalendarKind::business_hours);
        question.amount = some_amount({Unit::minute, Unit::hour}, 60);
        const auto calendar = made(question);
        const std::int64_t minutes =
            question.amount.unit == Unit::hour ? question.amount.n * 60 : question.amount.n;
        const Oracle oracle{question, calendar->zone()};
        RC_ASSERT(
            due_at(*calendar, question.start, question.amount).value() ==
            oracle.hours_later(question.start, minutes)
        );
    }));
}

TEST_CASE("due: day clocks agree with a walk day by day")
{
    const auto agree = [](CalendarKind kind, std::initializer_list<Unit> units, int most) {
        Question question = some_question(kind);
        question.amount = some_amount(units, most);
        const auto calendar = made(question);
        const Oracle oracle{question, calendar->zone()};
        const Date last = oracle.rolled(oracle.last_day(question.start, question.amount));
        RC_ASSERT(
            due_at(*calendar, question.start, question.amount).value() == oracle.end_of(last)
        );
    };
    CHECK(rc::check("business days", [&] {
        agree(CalendarKind::business_days, {Unit::business_day}, 120);
    }));
    CHECK(rc::check("civil days", [&] {
        agree(CalendarKind::civil_days, {Unit::day, Unit::week, Unit::month}, 70);
    }));
    CHECK(rc::check("civil years", [&] { agree(CalendarKind::civil_days, {Unit::year}, 30); }));
}

TEST_CASE("due: elapsed time is physical")
{
    CHECK(rc::check("elapsed", [] {
        Question question = some_question(CalendarKind::elapsed);
        question.amount = some_amount({Unit::minute, Unit::hour}, 5000);
        const Micros each =
            question.amount.unit == Unit::hour ? Micros{hours{1}} : Micros{minutes{1}};
        RC_ASSERT(
            due_at(*made(question), question.start, question.amount).value() ==
            question.start + each * question.amount.n
        );
    }));
}

TEST_CASE("counted time: between, forward and back belong together")
{
    CHECK(rc::check("business days and hours", [] {
        const auto kind = one_of({CalendarKind::business_hours, CalendarKind::business_days});
        const Question question = some_question(kind);
        const auto calendar = made(question);
        const Micros amount = minute_us * *rc::gen::inRange(1, 20'000);
        const Instant end = counted_forward(*calendar, question.start, amount);
        RC_ASSERT(counted_between(*calendar, question.start, end) == amount);
        const Instant begin = counted_back(*calendar, end, amount);
        RC_ASSERT(begin >= question.start);
        RC_ASSERT(counted_between(*calendar, begin, end) == amount);
        RC_ASSERT(counted_between(*calendar, question.start, begin) == Micros{0});
    }));
}

TEST_CASE("marks: they come in order, and a pause moves them")
{
    CHECK(rc::check("marks", [] {
        const auto kind = one_of(
            {CalendarKind::business_hours, CalendarKind::business_days, CalendarKind::civil_days}
        );
        const Question question = some_question(kind);
        const auto calendar = made(question);
        const Instant due =
            counted_forward(*calendar, question.start, minute_us * *rc::gen::inRange(60, 20'000));
        const Stay stay{question.start, due, {}};
        const Micros whole = allotted(*calendar, stay);
        Instant before = question.start;
        for (const char* text : {"10%", "50%", "90%", "100%", "150%", "400%"}) {
            const Instant at = point_at(*calendar, stay, whole, *parse_mark(text));
            RC_ASSERT(at >= before);
            before = at;
        }
        RC_ASSERT(point_at(*calendar, stay, whole, *parse_mark("100%")) == due);
        RC_ASSERT(
            counted_between(
                *calendar,
                question.start,
                point_at(*calendar, stay, whole, *parse_mark("50%"))
            ) == whole / 2
        );
        RC_ASSERT(point_at(*calendar, stay, whole, *parse_mark("-30m")) <= due);
    }));
}

}  // namespace redress::policy
