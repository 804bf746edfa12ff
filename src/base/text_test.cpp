#include "base/text.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace redress;

TEST_CASE("UTF-8: overlong forms, surrogates and cut sequences are not valid")
{
    CHECK(is_valid_utf8("投诉 complaint 😀"));
    for (const char* text :
         {"\xC0\xAF",
          "\xED\xA0\x80",
          "\xF4\x90\x80\x80",
          "\xE6\x8A",
          "\xE6\x8Az",
          "\xE6z\x8A",
          "\xE0\x9F\x80",
          "\xF0\x8F\xBF\xBF",
          "\xFF",
          "\x80",
          "eight bytes\x80 and more of them"}) {
        CHECK(!is_valid_utf8(text));
        CHECK(is_valid_utf8(to_valid_utf8(text)));
    }
    CHECK(to_valid_utf8("a\xFFz") == "a\xEF\xBF\xBDz");
    CHECK(count_code_points("投诉a") == 3);
    CHECK(first_code_points("投诉处理", 2) == "投诉");
    CHECK(trim("\xE3\x80\x80 你好\n\xE3\x80\x80") == "你好");
}

TEST_CASE("parameters are filled and unknown names stay")
{
    CHECK(fill("{who} owes {what} {", {{"who", "We"}}) == "We owes {what} {");
}

TEST_CASE("the canonical form writes every kind of value as the JSON library does")
{
    for (const auto* text :
         {"null",
          "[true,false]",
          "-9223372036854775808",
          "18446744073709551615",
          "1.5E0",
          "[]",
          "{}",
          "[[],{}]"})
        CHECK(to_canonical_json(parse_json(text)) == text);
    rc::check([](const std::string& bytes) {
        const auto text = to_valid_utf8(bytes) + '\0' + "\"\\/\b\f\n\r\t\x1f\x7f";
        RC_ASSERT(to_canonical_json(json::value(text)) == json::serialize(json::value(text)));
    });
}

TEST_CASE("canonical JSON orders keys at every level")
{
    CHECK(
        to_canonical_json(parse_json(R"({"b":[{"z":1,"a":null}],"a":"\u6295"})")) ==
        R"({"a":"投","b":[{"a":null,"z":1}]})"
    );
}

TEST_CASE("SHA-256 of a known text")
{
    CHECK(
        sha256_hex({"a", "bc"}) ==
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
    );
}
