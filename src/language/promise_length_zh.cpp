#include "language/promise_times_zh.hpp"

#include <array>

namespace redress::language::chinese {
namespace {

using policy::Unit;

constexpr std::array<Word<int>, 10> numerals{
    {{"一", 1},
     {"二", 2},
     {"两", 2},
     {"三", 3},
     {"四", 4},
     {"五", 5},
     {"六", 6},
     {"七", 7},
     {"八", 8},
     {"九", 9}}};

/// The upper end of 三到五, 3-5, 两三.
std::optional<int> take_count(Cursor& c)
{
    const auto first = take_number(c);
    if (!first)
        return std::nullopt;
    Cursor ahead = c;
    ahead.skip_blanks();
    if (ahead.take_any({"-", "~", "到", "至", "、", "—"})) {
        ahead.skip_blanks();
        if (const auto upper = take_number(ahead); upper && *upper > *first) {
            c = ahead;
            return upper;
        }
    }
    if (const auto upper = c.take_of<int>(numerals); upper && *first < 10 && *upper > *first)
        return upper;
    return first;
}

struct LengthOf {
    Unit unit{};
    int minutes_each{};  ///< for halves; 0 when a half makes no sense
};

constexpr std::array<Word<LengthOf>, 15> units{
    {{"工作日", {Unit::business_day, 0}},
     {"自然日", {Unit::day, 0}},
     {"小时", {Unit::hour, 60}},
     {"钟头", {Unit::hour, 60}},
     {"分钟", {Unit::minute, 1}},
     {"星期", {Unit::week, 0}},
     {"礼拜", {Unit::week, 0}},
     {"月", {Unit::month, 0}},
     {"周", {Unit::week, 0}},
     {"天", {Unit::day, 0}},
     {"日", {Unit::day, 0}},
     {"年", {Unit::year, 0}},
     {"刻钟", {Unit::minute, 15}},
     {"分", {Unit::minute, 1}},
     {"h", {Unit::hour, 60}}}};

std::optional<Lapse> take_length(Cursor& c)
{
    const bool is_half = c.take("半");
    const auto number = is_half ? std::optional{0} : take_count(c);
    if (!number)
        return std::nullopt;
    c.skip_blanks();
    const bool is_tenth_given = !is_half && c.take(".5");
    const bool is_counted = c.take("个");
    const bool is_and_half = is_half || is_tenth_given || (is_counted && c.take("半"));
    c.skip_blanks();
    const auto length = c.take_of<LengthOf>(units);
    if (!length || (length->unit == Unit::month && !is_counted))
        return std::nullopt;
    if (length->minutes_each == 15)
        return Lapse{Unit::minute, 15 * *number};
    if (!is_and_half)
        return Lapse{length->unit, *number};
    if (length->unit == Unit::day)
        return Lapse{Unit::hour, 24 * *number + 12};
    if (length->unit == Unit::month)
        return Lapse{Unit::day, 30 * *number + 15};
    if (length->minutes_each == 0)
        return std::nullopt;
    return Lapse{Unit::minute, length->minutes_each * *number + length->minutes_each / 2};
}

}  // namespace

std::optional<int> take_number(Cursor& c)
{
    if (const auto digits = c.take_digits())
        return digits;
    const auto tens = c.take_of<int>(numerals);
    if (!c.take("十"))
        return tens;
    return tens.value_or(1) * 10 + c.take_of<int>(numerals).value_or(0);
}

bool take_before(Cursor& c)
{
    if (c.take_any({"之前", "以前"}))
        return true;
    Cursor ahead = c;
    if (!ahead.take("前"))
        return false;
    for (const std::string_view other : {"台", "面", "往", "来", "期", "段", "后", "提", "任"})
        if (ahead.is_next(other))
            return false;
    c = ahead;
    return true;
}

/// 三个工作日内, 半小时后, 最多两天; a bare length is none, but for working days.
std::optional<When> take_lapse(Cursor& c)
{
    Cursor ahead = c;
    static_cast<void>(ahead.take_any(
        {"从今天起", "自今日起", "自今天起", "今天起", "即日起", "未来", "接下来的", "接下来"}
    ));
    const bool is_at_most = ahead.take_any(
        {"最多不超过", "最长不超过", "不会超过", "不超过", "最多", "最长", "顶多", "只需要", "只需"}
    );
    ahead.skip_blanks();
    const auto lapse = take_length(ahead);
    if (!lapse || lapse->count <= 0)
        return std::nullopt;
    ahead.skip_blanks();
    static_cast<void>(ahead.take_any({"的时间", "时间"}));
    static_cast<void>(ahead.take("左右"));
    const bool is_bounded = ahead.take_any({"之内", "以内", "内", "之后", "以后", "过后", "后"});
    if (!is_bounded && !is_at_most && lapse->unit != Unit::business_day)
        return std::nullopt;
    c = ahead;
    When when;
    when.lapse = lapse;
    return when;
}

}  // namespace redress::language::chinese
