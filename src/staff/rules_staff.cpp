#include "staff/rules_staff.hpp"

#include "policy/zone.hpp"
#include "staff/rules_permissions.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

namespace redress::staff {
namespace {

constexpr std::size_t max_login = 64;
constexpr std::size_t max_name = 100;
constexpr std::size_t max_email = 254;
constexpr std::size_t max_listed = 100;
constexpr std::size_t max_shifts = 21;
constexpr std::int64_t day_minutes = 24 * 60;
constexpr Micros max_leave = std::chrono::days{732};

/// Gathers everything that is wrong, so that one try tells all.
class Findings {
public:
    void unless(bool holds, std::string code, std::string field)
    {
        if (!holds)
            refusals_.push_back({std::move(code), std::move(field), {}});
    }
    [[nodiscard]] Result<void> answer() &&
    {
        if (refusals_.empty())
            return {};
        return std::unexpected{Denied{Denial::invalid, std::move(refusals_)}};
    }

private:
    std::vector<Refusal> refusals_;
};

bool is_login(std::string_view text)
{
    constexpr std::string_view allowed = "abcdefghijklmnopqrstuvwxyz0123456789._-@";
    return text.size() >= 2 && text.size() <= max_login &&
           text.find_first_not_of(allowed) == std::string_view::npos;
}

/// One line that shows: no control characters, not blank.
bool is_line(std::string_view text, std::size_t max_code_points)
{
    return !text.empty() && is_valid_utf8(text) && count_code_points(text) <= max_code_points &&
           std::ranges::none_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x20; });
}

bool is_email(std::string_view text)
{
    const auto at = text.find('@');
    return is_line(text, max_email) && at != std::string_view::npos && at > 0 &&
           at + 1 < text.size() && text.find('@', at + 1) == std::string_view::npos &&
           text.find_first_of(" ,;<>\"") == std::string_view::npos;
}

bool is_currency(std::string_view text)
{
    return text.size() == 3 &&
           std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool is_language(const std::string& text)
{
    return text == "zh" || text == "en";
}

bool are_lines(const std::vector<std::string>& list)
{
    return list.size() <= max_listed &&
           std::ranges::all_of(list, [](const auto& item) { return is_line(item, max_name); });
}

bool is_shift(const Shift& shift)
{
    return !shift.days.empty() && shift.from_minute >= 0 && shift.from_minute < day_minutes &&
           shift.to_minute >= 0 && shift.to_minute <= day_minutes;
}

bool are_hours(const Hours& hours)
{
    if (hours.shifts.size() > max_shifts || !std::ranges::all_of(hours.shifts, is_shift))
        return false;
    return hours.shifts.empty() || policy::Zone::find(hours.tz) != nullptr;
}

template <class Item>
void sort_uniquely(std::vector<Item>& list)
{
    std::ranges::sort(list);
    const auto repeated = std::ranges::unique(list);
    list.erase(repeated.begin(), repeated.end());
}

template <class Field>
void put(Field& field, const std::optional<Field>& wish)
{
    if (wish)
        field = *wish;
}

void put_trimmed(std::string& field, const std::optional<std::string>& wish)
{
    if (wish)
        field = std::string{trim(*wish)};
}

/// Whether `team` could stand below `parent`.
bool is_free_above(const Team& team, const Roster& roster)
{
    TeamId above = team.parent;
    for (int depth = 0; above; ++depth) {
        const auto* found = roster.find(above);
        if (found == nullptr || found->id == team.id || depth == max_team_depth - 1)
            return false;
        above = found->parent;
    }
    return true;
}

}  // namespace

Staff patched(Staff before, const StaffPatch& patch)
{
    put_trimmed(before.display_name, patch.display_name);
    put_trimmed(before.email, patch.email);
    put(before.roles, patch.roles);
    put(before.is_admin, patch.is_admin);
    put(before.team, patch.team);
    put(before.limit_minor, patch.limit_minor);
    put(before.currency, patch.currency);
    put(before.languages, patch.languages);
    put(before.categories, patch.categories);
    put(before.interface_language, patch.interface_language);
    put(before.hours, patch.hours);
    put(before.is_active, patch.is_active);
    sort_uniquely(before.roles);
    sort_uniquely(before.languages);
    sort_uniquely(before.categories);
    for (auto& shift : before.hours.shifts)
        sort_uniquely(shift.days);
    return before;
}

Team patched(Team before, const TeamPatch& patch)
{
    put_trimmed(before.name_en, patch.name_en);
    put_trimmed(before.name_zh, patch.name_zh);
    put(before.parent, patch.parent);
    put(before.lead, patch.lead);
    put(before.categories, patch.categories);
    put(before.is_department, patch.is_department);
    put(before.is_active, patch.is_active);
    sort_uniquely(before.categories);
    return before;
}

Result<void> check_staff(const Staff& person, const Roster& roster)
{
    Findings wrong;
    wrong.unless(is_login(person.login), "login_form", "login");
    wrong.unless(is_line(person.display_name, max_name), "name_form", "display_name");
    wrong.unless(person.email.empty() || is_email(person.email), "email_form", "email");
    wrong.unless(std::ranges::all_of(person.roles, is_assignable), "role_not_a_job", "roles");
    wrong.unless(!person.team || roster.find(person.team) != nullptr, "team_unknown", "team");
    wrong.unless(person.limit_minor >= 0, "limit_negative", "limit_minor");
    wrong.unless(
        person.currency.empty() ? person.limit_minor == 0 : is_currency(person.currency),
        "currency_form",
        "currency"
    );
    wrong.unless(
        std::ranges::all_of(person.languages, is_language),
        "language_unknown",
        "languages"
    );
    wrong.unless(are_lines(person.categories), "categories_form", "categories");
    wrong.unless(
        person.interface_language.empty() || is_language(person.interface_language),
        "language_unknown",
        "interface_language"
    );
    wrong.unless(are_hours(person.hours), "hours_form", "hours");
    return std::move(wrong).answer();
}

Result<void> check_team(const Team& team, const Roster& roster)
{
    Findings wrong;
    wrong.unless(is_line(team.name_en, max_name), "name_form", "name_en");
    wrong.unless(is_line(team.name_zh, max_name), "name_form", "name_zh");
    const auto* lead = roster.find(team.lead);
    wrong.unless(!team.lead || (lead != nullptr && lead->is_active), "lead_unknown", "lead");
    wrong.unless(is_free_above(team, roster), "team_parent", "parent");
    wrong.unless(are_lines(team.categories), "categories_form", "categories");
    return std::move(wrong).answer();
}

Result<void> check_leave(const Leave& leave, Instant now)
{
    Findings wrong;
    wrong.unless(leave.from < leave.to, "leave_order", "to");
    wrong.unless(leave.to > now, "leave_over", "to");
    wrong.unless(leave.from >= leave.to || leave.to - leave.from <= max_leave, "leave_long", "to");
    wrong.unless(leave.reason.empty() || is_line(leave.reason, max_name), "reason_form", "reason");
    return std::move(wrong).answer();
}

std::string to_login(std::string_view text)
{
    return to_lower_ascii(trim(text));
}

std::optional<std::int64_t> parse_minute(std::string_view text)
{
    constexpr std::string_view form = "00:00";
    if (text.size() != form.size() || text[2] != ':')
        return std::nullopt;
    std::int64_t digits[4]{};
    for (std::size_t i = 0, n = 0; i < text.size(); ++i) {
        if (i == 2)
            continue;
        if (text[i] < '0' || text[i] > '9')
            return std::nullopt;
        digits[n++] = text[i] - '0';
    }
    const auto hours = digits[0] * 10 + digits[1];
    const auto minutes = digits[2] * 10 + digits[3];
    const auto all = hours * 60 + minutes;
    return minutes < 60 && all <= day_minutes ? std::optional{all} : std::nullopt;
}

std::string to_clock(std::int64_t minute)
{
    return fmt::format("{:02}:{:02}", minute / 60, minute % 60);
}

}  // namespace redress::staff
