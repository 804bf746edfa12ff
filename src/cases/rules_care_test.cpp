#include "cases/case_for_tests.hpp"

#include <doctest/doctest.h>

using namespace redress;
using namespace redress::cases;

TEST_CASE("E1: the first reply says a name, restates the matter and gives a next step with a time")
{
    const auto value = registered();
    json::object inputs{
        {"text", "您好，我马上处理。"},
        {"restated", "东西坏了"},
        {"next_step", "回电"},
        {"next_step_at", "2026-11-20T11:00:00+08:00"}};
    const auto nameless =
        decide(value, {"respond_first", inputs, actor({}), std::nullopt}, context());
    CHECK(codes(nameless) == std::set<std::string>{"needs.names_handler"});
    CHECK(nameless.error().refusals.front().field == "text");
    inputs["text"] = "您好，我是张敏，这件事由我负责。";
    const auto answered = after(
        value,
        {"respond_first", inputs, actor({}), std::nullopt},
        context(morning + std::chrono::minutes{20})
    );
    CHECK(next_due(answered) == at("2026-11-21T09:00:00+08:00"));
    inputs["next_step_at"] = "2026-11-20T08:00:00+08:00";
    const auto too_early =
        decide(value, {"respond_first", inputs, actor({}), std::nullopt}, context());
    CHECK(codes(too_early) == std::set<std::string>{"needs.next_step_and_when"});
    CHECK(too_early.error().refusals.front().field == "next_step_at");
}

TEST_CASE(
    "first the feeling, then the matter: settling on the spot waits for it, and an override is counted"
)
{
    auto value = registered();
    const json::object settle{
        {"customer_accepted", true},
        {"outcome", "goodwill"},
        {"lane", "fast"},
        {"severity", 1},
        {"customer_type", "rational"},
        {"need", "solution"},
        {"remedy_asked", "换一个"}};
    const auto refused =
        codes(decide(value, {"resolve_on_the_spot", settle, actor({}), std::nullopt}, context()));
    CHECK(refused.contains("needs.emotion_affirmed"));
    CHECK(refused.contains("gate_step"));
    for (const auto* step : {"listened", "restated", "affirmed"})
        value = after(
            value,
            {"take_emotion_step",
             {{"emotion_step", step}, {"quote", "气死了"}},
             actor({}),
             std::nullopt},
            context()
        );
    CHECK(value.emotion == EmotionStep::affirmed);
    const auto settled =
        after(value, {"resolve_on_the_spot", settle, actor({}), std::nullopt}, context());
    CHECK(settled.state == State::fulfilling);

    const auto upset = after(
        value,
        {"take_emotion_step",
         {{"emotion_step", "upset_again"}, {"quote", "又来"}},
         actor({}),
         std::nullopt},
        context()
    );
    CHECK(codes(decide(upset, {"resolve_on_the_spot", settle, actor({}), std::nullopt}, context()))
              .contains("needs.emotion_affirmed"));
    const auto overridden = after(
        upset,
        {"override_step",
         {{"step", "listen_before_solve"}, {"reason", "客户要求"}},
         actor({Role::manager}, colleague),
         std::nullopt},
        context()
    );
    CHECK(overridden.overrides_counted == 1);
    const auto done =
        after(overridden, {"resolve_on_the_spot", settle, actor({}), std::nullopt}, context());
    CHECK(done.state == State::fulfilling);
}

TEST_CASE("an override lifts what its step asks for, from the row and its own pack, and no more")
{
    auto value = registered();
    json::object settle{
        {"customer_accepted", true},
        {"outcome", "goodwill"},
        {"lane", "normal"},
        {"severity", 1},
        {"customer_type", "rational"},
        {"need", "solution"}};
    const auto refusals_of_settling = [&] {
        return codes(
            decide(value, {"resolve_on_the_spot", settle, actor({}), std::nullopt}, context())
        );
    };
    for (const auto* step : {"listen_before_solve", "ask_remedy"})
        value = after(
            value,
            {"override_step",
             {{"step", step}, {"reason", "客户已接受"}},
             actor({Role::manager}, colleague),
             std::nullopt},
            context()
        );
    CHECK(refusals_of_settling() == std::set<std::string>{"needs.fast_lane"});
    settle["lane"] = "fast";
    CHECK(refusals_of_settling().empty());
}

TEST_CASE(
    "E4: a promise gets a clock, breaks exactly once when it is due and counts as broken for ever"
)
{
    auto value = after(
        registered(),
        {"promise",
         {{"promise_text", "五点前回电"}, {"promise_due", "2026-11-20T17:00:00+08:00"}},
         actor({}),
         std::nullopt},
        context()
    );
    const Command tick{
        "tick",
        {},
        {.name = "system",
         .staff = {},
         .customer = {},
         .roles = {Role::system},
         .display_name = {}},
        std::nullopt};
    value = after(value, tick, context(at("2026-11-20T16:59:00+08:00")));
    CHECK(value.promises.front().state == PromiseState::open);
    value = after(value, tick, context(at("2026-11-20T17:00:00+08:00")));
    CHECK(value.promises.front().state == PromiseState::broken);
    const auto again = decide(value, tick, context(at("2026-11-20T17:00:00+08:00")));
    REQUIRE(again);
    CHECK(again->empty());
    value = after(
        value,
        {"keep_promise",
         {{"promise_no", 1}, {"promise_evidence", "已回电"}},
         actor({}),
         std::nullopt},
        context(at("2026-11-20T18:00:00+08:00"))
    );
    CHECK(value.promises.front().state == PromiseState::made_good);
    CHECK(value.promises.front().was_broken);
}

TEST_CASE("E5: redress above one's limit waits for a second person")
{
    auto value = after(
        registered(),
        {"propose_remedy",
         {{"remedy_kind", "refund"}, {"amount_minor", 60'000}, {"currency", "CNY"}},
         actor({}),
         std::nullopt},
        context()
    );
    CHECK(value.remedies.front().state == RemedyState::proposed);
    CHECK(codes(decide(
                    value,
                    {"approve_remedy", {{"remedy_no", 1}}, actor({}), std::nullopt},
                    context()
                ))
              .contains("needs.remedy_within_limit"));
    auto boss = actor({Role::manager}, colleague);
    boss.limit_minor = 100'000;
    value = after(value, {"approve_remedy", {{"remedy_no", 1}}, boss, std::nullopt}, context());
    CHECK(value.remedies.front().state == RemedyState::approved);
    const auto small = after(
        registered(),
        {"propose_remedy",
         {{"remedy_kind", "goodwill"}, {"amount_minor", 10'000}, {"currency", "CNY"}},
         actor({}),
         std::nullopt},
        context()
    );
    CHECK(small.remedies.front().state == RemedyState::approved);
}
