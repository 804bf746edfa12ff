#pragma once

#include "policy/clocks.hpp"

namespace redress::policy {

// What the rule of a clock says about its times. Shared by react, tick and extended; of no use
// elsewhere.

/// The clock's end with its extensions and pauses.
[[nodiscard]] Instant due_of(const Clock& clock, const DeadlineRule& rule);
/// Where the first limit of the rule ends when it starts then.
[[nodiscard]] Instant first_due(const DeadlineRule& rule, Instant start);
[[nodiscard]] bool is_due_inclusive(const DeadlineRule& rule);

/// Something a running clock does by itself; `bit` is its place in Clock::fired.
struct Firing {
    Instant at;
    unsigned bit{};
};

/// The earliest thing not yet fired; nullopt for clocks that are over or have fired everything.
[[nodiscard]] std::optional<Firing> next_firing(const Clock& clock, const DeadlineRule& rule);
[[nodiscard]] unsigned breach_bit(const DeadlineRule& rule);
/// When a pause ends by itself; nullopt when the rule sets no limit or the clock is not paused.
[[nodiscard]] std::optional<Instant> pause_ends(const Clock& clock, const DeadlineRule& rule);

/// Changes the clocks in place; see applied().
void carry_out(std::vector<Clock>& clocks, const ClockChange& change);

/// The change with the times the clock has after it.
[[nodiscard]] ClockChange
with_times(ClockChange change, const Clock& after, const DeadlineRule& rule);

}  // namespace redress::policy
