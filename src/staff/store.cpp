#include "staff/store.hpp"

#include "base/document.hpp"
#include "base/require.hpp"
#include "staff/staff_sql.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <tuple>

namespace redress::staff {
namespace {

using std::int64_t;
using std::string_view;

constexpr int64_t page_size = 500;
// What ends at a moment is over then, whatever its id.
/// Not the largest number there is: SQLite takes rows "after" that for all rows.
constexpr LeaveId last_leave{std::numeric_limits<int64_t>::max() / 2};

constexpr db::Command<StaffId, int64_t, string_view, bool, bool, TeamId, string_view> insert_person{
    "staff.insert_staff",
    sql::insert_staff};
constexpr db::Command<StaffId, int64_t, bool, bool, TeamId, string_view> update_person{
    "staff.update_staff",
    sql::update_staff};
constexpr db::Query<std::string, StaffId> select_person{"staff.find_staff", sql::find_staff};
constexpr db::Query<std::string, StaffId, bool, TeamId, int64_t> select_people{
    "staff.list_staff",
    sql::list_staff};
constexpr db::Query<int64_t, StaffId> count_other_admins{
    "staff.count_other_admins",
    sql::count_other_admins};
constexpr db::Command<TeamId, int64_t, string_view> insert_team_row{
    "staff.insert_team",
    sql::insert_team};
constexpr db::Command<TeamId, int64_t, string_view> update_team_row{
    "staff.update_team",
    sql::update_team};
constexpr db::Query<std::string, TeamId> select_team{"staff.find_team", sql::find_team};
constexpr db::Query<std::string, TeamId, int64_t> select_teams{"staff.list_teams", sql::list_teams};
constexpr db::Command<LeaveId, StaffId, Instant, Instant, string_view> insert_leave_row{
    "staff.insert_leave",
    sql::insert_leave};
constexpr db::Command<LeaveId, StaffId> delete_leave_row{"staff.delete_leave", sql::delete_leave};
constexpr db::Query<Leave, LeaveId, StaffId> select_leave{"staff.find_leave", sql::find_leave};
constexpr db::Query<Leave, StaffId, LeaveId, int64_t> select_leaves{
    "staff.list_leaves",
    sql::list_leaves};
constexpr db::Query<Leave, Instant, LeaveId, int64_t> select_leaves_after{
    "staff.list_leaves_after",
    sql::list_leaves_after};
constexpr db::Query<OpenCases, StaffId, int64_t> select_open_cases{
    "staff.list_open_cases",
    sql::list_open_cases};

template <class Value>
std::string doc_of(const Value& value)
{
    return write_doc(value);
}

template <class Value>
std::vector<Value> values_of(const std::vector<std::string>& docs)
{
    std::vector<Value> values;
    values.reserve(docs.size());
    for (const auto& doc : docs)
        values.push_back(read_doc<Value>(doc));
    return values;
}

/// `list(last)` page by page until one is not full; `last` is nullptr at first.
template <class Item, class List>
std::vector<Item> list_all(List list)
{
    std::vector<Item> all;
    for (bool is_full = true; is_full;) {
        auto page = list(all.empty() ? nullptr : &all.back());
        is_full = static_cast<int64_t>(page.size()) == page_size;
        all.insert(
            all.end(),
            std::make_move_iterator(page.begin()),
            std::make_move_iterator(page.end())
        );
    }
    return all;
}

}  // namespace

bool insert_staff(db::Tx& tx, const Staff& person)
{
    return tx.run(
               insert_person,
               person.id,
               person.version,
               person.login,
               person.is_active,
               person.is_admin,
               person.team,
               doc_of(person)
           ) == 1;
}

void update_staff(db::Tx& tx, const Staff& person)
{
    const auto changed = tx.run(
        update_person,
        person.id,
        person.version,
        person.is_active,
        person.is_admin,
        person.team,
        doc_of(person)
    );
    REQUIRE_THAT(changed == 1);
}

std::optional<Staff> find_staff(db::Tx& tx, StaffId id)
{
    const auto doc = tx.one(select_person, id);
    return doc ? std::optional{read_doc<Staff>(*doc)} : std::nullopt;
}

bool has_other_admin(db::Tx& tx, StaffId but)
{
    return tx.one(count_other_admins, but).value_or(0) > 0;
}

std::vector<Staff> list_staff(db::Tx& tx, const StaffPage& page)
{
    return values_of<Staff>(
        tx.all(select_people, page.after, page.only_active, page.team, page.limit)
    );
}

void insert_team(db::Tx& tx, const Team& team)
{
    tx.run(insert_team_row, team.id, team.version, doc_of(team));
}

void update_team(db::Tx& tx, const Team& team)
{
    const auto changed = tx.run(update_team_row, team.id, team.version, doc_of(team));
    REQUIRE_THAT(changed == 1);
}

std::optional<Team> find_team(db::Tx& tx, TeamId id)
{
    const auto doc = tx.one(select_team, id);
    return doc ? std::optional{read_doc<Team>(*doc)} : std::nullopt;
}

std::vector<Team> list_teams(db::Tx& tx, TeamId after, int64_t limit)
{
    return values_of<Team>(tx.all(select_teams, after, limit));
}

void insert_leave(db::Tx& tx, const Leave& leave)
{
    tx.run(insert_leave_row, leave.id, leave.staff, leave.from, leave.to, leave.reason);
}

void delete_leave(db::Tx& tx, const Leave& leave)
{
    tx.run(delete_leave_row, leave.id, leave.staff);
}

std::optional<Leave> find_leave(db::Tx& tx, StaffId staff, LeaveId id)
{
    return tx.one(select_leave, id, staff);
}

std::vector<Leave> list_leaves(db::Tx& tx, StaffId staff, LeaveId after, int64_t limit)
{
    return tx.all(select_leaves, staff, after, limit);
}

Roster load_roster(db::Tx& tx, Instant now)
{
    Roster roster;
    roster.people = list_all<Staff>([&](const Staff* last) {
        return list_staff(
            tx,
            {.after = last == nullptr ? StaffId{} : last->id,
             .only_active = false,
             .team = {},
             .limit = page_size}
        );
    });
    roster.teams = list_all<Team>([&](const Team* last) {
        return list_teams(tx, last == nullptr ? TeamId{} : last->id, page_size);
    });
    roster.leaves = list_all<Leave>([&](const Leave* last) {
        return tx.all(
            select_leaves_after,
            last == nullptr ? now : last->to,
            last == nullptr ? last_leave : last->id,
            page_size
        );
    });
    std::ranges::sort(roster.leaves, {}, [](const Leave& leave) {
        return std::tuple{leave.staff, leave.from, leave.id};
    });
    return roster;
}

std::vector<OpenCases> list_open_cases(db::Tx& tx)
{
    return list_all<OpenCases>([&](const OpenCases* last) {
        return tx.all(select_open_cases, last == nullptr ? StaffId{} : last->owner, page_size);
    });
}

}  // namespace redress::staff
