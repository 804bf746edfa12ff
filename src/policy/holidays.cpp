#include "policy/holidays.hpp"

#include "policy/words.hpp"

#include <algorithm>

namespace redress::policy {
namespace {

using namespace std::chrono;

constexpr std::string_view schema = "redress.holidays/1";
constexpr std::int64_t longest_holiday_days = 31;

void check_year(Table& table, std::string_view key, int in_year, Date day)
{
    if (static_cast<int>(year_month_day{day}.year()) != in_year)
        table
            .wrong(key, "wrong_year", {{"value", to_word(day)}, {"year", std::to_string(in_year)}});
}

void read_holiday(Table& table, int in_year, HolidayTable& made)
{
    static_cast<void>(table.need_both("name"));
    const auto from = table.date("from");
    const auto to = table.date("to");
    if (!from && table.node().find("from") == nullptr)
        table.wrong("from", "missing_key");
    table.finish();
    if (!from)
        return;
    const Date last = to.value_or(*from);
    check_year(table, "from", in_year, *from);
    check_year(table, "to", in_year, last);
    if (last < *from || (last - *from).count() > longest_holiday_days)
        return table.wrong("to", "ends_before_it_begins");
    for (Date day = *from; day <= last; day += days{1})
        made.off.push_back(day);
}

void read_year(Table& table, HolidayTable& made)
{
    const auto number = table.integer("year");
    if (!number && table.node().find("year") == nullptr)
        table.wrong("year", "missing_key");
    const int in_year =
        static_cast<int>(std::clamp<std::int64_t>(number.value_or(1900), 1900, 2999));
    if (std::ranges::find(made.years, in_year) != made.years.end())
        table.wrong("year", "duplicate", {{"id", std::to_string(in_year)}});
    made.years.push_back(in_year);
    static_cast<void>(table.need_text("source"));
    for (Table& holiday : table.tables("holiday"))
        read_holiday(holiday, in_year, made);
    for (const Date day : table.dates("work")) {
        check_year(table, "work", in_year, day);
        if (std::ranges::find(made.off, day) != made.off.end())
            table.wrong("work", "off_and_work", {{"value", to_word(day)}});
        made.work.push_back(day);
    }
    table.finish();
}

}  // namespace

HolidayTable read_holidays(const TomlNode& root_node, const Reading& reading)
{
    Table root{root_node, reading, "policy.file"};
    HolidayTable made;
    made.origin = root.origin();
    if (const std::string given = root.need_text("schema"); !given.empty() && given != schema)
        root.wrong("schema", "bad_value", {{"value", given}, {"allowed", std::string{schema}}});
    made.id = root.need_id("id");
    made.title = root.need_both("title");
    static_cast<void>(root.text("note"));
    if (const auto verified = root.date("verified_on"))
        made.verified_on = *verified;
    else if (root_node.find("verified_on") == nullptr)
        root.wrong("verified_on", "missing_key");
    for (Table& year : root.tables("year"))
        read_year(year, made);
    if (made.years.empty())
        root.wrong("year", "empty_list");
    root.finish();
    return made;
}

}  // namespace redress::policy
