#include "base/instant.hpp"

#include <doctest/doctest.h>

using namespace redress;

TEST_CASE("RFC 3339 round trip and offsets")
{
    const auto at = parse_rfc3339("2026-11-20T17:40:00+08:00");
    REQUIRE(at);
    CHECK(to_rfc3339(*at) == "2026-11-20T09:40:00Z");
    CHECK(to_rfc3339(*at, std::chrono::minutes{480}) == "2026-11-20T17:40:00+08:00");
    CHECK(to_rfc3339(*parse_rfc3339("2026-01-01T00:00:00.25Z")) == "2026-01-01T00:00:00.25Z");
    CHECK(to_rfc3339(*parse_rfc3339("1969-12-31T23:59:59.5-00:30")) == "1970-01-01T00:29:59.5Z");
}

TEST_CASE("what is not RFC 3339 is refused")
{
    for (const char* text :
         {"",
          "2026-11-20",
          "2026-11-20T17:40:00",
          "2026-02-29T00:00:00Z",
          "2026-1-20T17:40:00Z",
          "2026-11-20T24:00:00Z",
          "2026-11-20T17:40:00+8:00",
          "2026-11-20T17:40:00Zx",
          "-026-11-20T17:40:00Z",
          "2026-11-20T17:40:00.Z"})
        CHECK_MESSAGE(!parse_rfc3339(text), text);
}

TEST_CASE("a year is one we read in UTC too, so that what was written down can be read again")
{
    CHECK(!parse_rfc3339("1900-01-01T00:00:00.1+09:40"));
    CHECK(!parse_rfc3339("2999-12-31T23:59:59-00:01"));
    for (const char* text : {"1900-01-01T09:40:00+09:40", "2999-12-31T23:58:59.999999-00:01"})
        CHECK(parse_rfc3339(to_rfc3339(parse_rfc3339(text).value())) == parse_rfc3339(text));
}
