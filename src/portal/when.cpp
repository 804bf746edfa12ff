#include "portal/when.hpp"

#include "base/catalogue.hpp"

#include <fmt/format.h>

namespace redress::portal {

std::string told(Instant at, Instant now, const policy::Zone& zone, Lang lang)
{
    using namespace std::chrono;
    const auto local = zone.to_local(at);
    const auto day = floor<days>(local);
    const auto today = floor<days>(zone.to_local(now));
    const hh_mm_ss clock{floor<minutes>(local - day)};
    const auto time = fmt::format("{:02}:{:02}", clock.hours().count(), clock.minutes().count());
    const auto distance = (day - today).count();
    if (distance == 0)
        return say(lang, "portal.at.today", {{"time", time}});
    if (distance == 1)
        return say(lang, "portal.at.tomorrow", {{"time", time}});
    if (distance == -1)
        return say(lang, "portal.at.yesterday", {{"time", time}});
    const year_month_day date{day};
    const bool is_this_year = date.year() == year_month_day{today}.year();
    const auto month = static_cast<unsigned>(date.month());
    return say(
        lang,
        is_this_year ? "portal.at.day" : "portal.at.year",
        {{"weekday", say(lang, fmt::format("portal.weekday.{}", weekday{day}.iso_encoding()))},
         {"day", std::to_string(static_cast<unsigned>(date.day()))},
         {"month", say(lang, fmt::format("portal.month.{}", month))},
         {"year", std::to_string(static_cast<int>(date.year()))},
         {"time", time}}
    );
}

}  // namespace redress::portal
