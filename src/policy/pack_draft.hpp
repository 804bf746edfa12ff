#pragma once

#include "policy/pack.hpp"
#include "policy/table.hpp"

namespace redress::policy {

/// A calendar as written: "@org" and the holiday table are not filled in yet.
struct CalendarDraft {
    std::string id;
    CalendarSpec spec;
    std::string holidays;
    std::optional<Roll> legal_roll;
    /// Deadlines the cut-off is for; nullopt: all.
    std::optional<std::vector<std::string>> cutoff_applies_to;
    Origin origin;
};

/// A pack as written in its own file: names of others are not looked up, conditions are only texts.
struct PackDraft {
    Pack pack;
    std::vector<CalendarDraft> calendars;
    std::vector<std::string> disable;  ///< "deadline:acknowledge"
    Origin origin;                     ///< of [pack]
};

/// Reads redress.policy-pack/1. Mistakes go to the reading; what could be read is returned all the
/// same.
[[nodiscard]] PackDraft read_pack(const TomlNode& root, const Reading& reading);

/// Steps, letters and all other tables but calendars and deadlines.
void read_entries(Table& root, Pack& pack);

[[nodiscard]] CalendarDraft read_calendar(Table table);
[[nodiscard]] DeadlineRule read_deadline(Table table);
/// {n, unit, calendar}
[[nodiscard]] Measure read_measure(Table table, const std::string& calendar = {});
/// The text of a `when`; it is parsed once the pack's names are known.
[[nodiscard]] Condition read_condition(Table& table, std::string_view key);
/// hours = [{days, from, to}]
[[nodiscard]] std::vector<Shift> read_shifts(Table& table, std::string_view key);

}  // namespace redress::policy
