#include "policy/pack_draft.hpp"
#include "policy/words.hpp"

namespace redress::policy {
namespace {

using std::chrono::minutes;

std::optional<minutes> read_time(Table& table, std::string_view key, bool is_needed)
{
    const std::string text = is_needed ? table.need_text(key) : table.text(key);
    const auto time = read_time_of_day(text);
    if (!time && !text.empty())
        table.wrong(key, "bad_value", {{"value", text}, {"allowed", "00:00 … 24:00"}});
    return time;
}

std::uint8_t read_weekdays(Table& table, std::string_view key)
{
    std::uint8_t days = 0;
    for (const std::string& name : table.texts(key)) {
        if (const auto day = read_weekday(name))
            days = static_cast<std::uint8_t>(days | *day);
        else
            table.wrong(
                key,
                "bad_value",
                {{"value", name}, {"allowed", "mon, tue, wed, thu, fri, sat, sun"}}
            );
    }
    return days;
}

void read_end_of_day(Table& table, CalendarSpec& spec)
{
    if (table.node().find("end_of_day") == nullptr) {
        static_cast<void>(table.find("end_of_day"));
        return;
    }
    if (const TomlNode* value = table.find("end_of_day"); value->text == close_of_business)
        spec.end_of_day.reset();
    else if (const auto time = read_time(table, "end_of_day", false); time && *time > minutes{0})
        spec.end_of_day = time;
    else if (time)
        table.wrong(
            "end_of_day",
            "bad_value",
            {{"value", value->text}, {"allowed", "00:01 … 24:00, close_of_business"}}
        );
}

Roll read_roll_at(Table& table, std::string_view key)
{
    return table.choose<Roll>(
        key,
        {{"none", Roll::none},
         {"next_business_day", Roll::next_business_day},
         {"after_statutory_holiday", Roll::after_statutory_holiday}},
        Roll::none
    );
}

}  // namespace

std::vector<Shift> read_shifts(Table& table, std::string_view key)
{
    std::vector<Shift> all;
    for (Table& one : table.tables(key)) {
        Shift shift;
        shift.weekdays = read_weekdays(one, "days");
        shift.from = read_time(one, "from", true).value_or(minutes{0});
        shift.to = read_time(one, "to", true).value_or(minutes{24 * 60});
        if (shift.weekdays == 0)
            one.wrong("days", "empty_list");
        one.finish();
        if (shift.to <= shift.from)
            one.wrong("to", "shift");
        else
            all.push_back(shift);
    }
    return all;
}

CalendarDraft read_calendar(Table table)
{
    CalendarDraft draft;
    draft.origin = table.origin();
    draft.id = table.need_id("id");
    CalendarSpec& spec = draft.spec;
    spec.kind = table.choose<CalendarKind>(
        "kind",
        {{"elapsed", CalendarKind::elapsed},
         {"civil_days", CalendarKind::civil_days},
         {"business_days", CalendarKind::business_days},
         {"business_hours", CalendarKind::business_hours}}
    );
    spec.tz = table.need_text("tz");
    draft.holidays = table.text("holidays");
    spec.hours = read_shifts(table, "hours");
    if (table.node().find("weekend") != nullptr)
        spec.weekend = read_weekdays(table, "weekend");
    else
        static_cast<void>(table.find("weekend"));
    spec.first_day = table.choose<FirstDay>(
        "first_day",
        {{"exclude", FirstDay::exclude}, {"include", FirstDay::include}},
        FirstDay::exclude
    );
    read_end_of_day(table, spec);
    spec.roll = read_roll_at(table, "roll");
    if (table.node().find("legal_roll") != nullptr)
        draft.legal_roll = read_roll_at(table, "legal_roll");
    else
        static_cast<void>(table.find("legal_roll"));
    spec.cutoff = read_time(table, "cutoff", false);
    if (spec.cutoff && spec.kind != CalendarKind::business_days)
        table.wrong("cutoff", "cutoff_needs_business_days");
    if (table.find("cutoff_applies_to") != nullptr)
        draft.cutoff_applies_to = table.texts("cutoff_applies_to");
    table.finish();
    return draft;
}

}  // namespace redress::policy
