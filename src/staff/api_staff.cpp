#include "staff/api_parts.hpp"
#include "staff/api_wire.hpp"
#include "staff/changes.hpp"
#include "staff/rules_passwords.hpp"
#include "staff/store.hpp"

namespace redress::staff {

struct OneTimePassword {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"password", 1, max_password_bytes}});
    std::string password;
};
BOOST_DESCRIBE_STRUCT(OneTimePassword, (), (password))

namespace {

using http::Call;
using http::NoBody;
using http::NoContent;
using http::route;

Detail detail_for(const Call& call, StaffId person)
{
    const auto& caller = caller_of(call);
    const bool may = caller.permissions.has(Permission::staff_admin) ||
                     caller.permissions.has(Permission::audit_read) || caller.actor.staff == person;
    return may ? Detail::whole : Detail::work;
}

StaffView shown(const Services& services, const Call& call, const Staff& person)
{
    auto view = view_of(person, detail_for(call, person.id));
    view.is_away = services.directory.roster()->is_away(person.id, services.clock.now());
    view.open_cases = services.directory.open_cases_of(person.id);
    return view;
}

Result<StaffView> answered(const Services& services, Call& call, const Result<Staff>& person)
{
    if (!person)
        return std::unexpected{person.error()};
    tag(call, person->version);
    return shown(services, call, *person);
}

Result<StaffList> list(Services& services, Call& call)
{
    const auto after = asked_after<StaffId>(call);
    if (!after)
        return std::unexpected{after.error()};
    const StaffPage page{
        .after = *after,
        .only_active = call.asked_flag("active"),
        .team = TeamId{call.asked_number("team").value_or(0)},
        .limit = asked_limit(call)};
    const auto people = services.database.read([&](db::Tx& tx) { return list_staff(tx, page); });
    return page_of<StaffList>(people, page.limit, [&](const Staff& person) {
        return shown(services, call, person);
    });
}

Result<StaffView> get(Services& services, Call& call)
{
    const auto id = call.id<StaffId>("staff_id");
    if (!id)
        return std::unexpected{id.error()};
    const auto person = services.database.read([&](db::Tx& tx) { return find_staff(tx, *id); });
    if (!person)
        return deny(Denial::not_found, "not_found");
    return answered(services, call, *person);
}

Result<StaffView> create(Services& services, Call& call, const NewStaffForm& form)
{
    auto patch = patch_of(form);
    if (!patch)
        return std::unexpected{patch.error()};
    return answered(
        services,
        call,
        create_staff(services, caller_of(call), {form.login, form.password, *std::move(patch)})
    );
}

Result<StaffView> change(Services& services, Call& call, const StaffForm& form)
{
    const auto id = call.id<StaffId>("staff_id");
    if (!id)
        return std::unexpected{id.error()};
    auto patch = patch_of(form);
    if (!patch)
        return std::unexpected{patch.error()};
    return answered(
        services,
        call,
        change_staff(services, caller_of(call), {*id, call.version, *std::move(patch)})
    );
}

enum class Activity { active, disabled };

Result<StaffView> set_activity(Services& services, Call& call, Activity activity)
{
    const auto id = call.id<StaffId>("staff_id");
    if (!id)
        return std::unexpected{id.error()};
    StaffPatch patch;
    patch.is_active = activity == Activity::active;
    return answered(
        services,
        call,
        change_staff(services, caller_of(call), {*id, std::nullopt, std::move(patch)})
    );
}

Result<void> reset(Services& services, const Call& call, const OneTimePassword& form)
{
    const auto id = call.id<StaffId>("staff_id");
    if (!id)
        return std::unexpected{id.error()};
    return reset_password(services, caller_of(call), *id, form.password);
}

std::vector<http::QueryParam> list_query()
{
    auto params = page_query();
    params.push_back(
        {.name = "active", .about = "Only people who work here now.", .type = http::QueryType::flag}
    );
    params.push_back({.name = "team", .about = "Only this team.", .type = http::QueryType::number});
    return params;
}

http::RouteTable reading_and_editing(Services& services)
{
    return {
        route<NoBody, StaffList>(
            {.name = "list_staff",
             .method = "GET",
             .path = "/api/v1/staff",
             .summary = "People, in the order in which they came.",
             .permission = "staff_read",
             .query = list_query()},
            [&services](Call& call) { return list(services, call); }
        ),
        route<NewStaffForm, StaffView>(
            {.name = "create_staff",
             .method = "POST",
             .path = "/api/v1/staff",
             .summary = "Adds a person, with a one-time password if they are to sign in.",
             .permission = "staff_admin",
             .status = 201,
             .needs_key = true},
            [&services](Call& call, const NewStaffForm& form) {
                return create(services, call, form);
            }
        ),
        route<NoBody, StaffView>(
            {.name = "get_staff",
             .method = "GET",
             .path = "/api/v1/staff/{staff_id}",
             .summary = "One person.",
             .permission = "staff_read"},
            [&services](Call& call) { return get(services, call); }
        ),
        route<StaffForm, StaffView>(
            {.name = "change_staff",
             .method = "PATCH",
             .path = "/api/v1/staff/{staff_id}",
             .summary = "Changes a person: what is absent stays as it is.",
             .permission = "staff_admin",
             .needs_if_match = true},
            [&services](Call& call, const StaffForm& form) { return change(services, call, form); }
        )};
}

}  // namespace

http::RouteTable staff_routes(Services& services)
{
    auto rows = reading_and_editing(services);
    rows.push_back(route<NoBody, StaffView>(
        {.name = "disable_staff",
         .method = "POST",
         .path = "/api/v1/staff/{staff_id}/disable",
         .summary = "Ends somebody's work: every session ends at once, no new case comes to them.",
         .permission = "staff_admin",
         .needs_key = true},
        [&services](Call& call) { return set_activity(services, call, Activity::disabled); }
    ));
    rows.push_back(route<NoBody, StaffView>(
        {.name = "enable_staff",
         .method = "POST",
         .path = "/api/v1/staff/{staff_id}/enable",
         .summary = "Takes somebody back.",
         .permission = "staff_admin",
         .needs_key = true},
        [&services](Call& call) { return set_activity(services, call, Activity::active); }
    ));
    rows.push_back(route<OneTimePassword, NoContent>(
        {.name = "reset_password",
         .method = "POST",
         .path = "/api/v1/staff/{staff_id}/password-reset",
         .summary = "Sets a one-time password; every session of that person ends.",
         .permission = "staff_admin",
         .needs_key = true},
        [&services](Call& call, const OneTimePassword& form) { return reset(services, call, form); }
    ));
    return rows;
}

}  // namespace redress::staff
