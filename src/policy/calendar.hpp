#pragma once

#include "base/refusal.hpp"
#include "policy/zone.hpp"

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace redress::policy {

enum class CalendarKind { elapsed, civil_days, business_days, business_hours };
enum class Unit { minute, hour, day, business_day, week, month, year };
enum class Roll { none, next_business_day, after_statutory_holiday };
enum class FirstDay { exclude, include };

/// A shift on the wall clock, `to` up to 24:00; `weekdays` bit 0 is Sunday.
struct Shift {
    std::uint8_t weekdays{};
    std::chrono::minutes from{};
    std::chrono::minutes to{};
    friend bool operator==(const Shift&, const Shift&) = default;
};

/// Everything that makes a calendar, as a pack or a question gives it.
struct CalendarSpec {
    CalendarKind kind{};
    std::string tz;
    std::vector<Date> off;   ///< statutory holidays
    std::vector<Date> work;  ///< make-up working days; stronger than the weekend and than `off`
    std::vector<Shift> hours;
    std::uint8_t weekend = 0b100'0001;  ///< bit 0 is Sunday
    std::optional<std::chrono::minutes> end_of_day =
        std::chrono::minutes{24 * 60};  ///< nullopt: close of business
    Roll roll{};
    FirstDay first_day{};
    std::optional<std::chrono::minutes> cutoff;
    std::vector<int> years;  ///< years the holiday table covers; empty: no table is expected
};

/// When time counts. Immutable, shared, any thread.
///   elapsed, civil_days   always
///   business_days         all of every business day, local midnight to midnight
///   business_hours        within the shifts; a make-up day without shifts of its own takes
///   Monday's
class Calendar {
public:
    /// Refuses an unknown zone, shifts that end before they begin, hours that are missing, a week
    /// without a working day.
    [[nodiscard]] static Result<std::shared_ptr<const Calendar>> make(CalendarSpec spec);

    [[nodiscard]] CalendarKind kind() const { return spec_.kind; }
    [[nodiscard]] const CalendarSpec& spec() const { return spec_; }
    [[nodiscard]] const Zone& zone() const { return *zone_; }

    [[nodiscard]] bool is_business_day(Date day) const;
    [[nodiscard]] bool is_statutory_holiday(Date day) const;
    /// Business days in (after, upto]; 0 when upto is not later.
    [[nodiscard]] std::int64_t count_business_days(Date after, Date upto) const;
    /// The n-th business day after `day`, n ≥ 1.
    [[nodiscard]] Date nth_business_day_after(Date day, std::int64_t n) const;

    /// A stretch of time that counts.
    struct Counted {
        Instant from;
        Instant to;
    };
    /// What counts on that day in time order, at most `most_shifts`; not for calendars on which all
    /// time counts.
    [[nodiscard]] std::span<const Counted> counted_on(Date day, std::span<Counted> room) const;
    static constexpr std::size_t most_shifts = 48;

    /// The exclusive end of a day for day clocks: 24:00 is the next midnight.
    [[nodiscard]] Instant end_of(Date day) const;
    /// An end of day before 24:00 still counts as in time at its very instant.
    [[nodiscard]] bool ends_within_day() const;

    /// The first year touched by [from, to] for which the holiday table is missing; 0 when none is.
    [[nodiscard]] int first_year_without_table(Instant from, Instant to) const;

private:
    explicit Calendar(CalendarSpec spec, std::shared_ptr<const Zone> zone);

    /// Business days up to and including the day, from an origin of its own.
    [[nodiscard]] std::int64_t ordinal(Date day) const;

    /// A day on which the table says otherwise than the week.
    struct Exception {
        std::int32_t day{};  ///< since 1970-01-01
        bool is_off{};
        bool is_work{};
        std::int32_t sum_before{};  ///< business days gained or lost by earlier exceptions
    };
    [[nodiscard]] const Exception* exception_on(Date day) const;
    [[nodiscard]] int gain_of(const Exception& exception) const;
    [[nodiscard]] std::int64_t weekly_ordinal(std::int64_t day) const;
    /// Of the day's own weekday, or Monday's.
    [[nodiscard]] const std::vector<Shift>& shifts_of(Date day) const;

    CalendarSpec spec_;
    std::shared_ptr<const Zone> zone_;
    std::vector<Exception> exceptions_;
    std::array<std::vector<Shift>, 7> shifts_;  ///< by weekday, merged, in time order
};

/// Whether a unit means something on a kind of calendar: hours on civil days or months of business
/// hours do not.
[[nodiscard]] bool is_measured_in(CalendarKind kind, Unit unit);

}  // namespace redress::policy
