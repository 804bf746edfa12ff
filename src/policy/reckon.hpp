#pragma once

#include "policy/calendar.hpp"

namespace redress::policy {

/// So many of a unit.
struct Amount {
    std::int64_t n{};
    Unit unit{};
    friend bool operator==(const Amount&, const Amount&) = default;
};

/// Time that does not count.
struct Pause {
    Instant from;
    Instant to;
    friend bool operator==(const Pause&, const Pause&) = default;
};

/// One step that makes a time limit longer: `to` counts anew from the original start, `add` counts
/// on from the end.
struct Stretch {
    enum class Kind { to, add };
    Kind kind{};
    Amount amount;
    std::shared_ptr<const Calendar> calendar;  ///< nullptr: the calendar of the limit itself
};

/// Everything that moves the end of a limit.
struct Course {
    Amount amount;
    std::span<const Stretch> stretches;
    std::span<const Pause> pauses;       ///< in time order, not overlapping
    std::optional<Instant> given_end{};  ///< the end before anything moved it, where a time was
                                         ///< given instead of an amount
};

/// When a limit ends (semantics 1 to 3): the exclusive instant. Refuses an amount the calendar
/// cannot measure, a negative one, and an end after the year 9999.
[[nodiscard]] Result<Instant> due_at(const Calendar& calendar, Instant start, Amount amount);
/// The same after extensions (semantics 6) and then pauses (semantics 5): on hour clocks a pause
/// adds the counted time in it, on day clocks the calendar's days after the day it began up to and
/// including the day it ended.
[[nodiscard]] Result<Instant> due_at(const Calendar& calendar, Instant start, const Course& course);

/// Counted time in [from, to); negative never: 0 when `to` is not later.
[[nodiscard]] Micros counted_between(const Calendar& calendar, Instant from, Instant to);
/// The earliest instant by which `amount` more has been counted.
[[nodiscard]] Instant counted_forward(const Calendar& calendar, Instant from, Micros amount);
/// The latest instant after which `amount` is still to be counted until `from`.
[[nodiscard]] Instant counted_back(const Calendar& calendar, Instant from, Micros amount);

/// A moment on the way: a share of the allotted time ("75%", also beyond 100 %) or so long before
/// the end ("-2h").
struct Mark {
    enum class Kind { share, before_due };
    Kind kind{};
    std::int64_t percent{};
    std::int64_t minutes_before{};
    std::string text;  ///< as the pack writes it
    friend bool operator==(const Mark&, const Mark&) = default;
};

[[nodiscard]] std::optional<Mark> parse_mark(std::string_view text);

/// A limit from its start to its end with the time in between that did not count.
struct Stay {
    Instant start;
    Instant due;
    std::span<const Pause> pauses;
};

/// Counted time from start to due without the pauses: what 100 % is.
[[nodiscard]] Micros allotted(const Calendar& calendar, const Stay& stay);
/// When a mark falls, measured on the limit's own calendar (semantics 10); `whole` is what
/// `allotted` says.
[[nodiscard]] Instant
point_at(const Calendar& calendar, const Stay& stay, Micros whole, const Mark& mark);

}  // namespace redress::policy
