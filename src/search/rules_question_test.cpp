#include "search/rules_question.hpp"

#include "search/rules_text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace redress::search {
namespace {

std::string refusal_of(std::string_view text)
{
    const auto question = read_question(text);
    return question ? "" : question.error().refusals.front().code;
}

TEST_CASE("D1: what people type becomes phrases")
{
    const struct {
        std::string_view typed;
        std::string_view fts5;
        std::string_view tsquery;
    } examples[] = {
        {"漏水", R"("漏水")", "('漏水')"},
        {"空调漏水", R"("空调 调漏 漏水")", "('空调' <-> '调漏' <-> '漏水')"},
        {"冰", R"("冰" *)", "('冰':*)"},
        {"Refund", R"("refund" *)", "('refund':*)"},
        {"ab", R"("ab")", "('ab')"},
        {R"("late delivery" 退款)",
         R"("late delivery" AND "退款")",
         "('late' <-> 'delivery') & ('退款')"},
        {"退款 -快递", R"(("退款") NOT ("快递"))", "('退款') & !('快递')"},
        {"退款abc", R"("退款" AND "abc")", "('退款') & ('abc')"},
        {"20261121-000042", R"("20261121 000042")", "('20261121' <-> '000042')"},
        {"ＶＩＰ 漏　水", R"("vip" * AND "漏" * AND "水" *)", "('vip':*) & ('漏':*) & ('水':*)"},
        {"退貨", R"("退货")", "('退货')"},
        {"12:30", R"("12 30")", "('12' <-> '30')"},
    };
    for (const auto& example : examples) {
        INFO(example.typed);
        const auto question = read_question(example.typed);
        REQUIRE(question);
        CHECK(to_fts5(*question) == example.fts5);
        CHECK(to_tsquery(*question) == example.tsquery);
    }
}

TEST_CASE("D1: filters are understood in both languages")
{
    const auto english =
        read_question("owner:me state:open due:<2h emotion:furious kind:complaint");
    const auto chinese = read_question("负责人：我 状态:未结 到期:<2小时 情绪:愤怒 类型:complaint");
    for (const auto& question : {english, chinese}) {
        REQUIRE(question);
        CHECK(question->wanted.empty());
        CHECK(question->is_mine);
        CHECK(question->is_open == true);
        CHECK(question->due_within == Micros{std::chrono::hours{2}});
        CHECK(question->least_anger == 3);
        CHECK(question->kind == "complaint");
    }
    CHECK(read_question("due:overdue")->due_within == Micros{0});
    CHECK(read_question("owner:zhang.min")->owner == "zhang.min");
    CHECK(read_question("state:deciding")->state == "deciding");
    CHECK(read_question("渠道:phone")->channel == "phone");
}

TEST_CASE("D1: what cannot be looked for is refused with what to do")
{
    CHECK(refusal_of("") == "search_empty");
    CHECK(refusal_of(" 。，！ ") == "search_empty");
    CHECK(refusal_of("-退款") == "search_only_unwanted");
    CHECK(refusal_of("colour:red") == "search_filter_unknown");
    CHECK(refusal_of("due:soon") == "search_value_unknown");
    CHECK(refusal_of("due:<99999999999999999999d") == "search_value_unknown");
    CHECK(refusal_of("emotion:bored") == "search_value_unknown");
    CHECK(refusal_of(std::string(201, 'a')) == "search_too_long");
    CHECK(refusal_of("a b c d e f g h i j k l m") == "search_too_long");
    CHECK(refusal_of("http://example.org") == "");
}

TEST_CASE("whatever is typed gives a refusal or phrases without syntax of either database")
{
    rc::check([](const std::string& typed) {
        const auto question = read_question(to_valid_utf8(typed));
        if (!question)
            return;
        for (const auto& phrase : question->wanted)
            for (const auto& token : phrase.tokens)
                RC_ASSERT(token.find_first_of("\"'\\&|!()<>:* ") == std::string::npos);
    });
}

TEST_CASE("an entry becomes tokens, and texts do not run on into each other")
{
    CHECK(to_token_list({"投诉", "处理"}) == "投诉 诉 ______ 处理 理");
    CHECK(to_tsvector({"AB 投诉"}) == "'ab':1 '投诉':2 '诉':3 ");
    CHECK(to_token_list({"。"}).empty());
    const std::string endless(200'000, 'x');
    CHECK(to_token_list({endless, "投诉"}).size() < 300'000);
}

TEST_CASE("an excerpt stands around what was found and marks it in characters")
{
    const std::string before(90, '.');
    const auto excerpt = excerpt_of({"标题", before + "退貨很慢，我要退货"}, {U"退货"});
    REQUIRE(excerpt.marks.size() == 2);
    CHECK(excerpt.marks[0] == language::Span{24, 26});
    CHECK(excerpt.marks[1] == language::Span{31, 33});
    CHECK(excerpt_of({"标题", "别的"}, {U"退货"}).text == "标题");
    CHECK(excerpt_of({}, {U"退货"}).text.empty());
}

}  // namespace
}  // namespace redress::search
