#include "staff/rules_staff.hpp"

#include <doctest/doctest.h>
#include <functional>
#include <rapidcheck.h>

namespace redress::staff {
namespace {

using cases::Role;

Staff good_person()
{
    Staff person;
    person.id = StaffId{5};
    person.login = "wei.zhang";
    person.display_name = "张伟";
    person.roles = {Role::intake};
    person.is_active = true;
    return person;
}

Roster small_house()
{
    Roster roster;
    roster.people = {good_person()};
    roster.teams = {
        {.id = TeamId{1}},
        {.id = TeamId{2}, .parent = TeamId{1}},
        {.id = TeamId{3}, .parent = TeamId{2}}};
    return roster;
}

TEST_CASE("each thing that can be wrong with a person is said")
{
    struct Row {
        const char* code;
        const char* field;
        std::function<void(Staff&)> spoil;
    };
    const std::vector<Row> rows{
        {"login_form", "login", [](Staff& p) { p.login = "W"; }},
        {"login_form", "login", [](Staff& p) { p.login = "wei zhang"; }},
        {"name_form", "display_name", [](Staff& p) { p.display_name = ""; }},
        {"name_form", "display_name", [](Staff& p) { p.display_name = "a\nb"; }},
        {"email_form", "email", [](Staff& p) { p.email = "wei@"; }},
        {"email_form", "email", [](Staff& p) { p.email = "a@b@c"; }},
        {"role_not_a_job", "roles", [](Staff& p) { p.roles = {Role::owner}; }},
        {"role_not_a_job",
         "roles",
         [](Staff& p) {
             p.roles = {Role::intake, Role::system};
         }},
        {"team_unknown", "team", [](Staff& p) { p.team = TeamId{9}; }},
        {"limit_negative",
         "limit_minor",
         [](Staff& p) {
             p.limit_minor = -1;
             p.currency = "CNY";
         }},
        {"currency_form", "currency", [](Staff& p) { p.limit_minor = 100; }},
        {"currency_form", "currency", [](Staff& p) { p.currency = "yuan"; }},
        {"language_unknown", "languages", [](Staff& p) { p.languages = {"fr"}; }},
        {"language_unknown", "interface_language", [](Staff& p) { p.interface_language = "fr"; }},
        {"categories_form", "categories", [](Staff& p) { p.categories = {""}; }},
        {"hours_form",
         "hours",
         [](Staff& p) {
             p.hours = {"Nowhere", {{{Weekday::mon}, 0, 60}}};
         }},
        {"hours_form",
         "hours",
         [](Staff& p) {
             p.hours = {"UTC", {{{}, 0, 60}}};
         }},
        {"hours_form", "hours", [](Staff& p) {
             p.hours = {"UTC", {{{Weekday::mon}, 0, 1441}}};
         }}};
    CHECK(check_staff(good_person(), small_house()).has_value());
    for (const auto& row : rows) {
        CAPTURE(row.code);
        auto person = good_person();
        row.spoil(person);
        const auto checked = check_staff(person, small_house());
        REQUIRE_FALSE(checked.has_value());
        CHECK(checked.error().refusals == std::vector{Refusal{row.code, row.field, {}}});
    }
}

TEST_CASE("everything wrong is told at once")
{
    auto person = good_person();
    person.login = "";
    person.email = "x";
    person.limit_minor = -4;
    CHECK(check_staff(person, small_house()).error().refusals.size() == 4);
}

TEST_CASE("a team cannot stand below itself, below nothing, or too deep")
{
    auto roster = small_house();
    const auto with_parent = [](std::int64_t id, std::int64_t parent) {
        return Team{.id = TeamId{id}, .name_en = "T", .name_zh = "团", .parent = TeamId{parent}};
    };
    CHECK(check_team(with_parent(4, 3), roster).has_value());
    CHECK(check_team(with_parent(4, 0), roster).has_value());
    for (const auto& wrong : {with_parent(1, 1), with_parent(1, 3), with_parent(4, 77)})
        CHECK(check_team(wrong, roster).error().refusals.front().code == "team_parent");
    for (std::int64_t id = 4; id <= 40; ++id)
        roster.teams.push_back({.id = TeamId{id}, .parent = TeamId{id - 1}});
    CHECK(check_team(with_parent(50, max_team_depth - 1), roster).has_value());
    CHECK_FALSE(check_team(with_parent(50, max_team_depth), roster).has_value());
}

TEST_CASE("a lead works here now")
{
    auto roster = small_house();
    const Team team{.id = TeamId{4}, .name_en = "T", .name_zh = "团", .lead = StaffId{5}};
    CHECK(check_team(team, roster).has_value());
    roster.people.front().is_active = false;
    CHECK(check_team(team, roster).error().refusals.front().code == "lead_unknown");
}

TEST_CASE("a leave has an order, an end to come and a length")
{
    const Instant now{1'000'000};
    const auto verdict = [now](Instant from, Instant to) {
        const auto checked = check_leave({{}, StaffId{1}, from, to, {}}, now);
        return checked ? std::string{} : checked.error().refusals.front().code;
    };
    CHECK(verdict({0}, {2'000'000}) == "");
    CHECK(verdict({3'000'000}, {3'000'000}) == "leave_order");
    CHECK(verdict({0}, {1'000'000}) == "leave_over");
    CHECK(verdict({0}, Instant{} + std::chrono::days{733}) == "leave_long");
}

TEST_CASE("a patch changes what it names, tidies lists, and nothing else")
{
    const auto before = good_person();
    CHECK(patched(before, StaffPatch{}) == before);
    StaffPatch patch;
    patch.display_name = "  张伟伟　";
    patch.roles = std::vector{Role::manager, Role::intake, Role::manager};
    patch.languages = std::vector<std::string>{"zh", "en", "zh"};
    const auto after = patched(before, patch);
    CHECK(after.display_name == "张伟伟");
    CHECK(after.roles == std::vector{Role::intake, Role::manager});
    CHECK(after.languages == std::vector<std::string>{"en", "zh"});
    CHECK(after.login == before.login);
    CHECK(after.is_admin == before.is_admin);
}

TEST_CASE("times of day go there and back")
{
    for (const auto* wrong : {"", "9:00", "24:01", "12:60", "12-30", "1a:00", "12:300", "-1:00"})
        CHECK_FALSE(parse_minute(wrong).has_value());
    CHECK(parse_minute("24:00") == 1440);
    CHECK(rc::check("every minute", [] {
        const auto minute = *rc::gen::inRange<std::int64_t>(0, 1441);
        RC_ASSERT(parse_minute(to_clock(minute)) == minute);
    }));
}

TEST_CASE("people and teams survive their documents")
{
    Staff person = good_person();
    person.version = 9;
    person.email = "wei@example.com";
    person.roles = {Role::intake, Role::external};
    person.is_admin = true;
    person.team = TeamId{3};
    person.limit_minor = 50'000;
    person.currency = "CNY";
    person.hours = {"Asia/Shanghai", {{{Weekday::mon, Weekday::sun}, 540, 60}}};
    person.must_change_password = true;
    Staff back;
    from_doc(parse_json(to_canonical_json(to_doc(person))), back);
    CHECK(back == person);
}

}  // namespace
}  // namespace redress::staff
