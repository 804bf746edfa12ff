#include "http/rate_limiter.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>

using namespace redress;
using namespace redress::http;
using namespace std::chrono_literals;

TEST_CASE("five tries in fifteen minutes, then one every three")
{
    RateLimiter limiter;
    const Rate rate{5, 15min};
    const Instant start{1'000'000'000};
    for (int left = 4; left >= 0; --left) {
        const auto allowance = limiter.take("a", rate, start);
        CHECK(allowance.is_allowed);
        CHECK(allowance.remaining == left);
    }
    const auto refused = limiter.take("a", rate, start);
    CHECK(!refused.is_allowed);
    CHECK(refused.retry_after == Micros{3min});
    CHECK(refused.full_after == Micros{15min});
    CHECK(limiter.take("b", rate, start).is_allowed);
    CHECK(!limiter.take("a", rate, start + (Micros{3min} - 1us)).is_allowed);
    CHECK(limiter.take("a", rate, start + Micros{3min}).is_allowed);
    CHECK(!limiter.take("a", rate, start + Micros{3min}).is_allowed);
    CHECK(limiter.take("a", rate, start + Micros{18min}, 5).is_allowed);
    limiter.forget("a");
    CHECK(limiter.take("a", rate, start + Micros{18min}).remaining == 4);
}

TEST_CASE("a clock set back gives nothing away")
{
    RateLimiter limiter;
    const Rate rate{1, 60s};
    CHECK(limiter.take("a", rate, Instant{100'000'000}).is_allowed);
    CHECK(!limiter.take("a", rate, Instant{90'000'000}).is_allowed);
}

TEST_CASE("memory is bounded and the oldest key goes first")
{
    RateLimiter limiter{3};
    const Rate rate{1, 60s};
    for (const char* key : {"a", "b", "c"})
        CHECK(limiter.take(key, rate, Instant{}).is_allowed);
    CHECK(!limiter.take("a", rate, Instant{}).is_allowed);
    CHECK(limiter.take("d", rate, Instant{}).is_allowed);
    CHECK(limiter.size() == 3);
    CHECK(!limiter.take("a", rate, Instant{}).is_allowed);
    CHECK(limiter.take("b", rate, Instant{}).is_allowed);
}

TEST_CASE("no window ever sees more than twice the burst, no wait is told too short")
{
    rc::check([](const std::vector<std::uint16_t>& pauses_ms) {
        RateLimiter limiter;
        const Rate rate{10, 1s};
        Instant now{};
        std::vector<Instant> allowed;
        for (const auto pause : pauses_ms) {
            now = now + Micros{std::chrono::milliseconds{pause % 300}};
            const auto allowance = limiter.take("k", rate, now);
            if (allowance.is_allowed)
                allowed.push_back(now);
            else
                RC_ASSERT(
                    limiter.take("k", rate, now + allowance.retry_after - 1us).is_allowed == false
                );
            RC_ASSERT(allowance.remaining >= 0);
            RC_ASSERT(allowance.remaining <= rate.burst);
        }
        for (std::size_t i = 20; i < allowed.size(); ++i)
            RC_ASSERT(allowed[i] - allowed[i - 20] >= rate.window);
    });
}

TEST_CASE("the headers say what is left and when to come back")
{
    Headers headers;
    add_rate_headers(
        headers,
        "sign_in",
        {5, 15min},
        {.is_allowed = false, .retry_after = 1'500ms, .full_after = 15min}
    );
    CHECK(
        headers ==
        Headers{
            {"RateLimit-Policy", "\"sign_in\";q=5;w=900"},
            {"RateLimit", "\"sign_in\";r=0;t=900"},
            {"Retry-After", "2"}}
    );
}
