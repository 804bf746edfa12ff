#pragma once

#include "db/tx.hpp"
#include "staff/rules_roster.hpp"

#include <optional>
#include <vector>

/// Rows of staff, teams and leave. Every function throws db::Fault.
namespace redress::staff {

/// False, and nothing changed, when the login is taken.
[[nodiscard]] bool insert_staff(db::Tx& tx, const Staff& person);
void update_staff(db::Tx& tx, const Staff& person);
[[nodiscard]] std::optional<Staff> find_staff(db::Tx& tx, StaffId id);
/// Whether an active administrator is left when `but` is one no more.
[[nodiscard]] bool has_other_admin(db::Tx& tx, StaffId but);

struct StaffPage {
    StaffId after;
    bool only_active{};
    TeamId team;  ///< 0: all
    std::int64_t limit{};
};
/// Ascending by id.
[[nodiscard]] std::vector<Staff> list_staff(db::Tx& tx, const StaffPage& page);

void insert_team(db::Tx& tx, const Team& team);
void update_team(db::Tx& tx, const Team& team);
[[nodiscard]] std::optional<Team> find_team(db::Tx& tx, TeamId id);
[[nodiscard]] std::vector<Team> list_teams(db::Tx& tx, TeamId after, std::int64_t limit);

void insert_leave(db::Tx& tx, const Leave& leave);
void delete_leave(db::Tx& tx, const Leave& leave);
[[nodiscard]] std::optional<Leave> find_leave(db::Tx& tx, StaffId staff, LeaveId id);
[[nodiscard]] std::vector<Leave>
list_leaves(db::Tx& tx, StaffId staff, LeaveId after, std::int64_t limit);

/// Everybody, every team, and the leaves that end after `now`.
[[nodiscard]] Roster load_roster(db::Tx& tx, Instant now);

struct OpenCases {
    StaffId owner;
    std::int64_t count{};
};
/// How many open cases each owner has; owners without any are left out.
[[nodiscard]] std::vector<OpenCases> list_open_cases(db::Tx& tx);

BOOST_DESCRIBE_STRUCT(OpenCases, (), (owner, count))

}  // namespace redress::staff
