#include "base/text.hpp"

#include "base/hash.hpp"
#include "base/json.hpp"

#include <doctest/doctest.h>

using namespace redress;

TEST_CASE("UTF-8: overlong forms, surrogates and cut sequences are not valid")
{
    CHECK(is_valid_utf8("投诉 complaint 😀"));
    for (const char* text :
         {"\xC0\xAF", "\xED\xA0\x80", "\xF4\x90\x80\x80", "\xE6\x8A", "\xFF", "\x80"}) {
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
