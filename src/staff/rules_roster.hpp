#pragma once

#include "staff/model.hpp"

#include <vector>

namespace redress::staff {

/// Everybody and every team at one moment, as the rules look them up. Immutable once filled; each
/// list ascends by id, leaves by person.
struct Roster {
    std::vector<Staff> people;
    std::vector<Team> teams;
    std::vector<Leave> leaves;  ///< that have not ended yet

    [[nodiscard]] const Staff* find(StaffId id) const;
    [[nodiscard]] const Team* find(TeamId id) const;
    /// The same team, or a team above it.
    [[nodiscard]] bool is_within(TeamId team, TeamId above) const;
    [[nodiscard]] bool is_away(StaffId id, Instant at) const;
};

/// Chains of teams end here, whatever the data says.
inline constexpr int max_team_depth = 16;

/// Whether the shifts cover that moment on the wall clock of their zone; an unknown zone is UTC.
[[nodiscard]] bool is_working(const Hours& hours, Instant at);

}  // namespace redress::staff
