#include "cases/case_for_tests.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace redress;
using namespace redress::cases;

TEST_CASE("C1, B1: a complaint is owned and timed from the first second")
{
    const auto value = registered();
    CHECK(value.state == State::registered);
    CHECK(value.owner == owner);
    CHECK(value.version == 3);
    CHECK(next_due(value) == at("2026-11-20T10:00:00+08:00"));
    const auto named =
        std::ranges::find(value.clocks, "owner_named", [](const auto& c) { return c.key.id; });
    REQUIRE(named != value.clocks.end());
    CHECK(named->state == policy::ClockState::met);
}

TEST_CASE(
    "B1: handing over is an offer; until it is accepted the giver owns the case and nobody else may act as owner"
)
{
    const auto boss = actor({Role::intake}, colleague);
    auto with = context();
    with.other_staff = &boss;
    auto value = after(
        registered(),
        {"offer_handover",
         {{"to", colleague.value}, {"handover_note", "请今天回电"}},
         actor({}),
         std::nullopt},
        with
    );
    CHECK(value.owner == owner);
    const auto by_colleague = actor({}, colleague);
    CHECK(codes(decide(
                    value,
                    {"update_progress",
                     {{"progress_text", "x"}, {"next_update_at", "2026-11-21T09:00:00Z"}},
                     by_colleague,
                     std::nullopt},
                    context()
                ))
              .contains("role_forbids"));
    value = after(value, {"accept_handover", {}, by_colleague, std::nullopt}, context());
    CHECK(value.owner == colleague);
    CHECK(std::ranges::any_of(value.clocks, [](const auto& clock) {
        return clock.key.id == "handover_told" && policy::is_open(clock);
    }));
}

TEST_CASE("B2: nobody handles a complaint about themselves")
{
    auto inputs = received_inputs();
    inputs["subject_staff"] = owner.value;
    const auto value = after(
        new_case({1}, "r", colleague),
        {"receive", inputs, actor({Role::intake}, colleague), std::nullopt},
        context()
    );
    CHECK(codes(decide(
                    value,
                    {"add_note", {{"text", "x"}}, actor({Role::manager}), std::nullopt},
                    context()
                ))
              .contains("subject_may_not_handle"));
}

TEST_CASE("B4: severity and risk escalate in the command that brings them, once")
{
    const json::object assessed{
        {"severity", 4},
        {"safety_flag", true},
        {"complexity", "simple"},
        {"impact", "one"},
        {"urgency", "now"},
        {"expectation", "道歉"},
        {"lane", "normal"},
        {"customer_type", "victim"},
        {"need", "respect"}};
    const auto events =
        decide(registered(), {"assess", assessed, actor({}), std::nullopt}, context());
    REQUIRE(events);
    CHECK(std::ranges::count(*events, "escalated", &Event::kind) == 1);
    CHECK(std::ranges::count(*events, "safety_flagged", &Event::kind) == 1);
    const auto value =
        after(registered(), {"assess", assessed, actor({}), std::nullopt}, context());
    CHECK(value.escalation == 3);
    const auto more =
        decide(value, {"amend", {{"severity", 5}}, actor({}), std::nullopt}, context());
    REQUIRE(more);
    CHECK(std::ranges::count(*more, "escalated", &Event::kind) == 0);
}

TEST_CASE(
    "a time that is given lies between the receipt and now; a clock set back is nobody's fault"
)
{
    const auto value = registered();
    const auto note = [&](std::optional<Instant> when, Instant now) {
        return codes(decide(value, {"add_note", {{"text", "n"}}, actor({}), when}, context(now)));
    };
    const auto hour = std::chrono::hours{1};
    CHECK(note(morning - hour, morning) == std::set<std::string>{"time_before_receipt"});
    CHECK(note(morning + hour, morning) == std::set<std::string>{"time_in_future"});
    CHECK(note(morning, morning + hour).empty());
    CHECK(note({}, morning - hour).empty());
    const auto later = after(
        value,
        {"add_note", {{"text", "n"}}, actor({}), std::nullopt},
        context(morning - hour)
    );
    CHECK(later.version == value.version + 1);
}
