#include "staff/api_wire.hpp"

#include "staff/api_parts.hpp"

#include <fmt/format.h>

namespace redress::staff {
namespace {

Result<Hours> hours_of(const HoursForm& form)
{
    Hours hours{.tz = form.tz, .shifts = {}};
    for (std::size_t i = 0; i < form.shifts.size(); ++i) {
        const auto& shift = form.shifts[i];
        const auto from = parse_minute(shift.from);
        const auto to = parse_minute(shift.to);
        if (!from || !to)
            return deny(Denial::invalid, "clock_form", fmt::format("hours.shifts[{}]", i));
        hours.shifts.push_back({shift.days, *from, *to});
    }
    return hours;
}

HoursForm form_of(const Hours& hours)
{
    HoursForm form{.tz = hours.tz, .shifts = {}};
    for (const auto& shift : hours.shifts)
        form.shifts.push_back({shift.days, to_clock(shift.from_minute), to_clock(shift.to_minute)});
    return form;
}

}  // namespace

Result<StaffPatch> patch_of(const StaffForm& form)
{
    StaffPatch patch{
        .display_name = form.display_name,
        .email = form.email,
        .roles = form.roles,
        .is_admin = form.is_admin,
        .team = form.team,
        .limit_minor = form.limit_minor,
        .currency = form.currency,
        .languages = form.languages,
        .categories = form.categories,
        .interface_language = form.interface_language,
        .hours = {},
        .is_active = {}};
    if (!form.hours)
        return patch;
    auto hours = hours_of(*form.hours);
    if (!hours)
        return std::unexpected{hours.error()};
    patch.hours = *std::move(hours);
    return patch;
}

TeamPatch patch_of(const TeamForm& form)
{
    TeamPatch patch{
        .name_en = {},
        .name_zh = {},
        .parent = form.parent,
        .lead = form.lead,
        .categories = form.categories,
        .is_department = form.is_department,
        .is_active = form.is_active};
    if (form.name) {
        patch.name_en = form.name->en;
        patch.name_zh = form.name->zh;
    }
    return patch;
}

StaffView view_of(const Staff& person, Detail detail)
{
    StaffView view;
    view.id = person.id;
    view.version = person.version;
    view.display_name = person.display_name;
    if (detail == Detail::whole) {
        view.login = person.login;
        view.email = person.email;
    }
    view.roles = person.roles;
    view.is_admin = person.is_admin;
    view.team = present(person.team);
    view.limit_minor = person.limit_minor;
    view.currency = person.currency;
    view.languages = person.languages;
    view.categories = person.categories;
    view.hours = form_of(person.hours);
    view.is_active = person.is_active;
    return view;
}

TeamView view_of(const Team& team)
{
    return {
        .id = team.id,
        .version = team.version,
        .name = team.name(),
        .parent = present(team.parent),
        .lead = present(team.lead),
        .categories = team.categories,
        .is_department = team.is_department,
        .is_active = team.is_active};
}

}  // namespace redress::staff
