#include "app/house_for_tests.hpp"
#include "cases/store.hpp"
#include "desk/search_page.hpp"
#include "messages/store_attachments.hpp"
#include "search/rules_question.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace redress::app {
namespace {

constexpr const char* furious =
    "你们就是骗子！打了五次电话没人管，气死我了，再不退款我就找律师起诉你们，还要在微博曝光！";

cases::Actor customer()
{
    cases::Actor actor;
    actor.name = "customer:1";
    actor.roles = {cases::Role::customer};
    return actor;
}

Receipt file_by(TestProgram& program, std::string_view channel, std::string_view words)
{
    const cases::Command receive{
        "receive",
        {{"channel", channel},
         {"raw_content", words},
         {"description", words},
         {"complainant_name", "王女士"}},
        program.handler(),
        std::nullopt};
    const auto receipt = program->door.file({receive, true, true, {}});
    REQUIRE(receipt);
    return *receipt;
}

cases::Case case_of(TestProgram& program, CaseId id)
{
    return *program->database.read([&](db::Tx& tx) { return cases::find_case(tx, id); });
}

void give(TestProgram& program, CaseId id, const cases::Command& command)
{
    const auto receipt = program->door.submit(id, command, std::nullopt);
    CAPTURE(command.verb);
    REQUIRE(receipt);
}

bool has_risk(const cases::Case& value, std::string_view risk)
{
    const auto* risks = value.facts.if_contains("risk_flags");
    return risks != nullptr && std::ranges::any_of(risks->as_array(), [&](const json::value& one) {
               return one == json::string_view{risk};
           });
}

}  // namespace

TEST_CASE("D2, B4: a customer's own words are read, and their risks escalate")
{
    for_each_program([](TestProgram& program) {
        const auto filed = case_of(program, file_by(program, "web", furious).id);
        CHECK(filed.anger == 3);
        REQUIRE(filed.read);
        CHECK(filed.read->feeling == "angry");
        CHECK(filed.read->version == 1);
        CHECK(has_risk(filed, "legal"));
        CHECK(has_risk(filed, "media"));
        CHECK(filed.escalation == 2);
        CHECK(case_of(program, file_by(program, "web", "请问发票什么时候寄出？").id).anger == 0);
        check_whole(*program);
    });
}

TEST_CASE("D2: what a colleague took down on the telephone is not scored, a written message is")
{
    for_each_program([](TestProgram& program) {
        const auto id = file_by(program, "phone", furious).id;
        CHECK_FALSE(case_of(program, id).read);
        CHECK(case_of(program, id).escalation == 0);
        give(
            program,
            id,
            {"receive_message", {{"text", furious}, {"channel", "wechat"}}, program.handler(), {}}
        );
        CHECK(case_of(program, id).anger == 3);
        CHECK(has_risk(case_of(program, id), "legal"));
    });
}

TEST_CASE("D2: anger falls by one step a message, and a correction says which reading it corrects")
{
    for_each_program([](TestProgram& program) {
        const auto id = file_by(program, "web", furious).id;
        give(program, id, {"receive_message", {{"text", "好的"}}, customer(), {}});
        const auto calmer = case_of(program, id);
        CHECK(calmer.anger == 2);
        CHECK(calmer.anger_at_most == 3);
        CHECK_FALSE(calmer.read->is_corrected);

        give(program, id, {"set_emotion", {{"feeling", "calm"}}, program.handler(), {}});
        const auto corrected = case_of(program, id);
        CHECK(corrected.anger == 0);
        CHECK(corrected.read->is_corrected);
        const auto story = program->database.read([&](db::Tx& tx) {
            return ledger::list_of_entity(tx, {"case", id.value}, 0, 50);
        });
        const auto& last = story.back();
        REQUIRE(last.kind == "emotion_set");
        CHECK(int_at(parse_json(last.payload).as_object(), "corrects") == calmer.read->version);
        check_whole(*program);
    });
}

TEST_CASE("D1, E2: a file is found by its name in the message that brought it")
{
    for_each_program([](TestProgram& program) {
        const auto id = file_by(program, "web", "椅子断了").id;
        const auto file = program->database.write([&](db::Tx& tx) {
            return messages::add_attachment(
                tx,
                {id, std::string(64, 'a'), "断裂的椅子腿.jpg", "image/jpeg", 10},
                program.clock().now(),
                "customer:1"
            );
        });
        REQUIRE(file);
        const json::array files{json::value_from(file->id)};
        give(
            program,
            id,
            {"receive_message", {{"text", "照片"}, {"attachments", files}}, customer(), {}}
        );
        const desk::SearchOrder order{
            search::read_question("椅子腿").value(),
            program.handler().staff,
            program.clock().now(),
            {},
            50};
        const auto page = program->database.read([&](db::Tx& tx) {
            return desk::search_cases(tx, order, *program->staff.directory.roster());
        });
        REQUIRE(page.found.size() == 1);
        CHECK(page.found[0].kind == "message_received");
    });
}

}  // namespace redress::app
