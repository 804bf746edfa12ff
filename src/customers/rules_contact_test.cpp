#include "customers/rules.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

namespace redress::customers {
namespace {

struct Spelling {
    ContactKind kind;
    const char* given;
    const char* normal;  ///< nullptr: refused
};

constexpr Spelling spellings[] = {
    {ContactKind::phone, "13812345678", "+8613812345678"},
    {ContactKind::phone, "138 1234 5678", "+8613812345678"},
    {ContactKind::phone, "138-1234-5678", "+8613812345678"},
    {ContactKind::phone, "１３８１２３４５６７８", "+8613812345678"},
    {ContactKind::phone, "＋８６ 138　1234　5678", "+8613812345678"},
    {ContactKind::phone, "+8613812345678", "+8613812345678"},
    {ContactKind::phone, "8613812345678", "+8613812345678"},
    {ContactKind::phone, "008613812345678", "+8613812345678"},
    {ContactKind::phone, "013812345678", "+8613812345678"},
    {ContactKind::phone, "tel:+86-138-1234-5678", "+8613812345678"},
    {ContactKind::phone,
     "\u200B138\u2011"
     "12345678",
     "+8613812345678"},
    {ContactKind::phone, "+86 (0)10 8888 9999", "+861088889999"},
    {ContactKind::phone, "010-88889999", "01088889999"},
    {ContactKind::phone, "010-88889999转801", "01088889999;ext=801"},
    {ContactKind::phone, "010-88889999 分机 801", "01088889999;ext=801"},
    {ContactKind::phone, "+44 20 7946 0958 ext. 12", "+442079460958;ext=12"},
    {ContactKind::phone, "+44 20 7946 0958 x12", "+442079460958;ext=12"},
    {ContactKind::phone, "95588", "95588"},
    {ContactKind::phone, "400-810-8888", "4008108888"},
    {ContactKind::phone, "1234", nullptr},
    {ContactKind::phone, "+1234567890123456", nullptr},
    {ContactKind::phone, "call me at noon", nullptr},
    {ContactKind::phone, "138123456'8", nullptr},
    {ContactKind::phone, "+0123456789", nullptr},
    {ContactKind::phone, "01088889999转", nullptr},
    {ContactKind::phone, "", nullptr},
    {ContactKind::email, " Zhang.San@Example.COM ", "Zhang.San@example.com"},
    {ContactKind::email, "ｚｈａｎｇ＠ｑｑ．ｃｏｍ", "zhang@qq.com"},
    {ContactKind::email, "zhang@qq。com", "zhang@qq.com"},
    {ContactKind::email, "mailto:a@b.cn", "a@b.cn"},
    {ContactKind::email, "<a@b.cn>", "a@b.cn"},
    {ContactKind::email, "a@b.cn.", "a@b.cn"},
    {ContactKind::email, "用户@例子.公司", "用户@例子.公司"},
    {ContactKind::email, "a@b", nullptr},
    {ContactKind::email, "@b.cn", nullptr},
    {ContactKind::email, "a b@c.cn", nullptr},
    {ContactKind::email, "a@b@c.cn", nullptr},
    {ContactKind::email, "a@-b.cn", nullptr},
    {ContactKind::email, "a@b..cn", nullptr},
    {ContactKind::email, "a@b.cn\r\nBcc: x@y.cn", nullptr},
    {ContactKind::wechat, "ｗｘ_ zhang", "wx_zhang"},
    {ContactKind::account, " 6222 0000 1111 ", "622200001111"},
    {ContactKind::account, "   ", nullptr},
    {ContactKind::address, "  北京市\n海淀区　1 号 ", "北京市 海淀区 1 号"},
    {ContactKind::other, "\u202Eevil", "evil"},
};

Contact as(ContactKind kind, const char* text)
{
    return {kind, normal_contact(kind, text).value(), {}};
}

}  // namespace

TEST_CASE("contacts have one normal form, and that form is its own")
{
    for (const auto& [kind, given, normal] : spellings) {
        CAPTURE(given);
        const auto found = normal_contact(kind, given);
        CHECK(found.has_value() == (normal != nullptr));
        if (!found || normal == nullptr)
            continue;
        CHECK(*found == normal);
        CHECK(normal_contact(kind, *found) == found);
    }
}

TEST_CASE("normalising any text twice changes nothing more")
{
    const auto character = rc::gen::weightedOneOf<std::string>(
        {{6,
          rc::gen::map(rc::gen::inRange(0, 10), [](int digit) { return std::to_string(digit); })},
         {6,
          rc::gen::element<std::string>(
              "+",
              "-",
              " ",
              "(",
              ")",
              "@",
              ".",
              "a",
              "Z",
              "x",
              "ext",
              "；",
              "０",
              "９",
              "＋",
              "　",
              "转",
              ";ext=",
              "\u202E",
              "\n",
              "00",
              "86",
              "138"
          )},
         {1, rc::gen::map(rc::gen::arbitrary<char>(), [](char c) { return std::string(1, c); })}}
    );
    CHECK(rc::check("idempotent", [&] {
        std::string text;
        for (const auto& piece : *rc::gen::container<std::vector<std::string>>(character))
            text += piece;
        for (const auto kind :
             {ContactKind::phone,
              ContactKind::email,
              ContactKind::wechat,
              ContactKind::account,
              ContactKind::address,
              ContactKind::other}) {
            const auto once = normal_contact(kind, text);
            if (once)
                RC_ASSERT(normal_contact(kind, *once) == once);
        }
    }));
}

TEST_CASE("a Chinese mobile number is the same number however it is dialled")
{
    CHECK(rc::check("mobile", [] {
        std::string number = "1" + std::to_string(*rc::gen::inRange(3, 10));
        for (int i = 0; i < 9; ++i)
            number += std::to_string(*rc::gen::inRange(0, 10));
        const auto prefix =
            *rc::gen::element<std::string>("", "86", "+86", "0086", "0", "+86 ", "(+86)", "86-");
        RC_ASSERT(normal_contact(ContactKind::phone, prefix + number) == "+86" + number);
    }));
}

TEST_CASE("what has no kind is guessed, and nothing that was given is lost")
{
    CHECK(guessed_contact("zhang@qq.com").kind == ContactKind::email);
    CHECK(guessed_contact("138 1234 5678") == as(ContactKind::phone, "13812345678"));
    CHECK(
        guessed_contact("room 12, ask for Li") ==
        Contact{ContactKind::other, "room 12, ask for Li", ""}
    );

    const auto contacts = contacts_of(
        {{"phone", "only mornings"},
         {"email", "A@B.cn"},
         {"contact", "13812345678"},
         {"fax", "12345678"},
         {"wechat", ""}}
    );
    CHECK(
        contacts ==
        std::vector<Contact>{
            as(ContactKind::phone, "13812345678"),
            as(ContactKind::email, "A@b.cn"),
            {ContactKind::other, "12345678", "fax"},
            {ContactKind::other, "only mornings", "phone"}}
    );
}

TEST_CASE("only what says who somebody is counts as identity")
{
    CHECK(is_identity(ContactKind::phone));
    CHECK(is_identity(ContactKind::account));
    CHECK_FALSE(is_identity(ContactKind::address));
    CHECK_FALSE(is_identity(ContactKind::other));
    CHECK(
        match_key(as(ContactKind::email, "Zhang@QQ.com")) ==
        match_key(as(ContactKind::email, "zhang@qq.com"))
    );
    CHECK(match_key(as(ContactKind::wechat, "WX_1")) == "wx_1");
}

TEST_CASE("a masked contact tells little")
{
    CHECK(masked(as(ContactKind::phone, "13812345678")) == "+86138****5678");
    CHECK(masked(as(ContactKind::phone, "95588")) == "***");
    CHECK(masked(as(ContactKind::email, "zhang@qq.com")) == "z***@qq.com");
    CHECK(masked(as(ContactKind::account, "622200001111")) == "6****11");
    CHECK(masked(as(ContactKind::address, "北京市海淀区中关村大街1号")) == "北京市海淀区****");
    CHECK(masked(as(ContactKind::other, "anything")) == "***");
}

TEST_CASE("names are compared without case, width and stray space")
{
    CHECK(search_key("  ＷＡＮＧ　Wei ") == search_key("wang  wei"));
    CHECK(search_key("Straße") == search_key("STRASSE"));
    CHECK(search_key("王伟") != search_key("王维"));
}

}  // namespace redress::customers
