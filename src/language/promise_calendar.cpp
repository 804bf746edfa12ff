#include "language/promise_calendar.hpp"

#include "policy/holidays.hpp"
#include "policy/library.hpp"

#include <array>
#include <utility>

namespace redress::language {
namespace {

std::string_view holidays_of(std::string_view zone)
{
    static constexpr std::array<std::pair<std::string_view, std::string_view>, 6> tables{
        {{"Asia/Shanghai", "calendars/cn-state-council.toml"},
         {"Asia/Chongqing", "calendars/cn-state-council.toml"},
         {"Asia/Urumqi", "calendars/cn-state-council.toml"},
         {"PRC", "calendars/cn-state-council.toml"},
         {"Europe/London", "calendars/gb-eng.toml"},
         {"GB", "calendars/gb-eng.toml"}}};
    for (const auto& [name, path] : tables)
        if (name == zone)
            return path;
    return {};
}

void add_holidays(policy::CalendarSpec& spec, std::string_view path)
{
    for (const policy::SourceFile& file : policy::built_in_files()) {
        if (file.path != path)
            continue;
        const auto root = policy::parse_toml(file.bytes);
        std::vector<policy::Mistake> mistakes;
        if (!root)
            return;
        policy::HolidayTable table = policy::read_holidays(*root, {file.path, mistakes});
        spec.off = std::move(table.off);
        spec.work = std::move(table.work);
        spec.years = std::move(table.years);
    }
}

}  // namespace

std::shared_ptr<const policy::Calendar> business_days_of(std::string_view zone)
{
    policy::CalendarSpec spec;
    spec.kind = policy::CalendarKind::business_days;
    spec.tz = zone;
    if (const auto path = holidays_of(zone); !path.empty())
        add_holidays(spec, path);
    auto calendar = policy::Calendar::make(std::move(spec));
    return calendar ? *calendar : nullptr;
}

}  // namespace redress::language
