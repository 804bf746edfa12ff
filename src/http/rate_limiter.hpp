#pragma once

#include "base/instant.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

namespace redress::http {

/// `burst` requests at once, and as many again evenly over `window`.
struct Rate {
    std::int64_t burst{1};
    Micros window{1'000'000};
};

struct Allowance {
    bool is_allowed{};
    std::int64_t remaining{};  ///< requests that would be allowed right now
    Micros retry_after{};      ///< 0 when allowed
    Micros full_after{};       ///< until the whole burst is there again
};

/// Token buckets by key, one number per key (generic cell rate algorithm). Never more than
/// `max_keys`: the least recently asked goes first, so a limit weakens only under more than
/// `max_keys` active keys. Thread-safe; the time is a parameter.
class RateLimiter {
public:
    explicit RateLimiter(std::size_t max_keys = 100'000);

    /// Takes `cost` from the bucket of `key` if it is there, otherwise nothing.
    [[nodiscard]] Allowance
    take(std::string_view key, const Rate& rate, Instant now, std::int64_t cost = 1);
    /// Forgets a key, as after a good password.
    void forget(std::string_view key);
    [[nodiscard]] std::size_t size() const;

private:
    struct Bucket {
        std::string key;
        Instant full_at;
    };
    using Buckets = std::list<Bucket>;

    Buckets::iterator find_or_add(std::string_view key, Instant now);

    const std::size_t max_keys_;
    mutable std::mutex mutex_;
    Buckets buckets_;  ///< most recently asked first
    std::unordered_map<std::string_view, Buckets::iterator> by_key_;
};

/// RateLimit-Policy and RateLimit (draft-ietf-httpapi-ratelimit-headers), and Retry-After when
/// refused.
void add_rate_headers(
    Headers& headers,
    std::string_view policy,
    const Rate& rate,
    const Allowance& allowance
);

}  // namespace redress::http
