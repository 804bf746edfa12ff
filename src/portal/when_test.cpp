#include "portal/when.hpp"

#include <doctest/doctest.h>

using namespace redress;
using namespace redress::portal;

TEST_CASE("times are told as one would say them, on the wall clock of the house")
{
    const auto zone = policy::Zone::find("Asia/Shanghai");
    REQUIRE(zone);
    const auto now = *parse_rfc3339("2026-11-20T23:30:00+08:00");
    const auto at = [&](std::string_view time, Lang lang) {
        return told(*parse_rfc3339(time), now, *zone, lang);
    };
    CHECK(at("2026-11-20T00:05:00+08:00", Lang::en) == "today, 00:05");
    CHECK(at("2026-11-20T16:00:00Z", Lang::zh) == "明天 00:00");
    CHECK(at("2026-11-19T23:59:00+08:00", Lang::en) == "yesterday, 23:59");
    CHECK(at("2026-11-27T09:00:00+08:00", Lang::en) == "Friday 27 November, 09:00");
    CHECK(at("2026-11-27T09:00:00+08:00", Lang::zh) == "11月27日 星期五 09:00");
    CHECK(at("2027-01-03T09:00:00+08:00", Lang::en) == "Sunday 3 January 2027, 09:00");
    CHECK(at("2027-01-03T09:00:00+08:00", Lang::zh) == "2027年1月3日 星期日 09:00");
}
