#include "language/fold.hpp"

#include "base/text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace redress;
using namespace redress::language;

namespace {

/// Texts of everything that people and attackers send: Han of both kinds, marks that combine,
/// compatibility forms, emoji, broken bytes.
rc::Gen<std::string> any_text()
{
    const auto piece = rc::gen::elementOf(std::vector<std::string>{
        "退款",
        "電話",
        "臺灣",
        "ａｂＣ",
        "ß",
        "ﬁ",
        "é",
        "e\xCC\x81",
        "\xCC\x81",
        "가",
        "\xE1\x84\x80\xE1\x85\xA1",
        "ｶﾞ",
        "①",
        "㈱",
        "😡",
        "👍🏽",
        "\xEF\xB8\x8F",
        "\xC2\xAD",
        "\xFF",
        "\xE6\x8A",
        "\xED\xA0\x80",
        std::string(1, '\0'),
        " ",
        "\n",
        "。",
        "“”",
        "don’t",
        "İ",
        "ΑΣ",
        "\xF0\xAF\xA0\x80",
        "𠮷",
        "\xE3\x80\x80",
        "A",
        "z",
        "9"});
    return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece), [](const auto& parts) {
        std::string text;
        for (const auto& part : parts)
            text += part;
        return text;
    });
}

}  // namespace

TEST_CASE("what reads the same folds to the same")
{
    const std::vector<std::pair<std::string, std::string>> table{
        {"Refund", "refund"},
        {"ＲＥＦＵＮＤ１２３", "refund123"},
        {"退貨、電話、臺灣、裡面、麼", "退货、电话、台湾、里面、么"},
        {"投訴後續處理", "投诉后续处理"},
        {"為爲甚麽", "为为甚么"},
        {"！？，：；（）", "!?,:;()"},
        {"don’t “say”", "don't \"say\""},
        {"STRASSE", "strasse"},
        {"Straße", "strasse"},
        {"e\xCC\x81", "é"},
        {"ｶﾞ", "ガ"},
        {"①㎏", "1kg"},
        {"等等…", "等等..."},
        {"a\xC2\xAD"
         "b",
         "ab"},
        {"❤\xEF\xB8\x8F", "❤"},
        {"a\xFF\xE6\x8A", "a\xEF\xBF\xBD\xEF\xBF\xBD\xEF\xBF\xBD"},
        {std::string("a\0b", 3), "a b"},
        {"", ""}};
    for (const auto& [text, folded] : table)
        CHECK(to_folded(text) == folded);
}

TEST_CASE("a folded stretch knows where it stood")
{
    const Folded folded{"Ａé e\xCC\x81 ﬁ 電\xFF話"};
    REQUIRE(folded.text() == U"aé é fi 电\xFFFD话");
    CHECK(folded.original(0, 1) == Span{0, 1});
    CHECK(folded.original(3, 4) == Span{3, 5});
    CHECK(folded.original(5, 6) == Span{6, 7});
    CHECK(folded.original(6, 7) == Span{6, 7});
    CHECK(folded.original(8, 11) == Span{8, 11});
    CHECK(folded.original(11, 11) == Span{11, 11});
    CHECK(folded.original_size() == 11);

    const FoldedBytes bytes{folded};
    const auto at = bytes.text().find("话");
    CHECK(bytes.original(at, at + 3) == Span{10, 11});
    CHECK(bytes.original(0, bytes.text().size()) == Span{0, 11});
}

TEST_CASE("folding again changes nothing, and spans run through the text in order")
{
    rc::check([] {
        const auto text = *any_text();
        const Folded once{text};
        const FoldedBytes bytes{once};
        RC_ASSERT(is_valid_utf8(bytes.text()));
        RC_ASSERT(to_folded(bytes.text()) == bytes.text());
        RC_ASSERT(once.original_size() == count_code_points(text));
        Span last{};
        for (std::size_t i = 0; i < once.size(); ++i) {
            const Span span = once.original(i, i + 1);
            RC_ASSERT(!span.empty() && span.begin >= last.begin && span.end >= last.end);
            RC_ASSERT(span == last || span.begin >= last.end);
            RC_ASSERT(span.end <= once.original_size());
            last = span;
        }
    });
}

TEST_CASE("folding does not depend on where a text is cut between words")
{
    rc::check([] {
        const auto before = *any_text();
        const auto after = *any_text();
        RC_ASSERT(
            to_folded(before + " | " + after) == to_folded(before) + " | " + to_folded(after)
        );
    });
}

TEST_CASE("every traditional form meets its simplified one")
{
    const std::string_view traditional =
        "這個訂單還沒發貨請儘快處理謝謝客服態度惡劣電視壞了無法開機維修師傅約時間賠償損失價錢問題";
    const std::string_view simplified =
        "这个订单还没发货请尽快处理谢谢客服态度恶劣电视坏了无法开机维修师傅约时间赔偿损失价钱问题";
    CHECK(to_folded(traditional) == simplified);
    CHECK(to_folded(simplified) == simplified);
}

TEST_CASE("a text is read up to its limit, and marks without end take no longer than words")
{
    std::string marks{"a"};
    while (marks.size() < max_text_bytes + 100)
        marks += "\xCC\x81";
    const Folded folded{marks};
    CHECK(folded.original_size() <= max_text_bytes);
    CHECK(folded.size() > 0);
    CHECK(folded.original(0, folded.size()).end == folded.original_size());
}
