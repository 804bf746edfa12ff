#include "language/promise_times_zh.hpp"

#include <array>

namespace redress::language::chinese {
namespace {

using policy::Unit;
using std::chrono::hours;
using std::chrono::minutes;

std::optional<unsigned> take_weekday(Cursor& c)
{
    static constexpr std::array<Word<unsigned>, 9> names{
        {{"一", 1},
         {"二", 2},
         {"三", 3},
         {"四", 4},
         {"五", 5},
         {"六", 6},
         {"日", 7},
         {"天", 7},
         {"7", 7}}};
    return c.take_of<unsigned>(names);
}

std::optional<DayNamed> take_week(Cursor& c)
{
    static constexpr std::array<Word<int>, 9> whiches{
        {{"下下个", 2},
         {"下下", 2},
         {"下一个", 1},
         {"下个", 1},
         {"下", 1},
         {"这个", 0},
         {"本", 0},
         {"这", 0},
         {"当", 0}}};
    Cursor ahead = c;
    const auto weeks = ahead.take_of<int>(whiches);
    if (!ahead.take_any({"星期", "礼拜", "周"}))
        return std::nullopt;
    std::optional<DayNamed> named;
    if (ahead.take("末")) {
        Cursor bound = ahead;
        named = WeekEnd{weeks.value_or(0), take_before(bound)};
    } else if (const auto weekday = take_weekday(ahead)) {
        named = WeekdayAhead{*weekday, weeks};
    } else if (weeks) {
        const bool is_end = ahead.take_any({"结束", "工作日结束"});
        static_cast<void>(ahead.take_any({"之内", "以内", "内"}));
        named = WeekEnd{*weeks, is_end};
    }
    if (named)
        c = ahead;
    return named;
}

/// 12月3日, 下月5号, 2026年12月3日, 2026-12-03, 3号前.
std::optional<DayNamed> take_date(Cursor& c)
{
    Cursor ahead = c;
    MonthDay date;
    static constexpr std::array<Word<int>, 8> whiches{
        {{"下个月", 1},
         {"下月", 1},
         {"次月", 1},
         {"本月", 0},
         {"这个月", 0},
         {"当月", 0},
         {"这月", 0},
         {"月", 0}}};
    if (const auto months = ahead.take_of<int>(whiches)) {
        if (ahead.take_any({"底", "末", "内", "之内", "以内"})) {
            c = ahead;
            return MonthEnd{*months};
        }
        date.months_ahead = months;
    }
    auto number = take_number(ahead);
    if (!number)
        return std::nullopt;
    if (*number >= 2000 && ahead.take_any({"年", "-", "/", "."})) {
        date.year = number;
        number = take_number(ahead);
    }
    ahead.skip_blanks();
    const bool has_month = number && !date.months_ahead &&
                           (date.year ? ahead.take_any({"月", "-", "/", "."}) : ahead.take("月"));
    if (has_month) {
        date.month = static_cast<unsigned>(*number);
        if (*number >= 1 && *number <= 12 && ahead.take_any({"底", "末"})) {
            c = ahead;
            return date;
        }
        ahead.skip_blanks();
        number = take_number(ahead);
    }
    const bool is_marked = ahead.take_any({"日", "号"}) || date.year;
    if (!number || !is_marked || *number < 1 || *number > 31 || (date.month && *date.month > 12))
        return std::nullopt;
    date.day = static_cast<unsigned>(*number);
    if (!date.month && !date.months_ahead) {
        Cursor bound = ahead;
        bound.skip_blanks();
        static_cast<void>(bound.take("("));
        const bool is_time =
            take_before(bound) ||
            bound.take_any(
                {"上午", "下午", "晚", "中午", "早", "周", "星期", "给您", "为您", "会", "当天"}
            );
        if (!is_time)
            return std::nullopt;
    }
    c = ahead;
    return date;
}

struct DayWord {
    int days{};
    DayPart part{};
};

constexpr std::array<Word<DayWord>, 28> day_words{
    {{"大后天", {3, {}}},
     {"今天", {0, {}}},
     {"今日", {0, {}}},
     {"今儿", {0, {}}},
     {"今晚", {0, DayPart::evening}},
     {"今夜", {0, DayPart::evening}},
     {"今早", {0, DayPart::morning}},
     {"今晨", {0, DayPart::morning}},
     {"当天", {0, {}}},
     {"当日", {0, {}}},
     {"本日", {0, {}}},
     {"当晚", {0, DayPart::evening}},
     {"明天", {1, {}}},
     {"明日", {1, {}}},
     {"明儿", {1, {}}},
     {"明晚", {1, DayPart::evening}},
     {"明早", {1, DayPart::morning}},
     {"明晨", {1, DayPart::morning}},
     {"明午", {1, DayPart::noon}},
     {"翌日", {1, {}}},
     {"次日", {1, {}}},
     {"第二天", {1, {}}},
     {"后天", {2, {}}},
     {"后日", {2, {}}},
     {"后晚", {2, DayPart::evening}},
     {"隔天", {1, {}}},
     {"明个", {1, {}}},
     {"明个儿", {1, {}}}}};

bool take_day(Cursor& c, When& when)
{
    if (const auto word = c.take_of<DayWord>(day_words)) {
        when.day = DaysAhead{word->days};
        when.part = word->part;
        return true;
    }
    if (c.take_any({"年底", "年末", "今年内", "年内"})) {
        when.day = YearEnd{};
        return true;
    }
    if (auto named = take_week(c)) {
        when.day = *named;
        return true;
    }
    if (auto named = take_date(c)) {
        when.day = *named;
        return true;
    }
    return false;
}

/// 下周一(11月30日): the date in brackets says it more exactly.
void take_bracket(Cursor& c, When& when)
{
    Cursor ahead = c;
    ahead.skip_blanks();
    When other;
    if (!ahead.take("(") || !take_day(ahead, other) || !ahead.take(")"))
        return;
    if (std::holds_alternative<MonthDay>(other.day))
        when.day = other.day;
    c = ahead;
}

constexpr std::array<Word<DayPart>, 16> parts{
    {{"上午", DayPart::morning},
     {"早上", DayPart::morning},
     {"早晨", DayPart::morning},
     {"清晨", DayPart::morning},
     {"一早", DayPart::morning},
     {"午前", DayPart::morning},
     {"中午", DayPart::noon},
     {"正午", DayPart::noon},
     {"下午", DayPart::afternoon},
     {"午后", DayPart::afternoon},
     {"傍晚", DayPart::afternoon},
     {"晚上", DayPart::evening},
     {"晚间", DayPart::evening},
     {"夜里", DayPart::evening},
     {"凌晨", DayPart::small_hours},
     {"零点", DayPart::small_hours}}};

std::optional<int> take_minute(Cursor& c)
{
    if (c.take("半"))
        return 30;
    if (c.take("一刻"))
        return 15;
    if (c.take("三刻"))
        return 45;
    static_cast<void>(c.take_any({"整", "钟"}));
    Cursor ahead = c;
    const auto minute = take_number(ahead);
    if (!minute || *minute > 59)
        return 0;
    if (ahead.take("分") || *minute >= 10)
        c = ahead;
    else
        return 0;
    return minute;
}

/// 五点半, 17:30, 10时.
std::optional<minutes> take_clock(Cursor& c)
{
    Cursor ahead = c;
    const auto hour = take_number(ahead);
    if (!hour || *hour > 24)
        return std::nullopt;
    ahead.skip_blanks();
    std::optional<int> minute;
    if (ahead.take(":")) {
        minute = ahead.take_digits(2);
        static_cast<void>(ahead.take(":00"));
    } else if (ahead.take("点") || (ahead.take("时") && !ahead.is_next("间") && !ahead.is_next("候"))) {
        for (const std::string_view other : {"击", "评", "赞", "心", "餐", "单", "建", "意", "问"})
            if (ahead.is_next(other))
                return std::nullopt;
        minute = take_minute(ahead);
    }
    if (!minute || *minute > 59)
        return std::nullopt;
    c = ahead;
    return hours{*hour} + minutes{*minute};
}

/// The upper end of 九点到十一点.
std::optional<minutes> take_clock_range(Cursor& c, bool& is_range)
{
    auto clock = take_clock(c);
    Cursor ahead = c;
    ahead.skip_blanks();
    if (!clock || !ahead.take_any({"到", "至", "-", "~", "—"}))
        return clock;
    static_cast<void>(ahead.take_of<DayPart>(parts));
    ahead.skip_blanks();
    if (const auto upper = take_clock(ahead)) {
        c = ahead;
        clock = upper;
        is_range = true;
        static_cast<void>(c.take_any({"之间", "间"}));
    }
    return clock;
}

void set_clock(When& when, minutes clock)
{
    const bool is_late = when.part == DayPart::afternoon || when.part == DayPart::evening ||
                         (when.part == DayPart::noon && clock < hours{10});
    if (is_late && clock <= hours{12} && !(when.part == DayPart::afternoon && clock == hours{12}))
        clock += hours{12};
    when.is_half_day_open = when.part == DayPart::none && clock < hours{13} && clock >= hours{1};
    when.clock = clock;
}

std::optional<TimeNamed> take_moment(Cursor c, std::size_t begin)
{
    When when;
    const bool has_day = take_day(c, when);
    if (has_day)
        take_bracket(c, when);
    c.skip_blanks();
    if (has_day && std::holds_alternative<WeekdayAhead>(when.day) &&
        c.take_any({"至周", "到周", "-周", "至星期", "到星期"}))
        return TimeNamed{begin, c.at(), std::nullopt};
    static_cast<void>(has_day && c.take("的"));
    if (const auto part = c.take_of<DayPart>(parts))
        when.part = *part;
    else if (has_day && when.part == DayPart::none && (c.is_next("晚") || c.is_next("早")) && !c.is_next("晚于"))
        when.part = c.take("晚")   ? DayPart::evening
                    : c.take("早") ? DayPart::morning
                                   : DayPart::none;
    c.skip_blanks();
    bool is_range = false;
    if (const auto clock = take_clock_range(c, is_range))
        set_clock(when, *clock);
    if (!when.clock && c.take_any({"下班", "营业结束", "打烊", "收工"}))
        when.is_close_of_business = true;
    c.skip_blanks();
    static_cast<void>(c.take("左右"));
    const bool is_before = take_before(c);
    if (!is_before && (c.take_any({"之后", "以后", "过后"}) || (when.clock && c.take("后"))))
        return TimeNamed{begin, c.at(), std::nullopt};
    if (is_before && when.part == DayPart::noon && !when.clock)
        when.part = DayPart::morning;
    static_cast<void>(has_day && c.take_any({"之内", "以内", "内"}));
    const bool is_followed = c.is_next("我") || c.is_next("给") || c.is_next("会");
    const bool is_plain_hour =
        when.clock && (*when.clock >= hours{7} || (is_followed && *when.clock >= hours{3}));
    const bool has_clock = when.clock && (is_before || is_range || has_day || is_plain_hour ||
                                          when.part != DayPart::none);
    const bool has_close = when.is_close_of_business && is_before;
    if (!has_day && !has_clock && !has_close && (when.part == DayPart::none || when.clock))
        return std::nullopt;
    return TimeNamed{begin, c.at(), when};
}

}  // namespace
}  // namespace redress::language::chinese

namespace redress::language {

using namespace chinese;

std::optional<TimeNamed> read_chinese_time(std::string_view folded, std::size_t at)
{
    Cursor c{folded, at};
    static_cast<void>(c.take_any(
        {"最迟不晚于",
         "最晚不迟于",
         "最迟不超过",
         "最晚不超过",
         "不会晚于",
         "不会迟于",
         "不晚于",
         "不迟于",
         "最晚到",
         "最迟到",
         "最晚在",
         "最迟在",
         "最晚",
         "最迟",
         "赶在",
         "截至",
         "截止到"}
    ));
    if (c.take_any({"下一个工作日", "下个工作日", "下一工作日", "次一工作日", "次工作日"})) {
        static_cast<void>(take_before(c) || c.take_any({"之内", "以内", "内"}));
        When next;
        next.lapse = Lapse{Unit::business_day, 1};
        return TimeNamed{at, c.at(), next};
    }
    if (auto when = take_lapse(c))
        return TimeNamed{at, c.at(), *when};
    return take_moment(c, at);
}

}  // namespace redress::language
