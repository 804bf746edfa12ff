#include "cases/rules.hpp"

#include "base/catalogue.hpp"
#include "cases/rules_draft.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace redress;
using namespace redress::cases;

namespace {

constexpr StaffId owner{7};
constexpr StaffId colleague{8};

Instant at(std::string_view text)
{
    return *parse_rfc3339(text);
}
const Instant morning = at("2026-11-20T09:00:00+08:00");

const policy::Library& library()
{
    static const auto loaded = policy::Library::built_in({});
    return *loaded;
}

Context context(Instant now = morning)
{
    return {.lifecycle = lifecycle(), .policies = library(), .now = now, .organisation = {}};
}

Actor actor(std::set<Role> roles, StaffId staff = owner)
{
    return {
        .name = staff ? "staff:" + std::to_string(staff.value) : "customer:1",
        .staff = staff,
        .customer = {},
        .roles = std::move(roles),
        .display_name = "张敏",
        .limit_minor = 50'000};
}

json::object received_inputs()
{
    return {
        {"channel", "phone"},
        {"raw_content", "东西坏了"},
        {"description", "东西坏了"},
        {"complainant_name", "李雷"},
        {"remedy_unknown", true}};
}

Case after(Case value, const Command& command, const Context& with)
{
    const auto events = decide(value, command, with);
    REQUIRE_MESSAGE(
        events.has_value(),
        command.verb,
        ": ",
        events ? "" : say(Lang::en, events.error().refusals.front())
    );
    for (const auto& event : *events)
        value = apply(std::move(value), event);
    return value;
}

Case registered()
{
    const auto fresh = new_case({1}, "20261120-000001", owner);
    auto value = after(
        fresh,
        {"receive", received_inputs(), actor({Role::intake}), std::nullopt},
        context()
    );
    return after(value, {"register", {}, actor({Role::intake}), std::nullopt}, context());
}

std::set<std::string> codes(const Result<std::vector<Event>>& answer)
{
    std::set<std::string> all;
    if (!answer)
        for (const auto& refusal : answer.error().refusals)
            all.insert(refusal.code);
    return all;
}

}  // namespace

TEST_CASE(
    "every requirement of the lifecycle is known to the rules and says in both languages what is missing"
)
{
    for (const auto& row : lifecycle().transitions())
        for (const auto& need : row.needs) {
            CHECK_MESSAGE(knows_need(need, lifecycle()), row.verb, " ", need);
            if (need.find(':') != std::string::npos || need == "letter_complete" ||
                need == "letter_clean" || need == "received_at" || need == "extension_allowed")
                continue;
            for (const auto lang : {Lang::zh, Lang::en})
                CHECK_MESSAGE(has_text(lang, "refusal.needs." + need), need);
        }
}

TEST_CASE("every event that the lifecycle emits and every fact has a title in both languages")
{
    for (const auto& row : lifecycle().transitions())
        for (const auto& emitted : row.emits)
            for (const auto lang : {Lang::zh, Lang::en})
                CHECK_MESSAGE(
                    (emitted.starts_with('*') || has_text(lang, "event." + emitted)),
                    emitted
                );
    for (const auto& fact : lifecycle().facts())
        CHECK_MESSAGE(
            (has_text(Lang::zh, "event." + fact) && has_text(Lang::en, "event." + fact)),
            fact
        );
}

TEST_CASE("state x command x role: exactly what the lifecycle allows gets past state and role")
{
    std::size_t allowed = 0;
    const auto base = registered();
    for (const auto& row : lifecycle().transitions())
        for (int s = 0; s <= static_cast<int>(State::erased); ++s)
            for (int r = 0; r <= static_cast<int>(Role::system); ++r) {
                const auto role = static_cast<Role>(r);
                Case value = base;
                value.state = static_cast<State>(s);
                value.owner = role == Role::owner ? owner : StaffId{99};
                const auto who =
                    role == Role::owner
                        ? actor({})
                        : actor(
                              {role},
                              role == Role::customer || role == Role::proxy ? StaffId{} : owner
                          );
                const auto answer = decide(value, {row.verb, {}, who, std::nullopt}, context());
                const auto found = codes(answer);
                const bool fits_state = row.from.contains(value.state);
                const bool fits_role = row.who.contains(role);
                INFO(row.verb, " ", name_of(value.state), " ", name_of(role));
                CHECK(found.contains("state_forbids") == !fits_state);
                CHECK(found.contains("role_forbids") == (fits_state && !fits_role));
                allowed += fits_state && fits_role ? 1U : 0U;
            }
    CHECK(allowed > 1'000);
}

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

TEST_CASE("E1: the first reply says a name, restates the matter and gives a next step with a time")
{
    const auto value = registered();
    json::object inputs{
        {"text", "您好，我马上处理。"},
        {"restated", "东西坏了"},
        {"next_step", "回电"},
        {"next_step_at", "2026-11-20T11:00:00+08:00"}};
    CHECK(
        codes(decide(value, {"respond_first", inputs, actor({}), std::nullopt}, context())) ==
        std::set<std::string>{"needs.names_handler"}
    );
    inputs["text"] = "您好，我是张敏，这件事由我负责。";
    const auto answered = after(
        value,
        {"respond_first", inputs, actor({}), std::nullopt},
        context(morning + std::chrono::minutes{20})
    );
    CHECK(next_due(answered) == at("2026-11-21T09:00:00+08:00"));
    inputs["next_step_at"] = "2026-11-20T08:00:00+08:00";
    CHECK(
        codes(decide(value, {"respond_first", inputs, actor({}), std::nullopt}, context())) ==
        std::set<std::string>{"needs.next_step_and_when"}
    );
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
    CHECK(
        !codes(
             decide(overridden, {"resolve_on_the_spot", settle, actor({}), std::nullopt}, context())
        )
             .contains("gate_step")
    );
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
    "personal data never stand in the public half of an event, unknown and wrong inputs are told all at once"
)
{
    const auto fresh = new_case({1}, "r", owner);
    const auto events = decide(
        fresh,
        {"receive", received_inputs(), actor({Role::intake}), std::nullopt},
        context()
    );
    REQUIRE(events);
    for (const auto& event : *events) {
        const auto text = json::serialize(event.payload);
        CHECK(text.find("李雷") == std::string::npos);
        CHECK(text.find("东西坏了") == std::string::npos);
    }
    auto wrong = received_inputs();
    wrong["channel"] = "pigeon";
    wrong["is_admin"] = true;
    wrong["anonymous"] = "yes";
    CHECK(
        codes(decide(fresh, {"receive", wrong, actor({Role::intake}), std::nullopt}, context())) ==
        std::set<std::string>{"input_not_choice", "input_unknown", "input_not_bool"}
    );
}

TEST_CASE("a case is nothing but its events: its document gives it back, whatever happened")
{
    rc::check([](const std::vector<std::uint8_t>& choices) {
        auto value = registered();
        auto now = morning;
        const std::vector<Command> menu{
            {"take_emotion_step",
             {{"emotion_step", "listened"}, {"quote", "气"}},
             actor({}),
             std::nullopt},
            {"promise",
             {{"promise_text", "p"}, {"promise_due", "2026-12-20T17:00:00Z"}},
             actor({}),
             std::nullopt},
            {"receive_message", {{"text", "还没好？"}}, actor({Role::customer}, {}), std::nullopt},
            {"set_emotion", {{"feeling", "angry"}, {"anger", 3}}, actor({}), std::nullopt},
            {"propose_remedy", {{"remedy_kind", "apology"}}, actor({}), std::nullopt},
            {"tick",
             {},
             {.name = "system",
              .staff = {},
              .customer = {},
              .roles = {Role::system},
              .display_name = {}},
             std::nullopt},
            {"escalate", {{"reason", "r"}}, actor({}), std::nullopt},
            {"withdraw", {{"withdrawal_evidence", "e"}}, actor({Role::customer}, {}), std::nullopt},
        };
        for (const auto choice : choices) {
            now = now + std::chrono::minutes{7 * (choice + 1)};
            const auto events = decide(value, menu[choice % menu.size()], context(now));
            for (const auto& event : events.value_or(std::vector<Event>{}))
                value = apply(std::move(value), event);
            RC_ASSERT(static_cast<bool>(value.owner));
            RC_ASSERT(to_json(from_json(to_json(value))) == to_json(value));
        }
    });
}
