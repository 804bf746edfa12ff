#pragma once

#include <chrono>
#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace redress {

using Micros = std::chrono::microseconds;

/// A point in time: microseconds since 1970-01-01T00:00:00 UTC, leap seconds not counted (as POSIX
/// does).
struct Instant {
    std::int64_t us{};

    friend constexpr auto operator<=>(Instant, Instant) = default;
    friend constexpr Instant operator+(Instant at, Micros d) { return {at.us + d.count()}; }
    friend constexpr Instant operator-(Instant at, Micros d) { return {at.us - d.count()}; }
    friend constexpr Micros operator-(Instant a, Instant b) { return Micros{a.us - b.us}; }
};

/// RFC 3339 with a zone (`Z` or `±hh:mm`), up to six digits of a second, years 1900 to 2999
/// both as written and in UTC; anything else is nullopt.
[[nodiscard]] std::optional<Instant> parse_rfc3339(std::string_view text);

/// RFC 3339 in UTC, `2026-11-20T09:40:00Z`; a fraction only where there is one.
[[nodiscard]] std::string to_rfc3339(Instant at);

/// RFC 3339 at a given offset from UTC.
[[nodiscard]] std::string to_rfc3339(Instant at, std::chrono::minutes offset);

}  // namespace redress
