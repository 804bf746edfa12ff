#include "cases/case_for_tests.hpp"
#include "desk/case_page.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>

using namespace redress;
using namespace redress::cases;

namespace {

json::object command_of(const Case& value, const Actor& who, std::string_view verb)
{
    const auto doc = parse_json(desk::write_commands(value, {who, Lang::en, true}, context()));
    for (const auto& item : doc.at("items").as_array())
        if (item.at("verb") == json::string_view{verb})
            return item.as_object();
    return {};
}

json::object input_of(const json::object& command, std::string_view field)
{
    for (const auto& input : command.at("inputs").as_array())
        if (input.at("field") == json::string_view{field})
            return input.as_object();
    return {};
}

std::set<std::string> values_of(const json::object& input)
{
    std::set<std::string> values;
    for (const auto& choice : input.at("choices").as_array())
        values.emplace(choice.at("value").as_string());
    return values;
}

std::set<std::string> missing_of(const json::object& command)
{
    std::set<std::string> missing;
    for (const auto& one : command.at("missing").as_array())
        missing.emplace(one.at("code").as_string());
    return missing;
}

Case overridden(Case value, const char* step)
{
    return after(
        std::move(value),
        {"override_step",
         {{"step", step}, {"reason", "客户要求"}},
         actor({Role::manager}, colleague),
         std::nullopt},
        context()
    );
}

}  // namespace

TEST_CASE("a step that was overridden is neither missing any more nor offered to be overridden")
{
    const auto lead = actor({Role::manager}, colleague);
    const auto before = registered();
    CHECK(missing_of(command_of(before, actor({}), "resolve_on_the_spot"))
              .contains("needs.emotion_affirmed"));
    const auto after_it = overridden(before, "listen_before_solve");
    const auto missing = missing_of(command_of(after_it, actor({}), "resolve_on_the_spot"));
    CHECK_FALSE(missing.contains("needs.emotion_affirmed"));
    CHECK_FALSE(missing.contains("gate_step"));

    const auto steps = [&](const Case& value) {
        return values_of(input_of(command_of(value, lead, "override_step"), "step"));
    };
    CHECK(steps(before).contains("listen_before_solve"));
    CHECK_FALSE(steps(after_it).contains("listen_before_solve"));
    CHECK(steps(after_it).contains("ask_remedy"));
}

TEST_CASE("what only a pack knows has the pack's label and shape, and is asked where it is wanted")
{
    auto inputs = received_inputs();
    inputs["sector"] = "bank";
    inputs["jurisdiction"] = "GB";
    const auto value = after(
        new_case({1}, "20261120-000001", owner),
        {"receive", inputs, actor({Role::intake}), std::nullopt},
        context()
    );
    const auto registering = command_of(value, actor({Role::intake}), "register");
    const auto eligible = input_of(registering, "eligible_complainant");
    CHECK(eligible.at("label") == "Eligible complainant (DISP 2.7)");
    CHECK(eligible.at("type") == "bool");
    CHECK(input_of(registering, "mifid").at("type") == "bool");
    CHECK(input_of(registering, "complainant").empty());
    CHECK(input_of(registering, "product_group").empty());
}

TEST_CASE("settling on the spot asks for what the states it passes want")
{
    auto inputs = received_inputs();
    inputs["source"] = "12345";
    const auto value = after(
        new_case({1}, "20261120-000001", owner),
        {"receive", inputs, actor({Role::intake}), std::nullopt},
        context()
    );
    auto passed = value;
    passed.state = State::registered;
    const auto settling = command_of(passed, actor({}), "resolve_on_the_spot");
    CHECK(input_of(settling, "report_of_violation_included").at("type") == "bool");
    CHECK(input_of(settling, "statutory_floor").at("type") == "prose");
    CHECK(
        input_of(command_of(passed, actor({Role::manager}), "decline"), "decline_ground")
            .at("choices")
            .as_array()
            .front()
            .at("label") == "Not about our product or service"
    );
}

TEST_CASE("a letter comes with what it must contain, and whether the case brings it along")
{
    const auto letter =
        input_of(command_of(registered(), actor({}), "send_letter"), "letter").at("parts");
    std::map<std::string, bool> is_there;
    for (const auto& part : letter.at("decision_letter").as_array())
        is_there[std::string{part.at("value").as_string()}] = part.at("is_there").as_bool();
    CHECK(is_there.at("handler_name"));
    CHECK(is_there.at("empathy"));
    CHECK_FALSE(is_there.at("what_we_found"));
    CHECK_FALSE(is_there.contains("blame_customer"));
    const auto& missed = letter.at("promise_missed").as_array();
    CHECK(std::ranges::none_of(missed, [](const auto& part) {
        return part.at("value") == "apology_admission";
    }));
}
