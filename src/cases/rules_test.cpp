#include "cases/case_for_tests.hpp"
#include "cases/rules_draft.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace redress;
using namespace redress::cases;

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

TEST_CASE("everything that a letter of a pack must contain has a name in both languages")
{
    const auto check = [](const std::string& id) {
        for (const auto lang : {Lang::zh, Lang::en})
            CHECK_MESSAGE(has_text(lang, "letter_element." + id), id);
    };
    for (const auto* pack : library().packs())
        for (const auto& letter : pack->letters) {
            std::ranges::for_each(letter.must_contain, check);
            std::ranges::for_each(letter.must_attach, check);
        }
}

TEST_CASE("whatever a pack asks for has a name of its own in both languages")
{
    const auto is_named = [](const policy::Pack& pack, const std::string& id) {
        const auto rule = std::ranges::find(pack.fields, id, &policy::FieldRule::id);
        return lifecycle().find_field(id) != nullptr || is_derived(id) ||
               (rule != pack.fields.end() && !rule->label.zh.empty());
    };
    for (const auto* pack : library().packs()) {
        for (const auto& asked : pack->ask_on_register)
            CHECK_MESSAGE(is_named(*pack, asked), pack->id, " ", asked);
        for (const auto& rule : pack->fields)
            CHECK_MESSAGE(is_named(*pack, rule.id), pack->id, " ", rule.id);
        for (const auto& ground : pack->decline_grounds)
            CHECK_MESSAGE(
                pack->ground_label(ground) != policy::in_plain_words(ground),
                pack->id,
                " ",
                ground
            );
    }
}

TEST_CASE("what a pack wants before a state can come with every row that leads there")
{
    const auto can_come = [](const Transition& row, const std::string& id) {
        return row.takes_pack_fields || is_derived(id) ||
               std::ranges::any_of(row.inputs, [&](const Input& one) { return one.field == id; });
    };
    const auto check = [&](const Transition& row, const policy::FieldRule& rule) {
        const auto state = named<State>(rule.required_at);
        if (state && leads_through(row, *state) && !row.skips_required_fields)
            CHECK_MESSAGE(can_come(row, rule.id), row.verb, " ", rule.id);
    };
    for (const auto& row : lifecycle().transitions())
        for (const auto* pack : library().packs())
            for (const auto& rule : pack->fields)
                check(row, rule);
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
