#include "staff/rules_roster.hpp"

#include <doctest/doctest.h>

namespace redress::staff {
namespace {

TEST_CASE("shifts are read on the wall clock of their zone")
{
    using enum Weekday;
    struct Row {
        const char* what;
        Hours hours;
        const char* at;
        bool is_working;
    };
    const Hours office{.tz = "Asia/Shanghai", .shifts = {{{mon, tue, wed, thu, fri}, 540, 1080}}};
    const Hours night{.tz = "Asia/Shanghai", .shifts = {{{fri}, 22 * 60, 6 * 60}}};
    const Hours sunday_night{.tz = "Asia/Shanghai", .shifts = {{{sun}, 22 * 60, 6 * 60}}};
    const Hours london{.tz = "Europe/London", .shifts = {{{mon}, 540, 1020}}};
    const Hours whole_day{.tz = "UTC", .shifts = {{{sat}, 0, 1440}}};
    const Hours split_day{.tz = "UTC", .shifts = {{{sat}, 480, 720}, {{sat}, 780, 1020}}};
    const std::vector<Row> rows{
        {"always", {}, "2026-11-21T03:00:00Z", true},
        {"the first minute", office, "2026-11-20T01:00:00Z", true},
        {"just before", office, "2026-11-20T00:59:59Z", false},
        {"the last second", office, "2026-11-20T09:59:59Z", true},
        {"just after", office, "2026-11-20T10:00:00Z", false},
        {"Saturday", office, "2026-11-21T03:00:00Z", false},
        {"late on Friday", night, "2026-11-20T15:00:00Z", true},
        {"early on Saturday", night, "2026-11-20T21:59:00Z", true},
        {"later on Saturday", night, "2026-11-20T22:00:00Z", false},
        {"early on Friday", night, "2026-11-19T21:00:00Z", false},
        {"Sunday night into Monday", sunday_night, "2026-11-22T21:59:00Z", true},
        {"summer time", london, "2026-07-06T08:00:00Z", true},
        {"no summer time", london, "2026-11-16T08:00:00Z", false},
        {"midnight belongs to the day", whole_day, "2026-11-21T00:00:00Z", true},
        {"and not to the day before", whole_day, "2026-11-22T00:00:00Z", false},
        {"lunch", split_day, "2026-11-21T12:30:00Z", false},
        {"after lunch", split_day, "2026-11-21T13:00:00Z", true}};
    for (const auto& row : rows) {
        CAPTURE(row.what);
        CHECK(is_working(row.hours, *parse_rfc3339(row.at)) == row.is_working);
    }
}

TEST_CASE("an unknown zone is UTC")
{
    const Hours hours{.tz = "Nowhere/At_All", .shifts = {{{Weekday::sat}, 540, 600}}};
    CHECK(is_working(hours, *parse_rfc3339("2026-11-21T09:30:00Z")));
    CHECK_FALSE(is_working(hours, *parse_rfc3339("2026-11-21T01:30:00Z")));
}

TEST_CASE("leave holds from its beginning until just before its end")
{
    Roster roster;
    roster.leaves = {
        {LeaveId{1}, StaffId{3}, {100}, {200}, {}},
        {LeaveId{2}, StaffId{4}, {100}, {200}, {}},
        {LeaveId{3}, StaffId{4}, {300}, {400}, {}}};
    CHECK_FALSE(roster.is_away(StaffId{4}, {99}));
    CHECK(roster.is_away(StaffId{4}, {100}));
    CHECK(roster.is_away(StaffId{4}, {399}));
    CHECK_FALSE(roster.is_away(StaffId{4}, {200}));
    CHECK_FALSE(roster.is_away(StaffId{3}, {300}));
    CHECK_FALSE(roster.is_away(StaffId{5}, {150}));
}

TEST_CASE("teams stand within those above them, and a circle ends")
{
    Roster roster;
    roster.teams = {
        {.id = TeamId{1}},
        {.id = TeamId{2}, .parent = TeamId{1}},
        {.id = TeamId{3}, .parent = TeamId{2}},
        {.id = TeamId{8}, .parent = TeamId{9}},
        {.id = TeamId{9}, .parent = TeamId{8}}};
    CHECK(roster.is_within(TeamId{3}, TeamId{1}));
    CHECK(roster.is_within(TeamId{3}, TeamId{3}));
    CHECK_FALSE(roster.is_within(TeamId{1}, TeamId{3}));
    CHECK_FALSE(roster.is_within(TeamId{}, TeamId{1}));
    CHECK_FALSE(roster.is_within(TeamId{8}, TeamId{1}));
}

}  // namespace
}  // namespace redress::staff
