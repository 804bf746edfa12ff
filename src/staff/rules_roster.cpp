#include "staff/rules_roster.hpp"

#include "policy/zone.hpp"

#include <algorithm>
#include <chrono>

namespace redress::staff {
namespace {

constexpr std::int64_t day_minutes = 24 * 60;

template <class Item, class IdType>
const Item* find_by_id(const std::vector<Item>& items, IdType id)
{
    const auto found = std::ranges::lower_bound(items, id, {}, &Item::id);
    return found == items.end() || found->id != id ? nullptr : &*found;
}

policy::LocalTime local_time(const std::string& tz, Instant at)
{
    if (const auto zone = policy::Zone::find(tz))
        return zone->to_local(at);
    return policy::LocalTime{Micros{at.us}};
}

bool covers(const Shift& shift, Weekday day, std::int64_t minute)
{
    const bool is_over_night = shift.to_minute <= shift.from_minute;
    const std::int64_t end = is_over_night ? shift.to_minute + day_minutes : shift.to_minute;
    return minute >= shift.from_minute && minute < end &&
           std::ranges::find(shift.days, day) != shift.days.end();
}

Weekday before(Weekday day)
{
    return day == Weekday::mon ? Weekday::sun : Weekday{static_cast<int>(day) - 1};
}

}  // namespace

const Staff* Roster::find(StaffId id) const
{
    return find_by_id(people, id);
}

const Team* Roster::find(TeamId id) const
{
    return find_by_id(teams, id);
}

bool Roster::is_within(TeamId team, TeamId above) const
{
    for (int depth = 0; team && depth < max_team_depth; ++depth) {
        if (team == above)
            return true;
        const auto* found = find(team);
        team = found == nullptr ? TeamId{} : found->parent;
    }
    return false;
}

bool Roster::is_away(StaffId id, Instant at) const
{
    const auto theirs = std::ranges::equal_range(leaves, id, {}, &Leave::staff);
    return std::ranges::any_of(theirs, [at](const Leave& leave) {
        return leave.from <= at && at < leave.to;
    });
}

bool is_working(const Hours& hours, Instant at)
{
    if (hours.shifts.empty())
        return true;
    const auto local = local_time(hours.tz, at);
    const auto midnight = std::chrono::floor<std::chrono::days>(local);
    const auto minute = std::chrono::floor<std::chrono::minutes>(local - midnight).count();
    const std::chrono::weekday weekday{midnight};
    const auto today = static_cast<Weekday>(weekday.iso_encoding() - 1);
    return std::ranges::any_of(hours.shifts, [&](const Shift& shift) {
        return covers(shift, today, minute) || covers(shift, before(today), minute + day_minutes);
    });
}

}  // namespace redress::staff
