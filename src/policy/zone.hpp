#pragma once

#include "base/instant.hpp"

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace redress::policy {

/// A day on the calendar of some zone.
using Date = std::chrono::local_days;
/// A date and time of day as a clock on the wall shows it.
using LocalTime = std::chrono::local_time<Micros>;

/// A zone of the IANA database as the system carries it (TZif, RFC 8536, with its rule for the far
/// future). Immutable; any thread. Zones are read once and live as long as the program.
class Zone {
public:
    /// nullptr when there is no such zone or its file cannot be read.
    [[nodiscard]] static std::shared_ptr<const Zone> find(std::string_view name);

    [[nodiscard]] const std::string& name() const { return name_; }
    [[nodiscard]] std::chrono::seconds offset_at(Instant at) const;
    /// Whether the offset changes in (from, to]; far in the future it is taken to.
    [[nodiscard]] bool has_change_between(Instant from, Instant to) const;
    [[nodiscard]] LocalTime to_local(Instant at) const;
    [[nodiscard]] Date date_at(Instant at) const;

    /// The instant at which the wall shows `local`. A time that a clock change skips is moved
    /// forward by the length of the gap; a time that occurs twice means the first occurrence.
    [[nodiscard]] Instant to_instant(LocalTime local) const;

    /// `to_local` with the zone's offset, `2026-04-09T17:00:00+01:00`; UTC is `+00:00`.
    [[nodiscard]] std::string to_text(Instant at) const;

private:
    /// From `at_s` (seconds of UTC) on, `offset_s` holds.
    struct Change {
        std::int64_t at_s{};
        std::int32_t offset_s{};
    };
    friend class ZoneFile;

    [[nodiscard]] std::size_t change_at(std::int64_t utc_s) const;
    [[nodiscard]] std::int64_t to_utc_s(std::int64_t local_s) const;

    std::string name_;
    std::vector<Change> changes_;  ///< ascending; the first holds since ever
};

}  // namespace redress::policy
