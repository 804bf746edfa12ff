#include "staff/store.hpp"

#include "staff/test_house.hpp"

#include <doctest/doctest.h>

namespace redress::staff {
namespace {

using cases::Role;

// Cases are another slice's; this one only reads how many there are.
constexpr db::Command<StaffId, std::string_view, std::int64_t> count_cases{
    "test.count_cases",
    "INSERT INTO case_counts (owner_id, state, furious, waiting, n) VALUES ($1, $2, 0, 0, $3)"};

TEST_CASE("people are written, found and listed by pages")
{
    in_each_house([](House& house) {
        const auto first = house.hire("ann", {Role::intake});
        const auto second = house.hire("bob", {Role::qa});
        house.database->read([&](db::Tx& tx) {
            CHECK(find_staff(tx, first.id) == first);
            CHECK_FALSE(find_staff(tx, StaffId{1}).has_value());
            const auto page = list_staff(
                tx,
                {.after = house.admin.id, .only_active = false, .team = {}, .limit = 1}
            );
            CHECK(page == std::vector{first});
            const auto rest =
                list_staff(tx, {.after = first.id, .only_active = false, .team = {}, .limit = 9});
            CHECK(rest == std::vector{second});
        });
    });
}

TEST_CASE("lists keep to the team and to who works here")
{
    in_each_house([](House& house) {
        TeamPatch wish;
        wish.name_en = "Loans";
        wish.name_zh = "贷款";
        const auto team = *create_team(*house.services, house.as_admin(), wish);
        const auto ann = house.hire("ann", {Role::intake});
        const auto bob = house.hire("bob", {Role::intake});
        StaffPatch join;
        join.team = team.id;
        house.change(ann.id, join);
        StaffPatch leave;
        leave.is_active = false;
        house.change(bob.id, leave);
        house.database->read([&](db::Tx& tx) {
            const auto of_team =
                list_staff(tx, {.after = {}, .only_active = false, .team = team.id, .limit = 9});
            REQUIRE(of_team.size() == 1);
            CHECK(of_team.front().id == ann.id);
            const auto active =
                list_staff(tx, {.after = {}, .only_active = true, .team = {}, .limit = 9});
            CHECK(active.size() == 2);
            CHECK(find_team(tx, team.id) == team);
            CHECK(list_teams(tx, TeamId{}, 9) == std::vector{team});
            CHECK(list_teams(tx, team.id, 9).empty());
        });
    });
}

TEST_CASE("a taken login changes nothing")
{
    in_each_house([](House& house) {
        auto copy = house.admin;
        copy.id = StaffId{900};
        const bool is_new =
            house.database->write([&](db::Tx& tx) { return insert_staff(tx, copy); });
        CHECK_FALSE(is_new);
        house.database->read([&](db::Tx& tx) { CHECK_FALSE(find_staff(tx, copy.id)); });
    });
}

TEST_CASE("the roster has more people than a page, and only leave to come")
{
    in_each_house([](House& house) {
        house.database->write([&](db::Tx& tx) {
            for (int i = 0; i < 1100; ++i) {
                Staff person;
                person.id = StaffId{house.ledger.next_id()};
                person.login = "p" + std::to_string(i);
                REQUIRE(insert_staff(tx, person));
            }
            insert_leave(tx, {LeaveId{1}, house.admin.id, noon - Micros{20}, noon, "over"});
            insert_leave(tx, {LeaveId{2}, house.admin.id, noon, noon + Micros{5}, "now"});
        });
        const auto roster = house.database->read([](db::Tx& tx) { return load_roster(tx, noon); });
        CHECK(roster.people.size() == 1101);
        CHECK(std::ranges::is_sorted(roster.people, {}, &Staff::id));
        REQUIRE(roster.leaves.size() == 1);
        CHECK(roster.leaves.front().id == LeaveId{2});
    });
}

TEST_CASE("open cases are summed by owner, and closed ones do not count")
{
    in_each_house([](House& house) {
        const auto ann = house.hire("ann", {Role::intake});
        house.database->write([&](db::Tx& tx) {
            tx.run(count_cases, house.admin.id, "registered", 4);
            tx.run(count_cases, house.admin.id, "offered", 3);
            tx.run(count_cases, house.admin.id, "closed", 100);
            tx.run(count_cases, ann.id, "archived", 5);
            tx.run(count_cases, StaffId{}, "registered", 900);
        });
        const auto counts = house.database->read([](db::Tx& tx) { return list_open_cases(tx); });
        REQUIRE(counts.size() == 1);
        CHECK(counts.front().owner == house.admin.id);
        CHECK(counts.front().count == 7);
    });
}

TEST_CASE("the directory sees changes at once and routes by load")
{
    in_each_house([](House& house) {
        auto& directory = house.services->directory;
        const auto ann = house.hire("ann", {Role::intake});
        const auto bob = house.hire("bob", {Role::intake});
        StaffPatch away;
        away.roles = std::vector<Role>{Role::manager};
        house.change(house.admin.id, away);
        const RoutingQuestion question{
            .category = {},
            .language = "zh",
            .subject_staff = {},
            .team = {},
            .at = noon};
        CHECK(directory.choose_owner(question).owner == ann.id);
        directory.count_case(ann.id, 1);
        CHECK(directory.choose_owner(question).owner == bob.id);
        directory.count_case(ann.id, -1);
        directory.count_case(ann.id, -1);
        CHECK(directory.open_cases_of(ann.id) == 0);
        auto about_ann = question;
        about_ann.subject_staff = ann.id;
        CHECK(directory.choose_owner(about_ann).owner == bob.id);
        CHECK(directory.default_owner() == house.admin.id);
    });
}

TEST_CASE("a picture that is too old is loaded anew")
{
    in_each_house([](House& house) {
        auto& directory = house.services->directory;
        house.database->write([&](db::Tx& tx) {
            Staff person;
            person.id = StaffId{house.ledger.next_id()};
            person.login = "from-another-node";
            REQUIRE(insert_staff(tx, person));
        });
        directory.keep_fresh();
        CHECK(directory.roster()->people.size() == 1);
        house.clock.advance(
            house.database->dialect() == db::Dialect::postgres ? Directory::max_age_shared
                                                               : Directory::max_age_alone
        );
        directory.keep_fresh();
        CHECK(directory.roster()->people.size() == 2);
    });
}

}  // namespace
}  // namespace redress::staff
