#include "staff/rules_permissions.hpp"

#include "base/require.hpp"

#include <algorithm>
#include <array>

namespace redress::staff {
namespace {

using cases::Role;
using enum Permission;

struct Row {
    Role role;
    Permissions permissions;
};

constexpr Permissions
    reader{case_read, customer_read, staff_read, policy_read, template_read, notification_read};

constexpr Permissions with(Permissions some, Permissions more)
{
    some |= more;
    return some;
}

// rules_permissions_test.cpp holds the same as a matrix; both change together.
constexpr std::array table{
    Row{Role::intake, with(reader, {case_write, customer_write})},
    Row{Role::investigator, with(reader, {case_write})},
    Row{Role::approver, with(reader, {case_write})},
    Row{Role::manager,
        with(
            reader,
            {case_write,
             case_export,
             sensitive_read,
             customer_write,
             leave_admin,
             import_run,
             template_write,
             metrics_read}
        )},
    Row{Role::qa, with(reader, {case_write, case_export, template_write, metrics_read})},
    Row{Role::compliance,
        with(
            reader,
            {case_write,
             case_export,
             sensitive_read,
             customer_write,
             customer_erase,
             audit_read,
             metrics_read}
        )},
    Row{Role::executive, with(reader, {case_write, case_export, metrics_read})},
    Row{Role::auditor, with(reader, {case_export, sensitive_read, audit_read, metrics_read})},
    Row{Role::external, {case_read, case_write, notification_read}}};

constexpr auto assignable = [] {
    std::array<Role, table.size()> roles{};
    std::ranges::transform(table, roles.begin(), &Row::role);
    return roles;
}();

constexpr Permissions of_admin{
    staff_read,
    staff_admin,
    leave_admin,
    policy_read,
    policy_admin,
    import_run,
    audit_read,
    key_admin,
    template_read,
    template_write,
    notification_read,
    metrics_read};

}  // namespace

std::span<const Role> assignable_roles()
{
    return assignable;
}

bool is_assignable(Role role)
{
    return std::ranges::find(assignable, role) != assignable.end();
}

Permissions permissions_of(Role role)
{
    const auto found = std::ranges::find(table, role, &Row::role);
    return found == table.end() ? Permissions{} : found->permissions;
}

Permissions permissions_of_admin()
{
    return of_admin;
}

Permissions permissions_of(const Staff& person)
{
    if (!person.is_active)
        return {};
    Permissions all{own_account};
    if (person.must_change_password)
        return all;
    for (const auto role : person.roles)
        all |= permissions_of(role);
    if (person.is_admin)
        all |= of_admin;
    return all;
}

Permissions permissions_of_key(std::span<const Role> roles)
{
    Permissions all;
    for (const auto role : roles)
        all |= permissions_of(role);
    return all;
}

bool may_see(const CaseFacts& facts, const Caller& caller)
{
    if (!caller.permissions.has(case_read))
        return false;
    const auto me = caller.actor.staff;
    if (me && me == facts.subject_staff)
        return false;
    const bool is_outside = std::ranges::none_of(caller.actor.roles, [](Role role) {
        return role != Role::external && permissions_of(role).has(case_read);
    });
    return !is_outside || facts.is_referred;
}

bool may_see_sensitive(const CaseFacts& facts, const Caller& caller)
{
    if (!may_see(facts, caller))
        return false;
    const auto me = caller.actor.staff;
    return (me && me == facts.owner) || caller.permissions.has(sensitive_read);
}

Result<void> authorise(const Caller& caller, std::string_view permission)
{
    if (permission.empty())
        return {};
    const auto wanted = named<Permission>(permission);
    REQUIRE_THAT(wanted.has_value());
    if (!caller.is_known())
        return deny(Denial::unauthorised, "sign_in_needed");
    if (caller.permissions.has(*wanted))
        return {};
    if (caller.must_change_password)
        return deny(Denial::forbidden, "password_change_needed");
    return deny(
        Denial::forbidden,
        "permission_missing",
        {},
        {{"permission", "staff.permission." + std::string{permission}}}
    );
}

}  // namespace redress::staff
