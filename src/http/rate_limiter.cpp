#include "http/rate_limiter.hpp"

#include "base/require.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace redress::http {
namespace {

std::int64_t to_whole_seconds(Micros time)
{
    return (time.count() + 999'999) / 1'000'000;
}

}  // namespace

RateLimiter::RateLimiter(std::size_t max_keys) : max_keys_{max_keys}
{
    REQUIRE_THAT(max_keys > 0);
}

/// A bucket is the moment at which it will be full again. One request is worth window / burst of
/// waiting; the bucket is empty when the moment lies a whole window ahead.
Allowance RateLimiter::take(std::string_view key, const Rate& rate, Instant now, std::int64_t cost)
{
    REQUIRE_THAT(rate.burst > 0 && rate.window.count() >= rate.burst && cost > 0);
    const Micros each = rate.window / rate.burst;
    const std::lock_guard lock{mutex_};
    const auto bucket = find_or_add(key, now);
    const auto full_at = std::max(bucket->full_at, now);
    const auto full_after = full_at - now + each * cost;
    Allowance allowance{.is_allowed = full_after <= each * rate.burst};
    if (allowance.is_allowed)
        bucket->full_at = full_at + each * cost;
    else
        allowance.retry_after = full_after - each * rate.burst;
    allowance.full_after = std::max(bucket->full_at, now) - now;
    allowance.remaining = (each * rate.burst - allowance.full_after) / each;
    return allowance;
}

RateLimiter::Buckets::iterator RateLimiter::find_or_add(std::string_view key, Instant now)
{
    if (const auto known = by_key_.find(key); known != by_key_.end()) {
        buckets_.splice(buckets_.begin(), buckets_, known->second);
        return buckets_.begin();
    }
    if (buckets_.size() >= max_keys_) {
        by_key_.erase(buckets_.back().key);
        buckets_.pop_back();
    }
    buckets_.push_front({std::string{key}, now});
    by_key_.emplace(buckets_.front().key, buckets_.begin());
    return buckets_.begin();
}

void RateLimiter::forget(std::string_view key)
{
    const std::lock_guard lock{mutex_};
    const auto known = by_key_.find(key);
    if (known == by_key_.end())
        return;
    const auto bucket = known->second;
    by_key_.erase(known);
    buckets_.erase(bucket);
}

std::size_t RateLimiter::size() const
{
    const std::lock_guard lock{mutex_};
    return buckets_.size();
}

void add_rate_headers(
    Headers& headers,
    std::string_view policy,
    const Rate& rate,
    const Allowance& allowance
)
{
    headers.emplace_back(
        "RateLimit-Policy",
        fmt::format("\"{}\";q={};w={}", policy, rate.burst, to_whole_seconds(rate.window))
    );
    headers.emplace_back(
        "RateLimit",
        fmt::format(
            "\"{}\";r={};t={}",
            policy,
            allowance.remaining,
            to_whole_seconds(allowance.full_after)
        )
    );
    if (!allowance.is_allowed)
        headers.emplace_back(
            "Retry-After",
            std::to_string(to_whole_seconds(allowance.retry_after))
        );
}

}  // namespace redress::http
