#pragma once

#include "staff/rules_roster.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::staff {

/// A person as they shall be. What is absent stays as it is, or takes its default for somebody new.
struct StaffPatch {
    std::optional<std::string> display_name;
    std::optional<std::string> email;
    std::optional<std::vector<cases::Role>> roles;
    std::optional<bool> is_admin;
    std::optional<TeamId> team;  ///< 0: none
    std::optional<std::int64_t> limit_minor;
    std::optional<std::string> currency;
    std::optional<std::vector<std::string>> languages;
    std::optional<std::vector<std::string>> categories;
    std::optional<std::string> interface_language;
    std::optional<Hours> hours;
    std::optional<bool> is_active;
};

struct TeamPatch {
    std::optional<std::string> name_en;
    std::optional<std::string> name_zh;
    std::optional<TeamId> parent;  ///< 0: none
    std::optional<StaffId> lead;   ///< 0: nobody
    std::optional<std::vector<std::string>> categories;
    std::optional<bool> is_department;
    std::optional<bool> is_active;
};

/// The person or team with the patch applied. Lists are sorted and rid of repetitions, texts
/// trimmed.
[[nodiscard]] Staff patched(Staff before, const StaffPatch& patch);
[[nodiscard]] Team patched(Team before, const TeamPatch& patch);

/// Everything that is wrong with a person: login, name, e-mail, roles that are no job, languages,
/// currency, hours, a team that is not there.
[[nodiscard]] Result<void> check_staff(const Staff& person, const Roster& roster);
/// Names, a lead who is not active, a parent that is not there, is below the team, or too deep.
[[nodiscard]] Result<void> check_team(const Team& team, const Roster& roster);
/// The end comes after the beginning, at most two years later, and is not over yet.
[[nodiscard]] Result<void> check_leave(const Leave& leave, Instant now);

/// Lower case and trimmed, as logins are kept and compared.
[[nodiscard]] std::string to_login(std::string_view text);

/// "HH:MM" from 00:00 to 24:00 as minutes, and back.
[[nodiscard]] std::optional<std::int64_t> parse_minute(std::string_view text);
[[nodiscard]] std::string to_clock(std::int64_t minute);

}  // namespace redress::staff
