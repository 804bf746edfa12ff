#include "intake/accept.hpp"

#include "intake/command.hpp"
#include "intake/desk_for_tests.hpp"

#include <rapidcheck.h>

namespace redress::intake {
namespace {

using namespace std::string_literals;

Inbound message(std::string id, std::string text)
{
    return {
        .channel = "email",
        .external_id = std::move(id),
        .sender = {"王女士", {{"email", "wang@example.cn"}}},
        .subject = "慢",
        .text = text,
        .received_at = test_now,
        .raw = "Subject: =?x?=\r\n\r\n" + text,
    };
}

TEST_CASE("what comes in is filed with all that the channel knows, and kept as it came")
{
    for_each_desk([](TestDesk& desk) {
        const auto inbound = message("<1@x>", "服务太慢");
        const auto outcome = desk.accept_one(inbound);
        REQUIRE(outcome);
        CHECK(outcome->fate == Fate::filed);
        const auto filed = desk.filed();
        REQUIRE(filed.size() == 1);
        CHECK(filed[0].at("channel") == "email");
        CHECK(filed[0].at("language") == "zh");
        CHECK(filed[0].at("raw_content") == "服务太慢");
        CHECK(filed[0].at("received_at") == "2026-11-21T12:00:00Z");
        CHECK(filed[0].at("complainant_contacts").at("email") == "wang@example.cn");
        const auto raw =
            desk.database->read([&](db::Tx& tx) { return list_raw(tx, outcome->case_id, {}); });
        REQUIRE(raw.size() == 1);
        CHECK(raw[0].bytes == inbound.raw);
        CHECK(raw[0].external_id == "<1@x>");
    });
}

TEST_CASE("the same again is the same case; the same id with other contents is a case of its own")
{
    for_each_desk([](TestDesk& desk) {
        const auto first = desk.accept_one(message("<1@x>", "slow"));
        const auto again = desk.accept_one(message("<1@x>", "slow"));
        REQUIRE(again);
        CHECK(*again == Outcome{first->case_id, Fate::duplicate});
        const auto other = desk.accept_one(message("<1@x>", "rude"));
        REQUIRE(other);
        CHECK(other->fate == Fate::conflicting);
        CHECK(other->case_id != first->case_id);
        CHECK(desk.filed().at(1).at("resembles") == first->case_id.value);
        CHECK(desk.accept_one(message("<1@x>", "rude"))->case_id == other->case_id);
        auto elsewhere = message("<1@x>", "slow");
        elsewhere.channel = "web";
        CHECK(desk.accept_one(elsewhere)->fate == Fate::filed);
        CHECK(desk.filed().size() == 3);
    });
}

TEST_CASE("without an id of the channel no two are the same")
{
    for_each_desk([](TestDesk& desk) {
        CHECK(desk.accept_one(message("", "slow"))->fate == Fate::filed);
        CHECK(desk.accept_one(message("", "slow"))->fate == Fate::filed);
        CHECK(desk.filed().size() == 2);
    });
}

TEST_CASE("what the rules refuse becomes a case for a human, where nobody can be told")
{
    for_each_desk([](TestDesk& desk) {
        const auto outcome = desk.accept_one(message("<1@x>", "refuse"));
        REQUIRE(outcome);
        CHECK(outcome->fate == Fate::needs_human);
        const auto filed = desk.filed();
        CHECK(filed.at(0).at("needs_human_flag") == true);
        CHECK(filed.at(0).at("raw_content") == "refuse");
        CHECK_FALSE(filed.at(0).contains("description"));
        CHECK(desk.accept_one(message("<1@x>", "refuse"))->fate == Fate::duplicate);
    });
}

TEST_CASE("who can be told is told, and nothing is kept")
{
    for_each_desk([](TestDesk& desk) {
        const auto refused = desk.accept_one(message("<1@x>", "refuse"), Unwanted::refuse);
        REQUIRE_FALSE(refused);
        CHECK(refused.error().refusals.at(0).code == "input_missing");
        CHECK(desk.accept_one(message("<1@x>", "better"), Unwanted::refuse)->fate == Fate::filed);
        const auto conflict = desk.accept_one(message("<1@x>", "worse"), Unwanted::refuse);
        REQUIRE_FALSE(conflict);
        CHECK(conflict.error().kind == Denial::conflict);
        CHECK(conflict.error().refusals.at(0).code == "intake_same_id_other_content");
        CHECK(desk.filed().size() == 1);
    });
}

TEST_CASE("bytes that are no text are kept bit by bit, until they are forgotten")
{
    for_each_desk([](TestDesk& desk) {
        auto inbound = message("<1@x>", "slow");
        inbound.raw = "\xC4\xE3\0\xFF\r\n"s;
        const auto outcome = desk.accept_one(inbound);
        const auto raw = [&] {
            return desk.database->read([&](db::Tx& tx) {
                return list_raw(tx, outcome->case_id, {});
            });
        };
        CHECK(raw().at(0).bytes == inbound.raw);
        CHECK(desk.database->write([&](db::Tx& tx) {
            return forget_raw(tx, outcome->case_id);
        }) == 1);
        CHECK_FALSE(raw().at(0).bytes);
        CHECK(desk.accept_one(inbound)->fate == Fate::duplicate);
    });
}

TEST_CASE("a message without words or beyond all limits still makes a command")
{
    const cases::Actor actor{};
    CHECK(to_command({.channel = "email"}, actor).inputs.at("raw_content") == "—");
    auto endless = message("", std::string(100'000, 'x'));
    endless.subject = std::string(1'000, 'y');
    const auto inputs = to_command(endless, actor).inputs;
    CHECK(inputs.at("raw_content").as_string().size() == 20'000);
    CHECK(inputs.at("subject").as_string().size() == 500);
    CHECK(language_of("I waited two hours") == "en");
    CHECK(language_of("waited 两 hours") == "zh");
}

}  // namespace
}  // namespace redress::intake
