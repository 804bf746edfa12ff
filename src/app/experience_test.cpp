// What the house's own cases teach: similar cases, categories, the guide; through the routes.
#include "app/house_for_tests.hpp"
#include "app/reader_for_tests.hpp"
#include "cases/store.hpp"
#include "language/guide.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <doctest/doctest.h>

using namespace redress;
using namespace redress::app;

namespace {

Receipt file(TestProgram& program, json::object inputs)
{
    inputs["channel"] = "web";
    inputs["raw_content"] = inputs.at("description");
    const cases::Command receive{"receive", std::move(inputs), program.handler(), std::nullopt};
    const auto receipt = program->door.file({receive, true, true, {}});
    REQUIRE(receipt);
    return *receipt;
}

void give(TestProgram& program, CaseId id, const char* verb, json::object inputs)
{
    const auto done =
        program->door.submit(id, {verb, std::move(inputs), program.handler(), {}}, std::nullopt);
    REQUIRE_MESSAGE(done, verb << ": " << (done ? "" : done.error().refusals.front().code));
}

void learn(TestProgram& program)
{
    program->learner.keep_up(program.clock().now());
}

std::vector<std::int64_t> similar_to(TestProgram& program, CaseId id)
{
    const RouteReader reader{*program, program.handler()};
    std::vector<std::int64_t> ids;
    const auto answer = reader.get(fmt::format("/api/v1/cases/{}/similar", id.value));
    for (const auto& item : answer.at("items").as_array())
        ids.push_back(item.at("id").as_int64());
    return ids;
}

}  // namespace

TEST_CASE("A6: the same matter in other words is found, another matter is not")
{
    for_each_program([](TestProgram& program) {
        const auto first =
            file(program, {{"description", "空调外机噪音太大，整夜嗡嗡响，邻居都来敲门"}});
        static_cast<void>(file(program, {{"description", "快递把包裹放在驿站，没有通知我"}}));
        static_cast<void>(file(program, {{"description", "发票抬头开错了，要求重开"}}));
        static_cast<void>(file(program, {{"description", "会员积分无缘无故被清零"}}));
        const auto again =
            file(program, {{"description", "你们装的空调外机噪音吵得邻居投诉，整夜睡不着"}});
        learn(program);
        CHECK(similar_to(program, again.id) == std::vector{first.id.value});
        CHECK(similar_to(program, first.id) == std::vector{again.id.value});
    });
}

TEST_CASE(
    "A6: other complaints of the customer are there whatever they say, but none about the reader"
)
{
    for_each_program([](TestProgram& program) {
        const json::object phone{{"phone", "13800001111"}};
        const auto first =
            file(program, {{"description", "门店排队太久"}, {"complainant_contacts", phone}});
        const cases::Command about_reader{
            "receive",
            {{"channel", "web"},
             {"raw_content", "店员骂人"},
             {"description", "门店店员骂人"},
             {"complainant_contacts", phone},
             {"subject_staff", program.handler().staff.value}},
            program.lead(),
            std::nullopt};
        REQUIRE(program->door.file({about_reader, true, false, {}}));
        const auto second =
            file(program, {{"description", "退款没有到账"}, {"complainant_contacts", phone}});
        learn(program);
        CHECK(similar_to(program, second.id) == std::vector{first.id.value});
    });
}

TEST_CASE(
    "D3: categories are learnt from closed cases only, and a text without hint is left to a person"
)
{
    for_each_program([](TestProgram& program) {
        const RouteReader reader{*program, program.handler()};
        const auto suggest = [&](const char* text) {
            return reader.post("/api/v1/suggestions", {{"text", text}});
        };
        for (int i = 0; i < 12; ++i) {
            const auto late = file(
                program,
                {{"description", fmt::format("快递 {} 天没送到，物流一直不更新", i + 2)},
                 {"category", "物流"}}
            );
            const auto broken = file(
                program,
                {{"description", fmt::format("洗衣机第 {} 次漏水，维修没修好", i + 2)},
                 {"category", "质量"}}
            );
            for (const auto id : {late.id, broken.id})
                give(program, id, "withdraw", {{"withdrawal_evidence", "电话里说不用了"}});
            static_cast<void>(file(
                program,
                {{"description", fmt::format("物流单 {} 查不到", i)}, {"category", "未结"}}
            ));
        }
        CHECK(suggest("物流不更新").at("learnt_from") == 0);
        learn(program);
        const auto answer = suggest("买的东西快递十天了还没送到，物流信息不更新");
        CHECK(answer.at("learnt_from") == 24);
        CHECK(answer.at("guesses").at(0).at("category") == "物流");
        CHECK_FALSE(answer.at("words").as_array().empty());
        for (const auto& guess : answer.at("guesses").as_array())
            CHECK(guess.at("category") != "未结");
        CHECK(suggest("洗衣机又漏水了").at("guesses").at(0).at("category") == "质量");
        CHECK(suggest("……").at("is_unsure") == true);
    });
}

TEST_CASE(
    "E1, E7: the guide ticks what was done and speaks to the customer in the customer's language"
)
{
    for_each_program([](TestProgram& program) {
        const RouteReader reader{*program, program.handler(), "zh"};
        const auto id = file(
                            program,
                            {{"description", "The cashier shouted at me in front of everybody."},
                             {"language", "en"},
                             {"complainant_name", "Ms Reed"},
                             {"complainant_contacts", {{"email", "reed@example.org"}}},
                             {"remedy_asked", "An apology"}}
        ).id;
        const auto path = fmt::format("/api/v1/cases/{}/guide", id.value);
        auto guide = reader.get(path);
        CHECK(guide.at("next") == "accept");
        CHECK_FALSE(guide.contains("need"));
        give(
            program,
            id,
            "respond_first",
            {{"text",
              "My name is " + program.handler().display_name +
                  ". I am sorry you were shouted at; I read every word."},
             {"restated", "The cashier shouted at you in front of others."},
             {"next_step", "I speak with the shop manager."},
             {"next_step_at", to_rfc3339(program.clock().now() + std::chrono::hours{2})}}
        );
        give(
            program,
            id,
            "take_emotion_step",
            {{"emotion_step", "affirmed"}, {"quote", "shouted at me"}}
        );
        guide = reader.get(path);
        CHECK(guide.at("steps").at(0).at("is_done") == true);
        CHECK(guide.at("steps").at(1).at("is_done") == true);
        CHECK(guide.at("next") == "restate");

        give(program, id, "amend", {{"need", "respect"}, {"reason", "She asks for an apology."}});
        const auto need = reader.get(path).at("need").as_object();
        const auto* entry = language::built_in_guide().find(language::GuideOf::need, "respect");
        REQUIRE(entry != nullptr);
        CHECK(need.at("approach").at(0).as_string() == entry->approach.at(0).zh);
        CHECK(need.at("starters").at(0).as_string() == entry->starters.at(0).en);
        CHECK(
            need.at("objections").at(0).at("answer").as_string() ==
            entry->objections.at(0).answer.en
        );
    });
}

TEST_CASE(
    "D2: what handlers corrected comes out to be learnt from, a forgotten customer's words do not"
)
{
    for_each_program([](TestProgram& program) {
        const auto angry = file(program, {{"description", "真行啊，又给我寄错了"}});
        give(program, angry.id, "set_emotion", {{"feeling", "angry"}, {"anger", 2}});
        const auto gone = file(program, {{"description", "等了两个星期"}});
        give(program, gone.id, "set_emotion", {{"feeling", "sad"}});
        give(program, gone.id, "withdraw", {{"withdrawal_evidence", "电话"}});
        static_cast<void>(file(program, {{"description", "没有人更正过这一句"}}));
        CHECK(desk::list_corrected(program->database, 10).size() == 2);
        program->database.write([&](db::Tx& tx) {
            ledger::erase_personal(tx, {"case", gone.id.value});
        });
        const auto left = desk::list_corrected(program->database, 10);
        REQUIRE(left.size() == 1);
        CHECK(left[0].text == "真行啊，又给我寄错了");
        CHECK(left[0].feeling == "angry");
        CHECK(left[0].anger == 2);
    });
}
