#include "base/base64.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace redress;

TEST_CASE("base64: the vectors of RFC 4648, in both alphabets")
{
    const std::pair<const char*, const char*> vectors[] = {
        {"", ""},
        {"f", "Zg=="},
        {"fo", "Zm8="},
        {"foo", "Zm9v"},
        {"foob", "Zm9vYg=="},
        {"fooba", "Zm9vYmE="},
        {"foobar", "Zm9vYmFy"},
    };
    for (const auto& [bytes, text] : vectors) {
        CHECK(to_base64(bytes) == text);
        CHECK(from_base64(text) == std::string{bytes});
    }
    CHECK(to_base64("\xfb\xff") == "+/8=");
    CHECK(to_base64url("\xfb\xff") == "-_8");
    CHECK(from_base64url("-_8") == std::string{"\xfb\xff"});
}

TEST_CASE("base64: any other text for the same bytes is none")
{
    for (const auto* text :
         {"Zg", "Zg=", "Zg===", "Zh==", "Zm9v\n", " Zm9", "Zm9v====", "====", "-_8=", "Zm9*"})
        CHECK_MESSAGE(!from_base64(text), text);
    for (const auto* text : {"Zg==", "+/8", "Z", "Zh", "Zm9v ", "\xc3\xa9\xc3\xa9"})
        CHECK_MESSAGE(!from_base64url(text), text);
}

TEST_CASE("base64 gives back any bytes, and nothing but the bytes")
{
    rc::check([](const std::string& bytes) {
        RC_ASSERT(from_base64(to_base64(bytes)) == bytes);
        RC_ASSERT(from_base64url(to_base64url(bytes)) == bytes);
    });
    rc::check([](const std::string& text) {
        if (const auto bytes = from_base64(text))
            RC_ASSERT(to_base64(*bytes) == text);
    });
}
