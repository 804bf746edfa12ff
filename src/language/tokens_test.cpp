#include "language/tokens.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <set>

using namespace redress::language;

namespace {

struct Copy {
    std::string text;
    std::uint32_t position{};
    Span span;
    bool is_prefix{};
};

std::vector<Copy> tokens_of(std::string_view text, TokenUse use)
{
    const Folded folded{text};
    TokenReader reader{folded, use};
    std::vector<Copy> tokens;
    while (const auto token = reader.next())
        tokens.push_back({std::string{token->text}, token->position, token->span, token->is_prefix}
        );
    return tokens;
}

std::string joined(std::string_view text, TokenUse use)
{
    std::string all;
    for (const auto& token : tokens_of(text, use))
        all += token.text + (token.is_prefix ? "* " : " ");
    return all;
}

/// Whether the query stands somewhere in the text with its own distances.
bool finds(std::string_view text, std::string_view query)
{
    const auto words = tokens_of(query, TokenUse::query);
    std::set<std::pair<std::uint32_t, std::string>> index;
    for (const auto& token : tokens_of(text, TokenUse::index))
        index.emplace(token.position, token.text);
    const auto stands_at = [&](std::uint32_t start) {
        for (const auto& word : words) {
            const auto place = std::pair{start + word.position - words.front().position, word.text};
            const auto found = index.lower_bound(place);
            const bool matches = found != index.end() && found->first == place.first &&
                                 (word.is_prefix ? found->second.starts_with(word.text)
                                                 : found->second == word.text);
            if (!matches)
                return false;
        }
        return true;
    };
    for (const auto& [position, word] : index)
        if (stands_at(position))
            return true;
    return words.empty();
}

}  // namespace

TEST_CASE("Han runs give pairs and their last character, others words")
{
    CHECK(joined("空調漏水", TokenUse::index) == "空调 调漏 漏水 水 ");
    CHECK(joined("空调漏水", TokenUse::query) == "空调 调漏 漏水 ");
    CHECK(joined("水", TokenUse::index) == "水 ");
    CHECK(joined("水", TokenUse::query) == "水* ");
    CHECK(joined("iPhone14 Pro，ＰＲＯ", TokenUse::index) == "iphone14 pro pro ");
    CHECK(joined("买iPhone退款", TokenUse::query) == "买* iphone 退款 ");
    CHECK(joined("don't re-send C-2026_1", TokenUse::index) == "don t re send c 2026_1 ");
    CHECK(joined("Καφές müde 안녕", TokenUse::index) == "καφέσ müde 안녕 ");
    CHECK(joined("カーテン", TokenUse::index) == "カー ーテ テン ン ");
    CHECK(joined("！？。 😡\xFF", TokenUse::index).empty());
    CHECK(joined("", TokenUse::query).empty());
}

TEST_CASE("tokens say where they stand")
{
    const auto tokens = tokens_of("退 款單 A1", TokenUse::index);
    REQUIRE(tokens.size() == 4);
    CHECK(tokens[0].span == Span{0, 1});
    CHECK(tokens[1].span == Span{2, 4});
    CHECK(tokens[2].span == Span{3, 4});
    CHECK(tokens[3].span == Span{5, 7});
    CHECK(tokens[3].position == 3);
    CHECK(count_tokens(Folded{"退 款單 A1"}) == 4);
}

TEST_CASE("a long word is cut, never lost")
{
    const std::string word(max_word_characters * 3 + 5, 'x');
    const auto tokens = tokens_of(word, TokenUse::index);
    REQUIRE(tokens.size() == 4);
    CHECK(tokens[0].text.size() == max_word_characters);
    CHECK(tokens[3].text.size() == 5);
}

TEST_CASE("every stretch of Han characters of a text is found in it")
{
    rc::check([] {
        const auto piece = rc::gen::elementOf(
            std::vector<std::string>{"退", "款", "電", "水", "客", "服", "a", "1", " ", "，", "b2"}
        );
        const auto parts = *rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(piece));
        const auto begin = *rc::gen::inRange<std::size_t>(0, parts.size());
        const auto end = *rc::gen::inRange<std::size_t>(begin + 1, parts.size() + 1);
        std::string text;
        std::string query;
        for (std::size_t i = 0; i < parts.size(); ++i) {
            text += parts[i];
            if (i >= begin && i < end)
                query += parts[i];
        }
        const bool cuts_a_word =
            (begin > 0 && is_word(static_cast<unsigned char>(parts[begin - 1].back()))) ||
            (end < parts.size() && is_word(static_cast<unsigned char>(parts[end].front())));
        RC_PRE(!cuts_a_word);
        RC_ASSERT(finds(text, query));
    });
}

TEST_CASE("what is not in a text is not found in it")
{
    CHECK(finds("空调漏水三天没人修", "漏水三天"));
    CHECK(finds("空调漏水三天没人修", "修"));
    CHECK(!finds("空调漏水三天没人修", "漏三"));
    CHECK(!finds("空调漏水三天没人修", "水漏"));
    CHECK(!finds("空调 漏水", "空调漏"));
    CHECK(!finds("refunded", "refund"));
}
