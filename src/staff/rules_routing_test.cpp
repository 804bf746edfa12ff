#include "staff/rules_routing.hpp"

#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>
#include <random>
#include <rapidcheck.h>

namespace redress::staff {
namespace {

using cases::Role;

// Friday 2026-11-20T02:00:00Z, 10:00 in Shanghai.
const Instant friday_morning = *parse_rfc3339("2026-11-20T02:00:00Z");
const Instant friday_night = *parse_rfc3339("2026-11-20T15:00:00Z");

Hours office_hours()
{
    using enum Weekday;
    return {.tz = "Asia/Shanghai", .shifts = {{{mon, tue, wed, thu, fri}, 9 * 60, 18 * 60}}};
}

/// A handler in office hours who speaks Chinese and knows a little of everything.
Staff handler(std::int64_t id)
{
    Staff person;
    person.id = StaffId{id};
    person.roles = {Role::intake};
    person.languages = {"zh"};
    person.hours = office_hours();
    person.is_active = true;
    return person;
}

struct Scene {
    Roster roster;
    std::vector<std::int64_t> loads;
    StaffId default_owner;

    Staff& add(Staff person, std::int64_t load = 0)
    {
        loads.push_back(load);
        return roster.people.emplace_back(std::move(person));
    }
    [[nodiscard]] std::vector<Candidate> candidates() const
    {
        std::vector<Candidate> all;
        for (std::size_t i = 0; i < roster.people.size(); ++i)
            all.push_back({&roster.people[i], loads[i]});
        return all;
    }
    [[nodiscard]] Routing route(const RoutingQuestion& question) const
    {
        return choose_owner(candidates(), question, roster, default_owner);
    }
    [[nodiscard]] std::int64_t owner(const RoutingQuestion& question) const
    {
        return route(question).owner.value;
    }
};

RoutingQuestion at(Instant when)
{
    return {.category = {}, .language = {}, .subject_staff = {}, .team = {}, .at = when};
}

TEST_CASE("the fewest open cases decide between equals, then the lower id")
{
    Scene scene;
    scene.add(handler(1), 5);
    scene.add(handler(2), 3);
    scene.add(handler(3), 3);
    const auto routing = scene.route(at(friday_morning));
    CHECK(routing.owner == StaffId{2});
    CHECK(routing.reason == RoutingReason::working);
    CHECK(routing.open_cases == 3);
}

TEST_CASE("language comes before team, team before category, category before load")
{
    Scene scene;
    scene.roster.teams = {{.id = TeamId{50}}, {.id = TeamId{51}, .parent = TeamId{50}}};
    scene.add(handler(1), 0);
    auto question = at(friday_morning);
    question.language = "zh";
    question.team = TeamId{50};
    question.category = "loans";

    scene.add(handler(2), 9).categories = {"loans"};
    CHECK(scene.owner(question) == 2);
    scene.add(handler(3), 20).team = TeamId{51};
    CHECK(scene.owner(question) == 3);
    auto& english = scene.add(handler(4), 0);
    english.team = TeamId{50};
    english.categories = {"loans"};
    english.languages = {"en"};
    CHECK(scene.owner(question) == 3);
    question.language = "en";
    CHECK(scene.owner(question) == 4);
    CHECK(scene.route(question).knows_category);
}

TEST_CASE("a generalist comes before a specialist in something else")
{
    Scene scene;
    scene.add(handler(1), 0).categories = {"cards"};
    scene.add(handler(2), 7);
    auto question = at(friday_morning);
    question.category = "loans";
    CHECK(scene.owner(question) == 2);
}

TEST_CASE("who is at work comes before whoever is not, and leave excludes")
{
    Scene scene;
    scene.add(handler(1), 0);
    auto& night = scene.add(handler(2), 30);
    night.hours = {.tz = "Asia/Shanghai", .shifts = {{{Weekday::fri}, 22 * 60, 6 * 60}}};
    CHECK(scene.owner(at(friday_morning)) == 1);
    CHECK(scene.owner(at(friday_night)) == 2);
    scene.roster.leaves = {
        {.id = {},
         .staff = StaffId{2},
         .from = friday_morning,
         .to = friday_night + Micros{1},
         .reason = {}}};
    const auto routing = scene.route(at(friday_night));
    CHECK(routing.owner == StaffId{1});
    CHECK(routing.reason == RoutingReason::off_hours);
    CHECK(scene.owner(at(friday_night + Micros{1})) == 2);
}

TEST_CASE("without a handler the lead, then the default owner, then anybody gets the case")
{
    Scene scene;
    auto manager = handler(1);
    manager.roles = {Role::manager};
    auto lead = handler(2);
    lead.roles = {Role::manager};
    auto clerk = handler(3);
    clerk.roles = {Role::auditor};
    scene.add(clerk);
    scene.add(manager);
    scene.add(lead);
    std::ranges::sort(scene.roster.people, {}, &Staff::id);
    scene.roster.teams = {
        {.id = TeamId{50}, .lead = StaffId{2}},
        {.id = TeamId{51}, .parent = TeamId{50}}};
    scene.default_owner = StaffId{1};
    auto question = at(friday_morning);
    question.team = TeamId{51};
    CHECK(
        scene.route(question) == Routing{.owner = StaffId{2}, .reason = RoutingReason::team_lead}
    );
    question.subject_staff = StaffId{2};
    CHECK(
        scene.route(question) ==
        Routing{.owner = StaffId{1}, .reason = RoutingReason::default_owner}
    );
    scene.roster.people[0].is_active = false;
    CHECK(scene.route(question) == Routing{.owner = StaffId{3}, .reason = RoutingReason::anybody});
    scene.roster.people[2].is_active = false;
    CHECK(scene.route(question) == Routing{});
}

Staff any_person(std::int64_t id)
{
    auto person = handler(id);
    person.is_active = *rc::gen::weightedElement<bool>({{4, true}, {1, false}});
    if (*rc::gen::arbitrary<bool>())
        person.roles = {Role::manager};
    if (*rc::gen::arbitrary<bool>())
        person.languages = {"en", "zh"};
    if (*rc::gen::arbitrary<bool>())
        person.categories = {"loans"};
    if (*rc::gen::arbitrary<bool>())
        person.hours = {};
    person.team = TeamId{*rc::gen::element<std::int64_t>(0, 50, 51)};
    return person;
}

Scene any_scene()
{
    Scene scene;
    const auto size = *rc::gen::inRange<std::int64_t>(0, 8);
    for (std::int64_t id = 1; id <= size; ++id) {
        scene.add(any_person(id), *rc::gen::inRange<std::int64_t>(0, 4));
        if (*rc::gen::weightedElement<bool>({{1, true}, {3, false}}))
            scene.roster.leaves.push_back(
                {.id = {},
                 .staff = StaffId{id},
                 .from = friday_morning,
                 .to = friday_night + Micros{1},
                 .reason = {}}
            );
    }
    scene.roster.teams = {
        {.id = TeamId{50}, .lead = StaffId{*rc::gen::inRange<std::int64_t>(0, 9)}},
        {.id = TeamId{51}, .parent = TeamId{50}}};
    scene.default_owner = StaffId{*rc::gen::inRange<std::int64_t>(0, 9)};
    return scene;
}

RoutingQuestion any_question()
{
    return {
        .category = *rc::gen::element<std::string>("", "loans", "cards"),
        .language = *rc::gen::element<std::string>("", "zh", "en"),
        .subject_staff = StaffId{*rc::gen::inRange<std::int64_t>(0, 9)},
        .team = TeamId{*rc::gen::element<std::int64_t>(0, 50, 51)},
        .at = *rc::gen::element(friday_morning, friday_night)};
}

TEST_CASE("routing keeps its promises whoever there is")
{
    CHECK(rc::check(
        "never the subject, never an inactive person, always somebody if there is one",
        [] {
            const auto scene = any_scene();
            const auto question = any_question();
            const auto routing = scene.route(question);
            const bool has_somebody =
                std::ranges::any_of(scene.roster.people, [&](const Staff& person) {
                    return person.is_active && person.id != question.subject_staff;
                });
            RC_ASSERT(static_cast<bool>(routing.owner) == has_somebody);
            RC_ASSERT((routing.reason == RoutingReason::nobody) == !has_somebody);
            if (!routing.owner)
                return;
            RC_ASSERT(routing.owner != question.subject_staff);
            RC_ASSERT(scene.roster.find(routing.owner)->is_active);
        }
    ));
    CHECK(rc::check("the order of the candidates does not matter", [] {
        const auto scene = any_scene();
        const auto question = any_question();
        auto candidates = scene.candidates();
        std::mt19937 shuffler{*rc::gen::arbitrary<unsigned>()};
        std::ranges::shuffle(candidates, shuffler);
        const auto shuffled = choose_owner(candidates, question, scene.roster, scene.default_owner);
        RC_ASSERT(shuffled == scene.route(question));
    }));
    CHECK(rc::check("nobody off hours while a handler is at work", [] {
        const auto scene = any_scene();
        const auto question = any_question();
        const bool has_working = std::ranges::any_of(scene.roster.people, [&](const Staff& person) {
            return person.is_active && person.id != question.subject_staff &&
                   handles_cases(person) && is_working(person.hours, question.at) &&
                   !scene.roster.is_away(person.id, question.at);
        });
        RC_ASSERT((scene.route(question).reason == RoutingReason::working) == has_working);
    }));
}

TEST_CASE("an escalation finds its people")
{
    Roster roster;
    const auto add = [&roster](std::int64_t id, std::vector<Role> roles, std::int64_t team) {
        auto person = handler(id);
        person.roles = std::move(roles);
        person.team = TeamId{team};
        roster.people.push_back(std::move(person));
    };
    add(1, {Role::intake}, 51);
    add(2, {Role::manager}, 51);
    add(3, {Role::manager}, 50);
    add(4, {Role::compliance, Role::manager}, 0);
    add(5, {Role::executive}, 0);
    roster.teams = {
        {.id = TeamId{50}, .lead = StaffId{3}},
        {.id = TeamId{51}, .parent = TeamId{50}, .lead = StaffId{2}}};
    const auto who = [&](Role role, EscalationQuestion question) {
        std::vector<std::int64_t> ids;
        for (const auto id : who_is(role, question, roster))
            ids.push_back(id.value);
        return ids;
    };
    using Ids = std::vector<std::int64_t>;
    CHECK(who(Role::owner, {StaffId{1}, {}, {}}) == Ids{1});
    CHECK(who(Role::manager, {StaffId{1}, {}, {}}) == Ids{2});
    CHECK(who(Role::manager, {StaffId{2}, {}, {}}) == Ids{3});
    CHECK(who(Role::manager, {StaffId{1}, StaffId{2}, {}}) == Ids{3});
    CHECK(who(Role::manager, {StaffId{1}, {}, TeamId{50}}) == Ids{3});
    CHECK(who(Role::manager, {StaffId{5}, {}, {}}) == Ids{2, 3, 4});
    CHECK(who(Role::compliance, {StaffId{1}, {}, {}}) == Ids{4});
    CHECK(who(Role::compliance, {StaffId{1}, StaffId{4}, {}}).empty());
    roster.people[2].is_active = false;
    CHECK(who(Role::manager, {StaffId{2}, {}, {}}) == Ids{2, 4});
}

TEST_CASE("an escalation tells at most twenty")
{
    Roster roster;
    for (std::int64_t id = 1; id <= 30; ++id) {
        auto person = handler(id);
        person.roles = {Role::executive};
        roster.people.push_back(person);
    }
    const auto found = who_is(Role::executive, {}, roster);
    CHECK(found.size() == max_escalation_targets);
    CHECK(found.back() == StaffId{20});
}

}  // namespace
}  // namespace redress::staff
