#include "policy/zone.hpp"

#include "policy/zone_file.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace redress::policy {
namespace {

using namespace std::chrono;

/// The Gregorian calendar repeats after 400 years, weekdays included; so do the rules of every
/// zone.
constexpr std::int64_t cycle_s = 146'097LL * 86'400;
/// No zone is further from UTC; RFC 8536 keeps offsets within 26 hours.
constexpr std::int64_t widest_s = 26 * 3600;

}  // namespace

std::shared_ptr<const Zone> Zone::find(std::string_view name)
{
    return ZoneFile::read(name);
}

std::size_t Zone::change_at(std::int64_t utc_s) const
{
    const auto later = std::upper_bound(
        changes_.begin() + 1,
        changes_.end(),
        utc_s,
        [](std::int64_t at, const Change& change) { return at < change.at_s; }
    );
    return static_cast<std::size_t>(later - changes_.begin()) - 1;
}

std::chrono::seconds Zone::offset_at(Instant at) const
{
    std::int64_t utc_s = floor<seconds>(Micros{at.us}).count();
    const std::int64_t end = ZoneFile::rules_end_s;
    if (utc_s >= end)
        utc_s -= ((utc_s - end) / cycle_s + 1) * cycle_s;
    return seconds{changes_[change_at(utc_s)].offset_s};
}

bool Zone::has_change_between(Instant from, Instant to) const
{
    const std::int64_t begin_s = floor<seconds>(Micros{from.us}).count();
    const std::int64_t end_s = floor<seconds>(Micros{to.us}).count();
    return end_s >= ZoneFile::rules_end_s || change_at(begin_s) != change_at(end_s);
}

LocalTime Zone::to_local(Instant at) const
{
    return LocalTime{Micros{at.us} + offset_at(at)};
}

Date Zone::date_at(Instant at) const
{
    return floor<days>(to_local(at));
}

std::int64_t Zone::to_utc_s(std::int64_t local_s) const
{
    const std::size_t last = change_at(local_s + widest_s);
    for (std::size_t i = change_at(local_s - widest_s); i < last; ++i) {
        const std::int64_t utc_s = local_s - changes_[i].offset_s;
        const std::int64_t end = changes_[i + 1].at_s;
        // Either the first period in which the wall shows this time, or the one whose end skips it.
        if (utc_s < end || local_s - changes_[i + 1].offset_s < end)
            return utc_s;
    }
    return local_s - changes_[last].offset_s;
}

Instant Zone::to_instant(LocalTime local) const
{
    const auto whole = floor<seconds>(local.time_since_epoch());
    const Micros fraction = local.time_since_epoch() - whole;
    std::int64_t local_s = whole.count();
    const std::int64_t end = ZoneFile::rules_end_s - widest_s;
    const std::int64_t cycles = local_s >= end ? (local_s - end) / cycle_s + 1 : 0;
    local_s = to_utc_s(local_s - cycles * cycle_s) + cycles * cycle_s;
    return Instant{local_s * 1'000'000 + fraction.count()};
}

std::string Zone::to_text(Instant at) const
{
    const auto offset = floor<minutes>(offset_at(at));
    std::string text = to_rfc3339(at, offset);
    if (text.back() == 'Z')
        text.replace(text.size() - 1, 1, "+00:00");
    return text;
}

}  // namespace redress::policy
