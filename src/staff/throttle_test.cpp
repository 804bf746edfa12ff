#include "staff/throttle.hpp"

#include <doctest/doctest.h>
#include <string>

namespace redress::staff {
namespace {

constexpr Instant start{1'000'000'000};
constexpr Micros second{1'000'000};

bool fails(
    Throttle& throttle,
    std::string_view account,
    std::string_view address,
    Instant at = start
)
{
    return throttle.begin({account, address, at}).has_value();
}

TEST_CASE("five tries from one address, and the sixth waits until the first is 15 minutes old")
{
    Throttle throttle;
    for (int i = 0; i < 5; ++i)
        CHECK(fails(throttle, "ann", "10.0.0.1", start + i * second));
    const auto sixth = throttle.begin({"ann", "10.0.0.1", start + 5 * second});
    REQUIRE_FALSE(sixth.has_value());
    CHECK(sixth.error().kind == Denial::too_many);
    CHECK(sixth.error().refusals.front().params.front().second == "895");
    CHECK_FALSE(fails(throttle, "ann", "10.0.0.1", start + Throttle::window - Micros{1}));
    CHECK(fails(throttle, "ann", "10.0.0.1", start + Throttle::window));
    CHECK_FALSE(fails(throttle, "ann", "10.0.0.1", start + Throttle::window));
}

TEST_CASE("many addresses do not give more tries at one account")
{
    Throttle throttle;
    int allowed = 0;
    for (int i = 0; i < 100; ++i)
        allowed += fails(throttle, "ann", "10.0.0." + std::to_string(i)) ? 1 : 0;
    CHECK(allowed == 5);
    CHECK(fails(throttle, "bob", "10.0.0.1"));
}

TEST_CASE("many accounts do not give more than twenty tries to one address")
{
    Throttle throttle;
    int allowed = 0;
    for (int i = 0; i < 100; ++i)
        allowed += fails(throttle, "user" + std::to_string(i), "10.0.0.1") ? 1 : 0;
    CHECK(allowed == 20);
    CHECK(fails(throttle, "user99", "10.0.0.2"));
}

TEST_CASE("strangers cannot lock out somebody at their usual place")
{
    Throttle throttle;
    REQUIRE(fails(throttle, "ann", "office"));
    throttle.succeeded({"ann", "office", start});
    for (int i = 0; i < 50; ++i)
        static_cast<void>(fails(throttle, "ann", "evil" + std::to_string(i)));
    CHECK_FALSE(fails(throttle, "ann", "elsewhere"));
    for (int i = 0; i < 5; ++i)
        CHECK(fails(throttle, "ann", "office"));
    CHECK_FALSE(fails(throttle, "ann", "office"));
}

TEST_CASE("a good password gives its own try back, to account and address")
{
    Throttle throttle;
    for (int i = 0; i < 200; ++i) {
        const auto at = start + i * second;
        const auto account = "user" + std::to_string(i);
        REQUIRE(fails(throttle, account, "office", at));
        throttle.succeeded({account, "office", at});
    }
    CHECK(fails(throttle, "ann", "office", start + 200 * second));
}

}  // namespace
}  // namespace redress::staff
