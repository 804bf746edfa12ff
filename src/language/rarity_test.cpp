#include "language/rarity.hpp"

#include <doctest/doctest.h>

namespace redress::language {

TEST_CASE("telling words are pairs of Han characters and words, each once and sorted")
{
    CHECK(telling_tokens("退款 退款! a Refund", 100) == std::vector<std::string>{"refund", "退款"});
    CHECK(telling_tokens("", 100).empty());
    CHECK(telling_tokens("一二三四五六", 3).size() == 3);
}

TEST_CASE("the rarer a word the heavier, and a word nobody has used weighs most")
{
    Rarity rarity;
    for (int i = 0; i < 9; ++i)
        rarity.learn(telling_tokens(i < 2 ? "空调 噪音" : "快递 噪音", 100));
    CHECK(rarity.texts() == 9);
    CHECK(rarity.texts_with("空调") == 2);
    CHECK(rarity.weight("空调") > rarity.weight("快递"));
    CHECK(rarity.weight("发票") > rarity.weight("空调"));
    CHECK(rarity.weight("噪音") > 0);
}

}  // namespace redress::language
