#pragma once

#include "base/instant.hpp"

#include <atomic>

namespace redress {

/// Where the time comes from. Rules never see it: they take an Instant. Any thread.
class Clock {
public:
    virtual ~Clock() = default;
    [[nodiscard]] virtual Instant now() const = 0;
};

/// The one real clock of the program. It never runs backwards within a process: a clock set back is
/// held until the world catches up, so that events keep their order.
class RealClock final : public Clock {
public:
    [[nodiscard]] Instant now() const override;

private:
    mutable std::atomic<std::int64_t> latest_us_{0};
};

/// A clock that stands still until told; tests, demonstration data and simulations use it.
class VirtualClock final : public Clock {
public:
    explicit VirtualClock(Instant start) : us_{start.us} {}
    [[nodiscard]] Instant now() const override { return {us_.load()}; }
    void set(Instant at) { us_.store(at.us); }
    void advance(Micros by) { us_.fetch_add(by.count()); }

private:
    std::atomic<std::int64_t> us_;
};

}  // namespace redress
