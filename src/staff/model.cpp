#include "staff/model.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace redress::staff {

bool Staff::has_role(cases::Role role) const
{
    return std::ranges::find(roles, role) != roles.end();
}

std::string actor_name(StaffId id)
{
    return fmt::format("staff:{}", id.value);
}

std::string actor_name(KeyId id)
{
    return fmt::format("key:{}", id.value);
}

cases::Actor to_actor(const Staff& person)
{
    return {
        .name = actor_name(person.id),
        .staff = person.id,
        .customer = {},
        .roles = {person.roles.begin(), person.roles.end()},
        .display_name = person.display_name,
        .limit_minor = person.limit_minor};
}

}  // namespace redress::staff
