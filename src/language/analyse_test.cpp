#include "language/analyse.hpp"

#include "base/json.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace redress::language {
namespace {

json::object answer(std::string_view line)
{
    static Analyser analyser;
    const std::string said = analyser.answer(line);
    REQUIRE(said.find('\n') == std::string::npos);
    return parse_json(said).as_object();
}

}  // namespace

TEST_CASE("analyse: a customer's words are felt, not coached")
{
    const auto made =
        answer(R"({"text":"我要向银保监会投诉你们！","role":"customer","lang":"zh"})");
    CHECK(int_at(made, "tokens") > 5);
    CHECK(made.at("emotion").as_object().contains("anger"));
    REQUIRE(!made.at("risk").as_array().empty());
    const auto& risk = made.at("risk").as_array().front().as_object();
    CHECK(int_at(risk, "end") > int_at(risk, "begin"));
    CHECK(made.at("hints").as_array().empty());
    CHECK(made.at("promises").as_array().empty());
}

TEST_CASE("analyse: an agent's promise has its time and its place")
{
    const auto made = answer(
        R"({"text":"我明天下午五点前给您回电。","role":"agent","now":"2026-11-20T07:00:00Z","tz":"Asia/Shanghai","facts":{"our_fault":null,"first_reply":false}})"
    );
    REQUIRE(made.at("promises").as_array().size() == 1);
    const auto& promise = made.at("promises").as_array().front().as_object();
    CHECK(string_at(promise, "due") == "2026-11-21T09:00:00Z");
    CHECK(string_at(promise, "who") == "writer");
    CHECK(int_at(promise, "begin") == 0);
    CHECK(int_at(promise, "end") == 12);
    CHECK(int_at(promise.at("time").as_object(), "begin") == 1);
}

TEST_CASE("analyse: hints speak the language of the text or the one asked for")
{
    const auto title_of_blame = [](const char* line) {
        const auto answered = answer(line);
        for (const auto& hint : answered.at("hints").as_array())
            if (string_at(hint.as_object(), "rule") == "blame_customer")
                return std::string{string_at(hint.as_object(), "title")};
        return std::string{};
    };
    CHECK(title_of_blame(R"({"text":"这是您自己没看清楚。","role":"agent"})") == "不要怪客户");
    CHECK(
        title_of_blame(R"({"text":"这是您自己没看清楚。","role":"agent","lang":"en"})") ==
        "Do not blame the customer"
    );
}

TEST_CASE("analyse: what cannot be read is told and the next line is read")
{
    for (const char* line :
         {"",
          "x",
          "[]",
          "{}",
          R"({"text":1,"role":"agent"})",
          R"({"text":"a"})",
          R"({"text":"a","role":"owner"})",
          R"({"text":"a","role":"agent","lang":"fr"})",
          R"({"text":"a","role":"agent","now":"yesterday"})",
          R"({"text":"a","role":"agent","tz":"Moon/Crater"})",
          R"({"text":"a","role":"agent","facts":[]})",
          R"({"text":"a","role":"agent","facts":{"our_fault":"no"}})",
          R"({"text":"a","role":"agent","facts":{"anger":9}})"}) {
        CAPTURE(line);
        CHECK(answer(line).contains("error"));
    }
    CHECK(answer(R"({"text":"","role":"agent"})").at("hints").as_array().empty());
}

TEST_CASE("analyse: any bytes get an answer")
{
    Analyser analyser;
    CHECK(rc::check([&](const std::string& line) {
        RC_ASSERT(analyser.answer(line).starts_with('{'));
    }));
}

}  // namespace redress::language
