#include "staff/api_parts.hpp"
#include "staff/changes.hpp"
#include "staff/store.hpp"

#include <array>

namespace redress::staff {

/// Away from `from` until just before `to`.
struct LeaveForm {
    static constexpr auto wire_limits = std::to_array<http::Limit>({{"reason", 0, 100}});
    Instant from;
    Instant to;
    std::optional<std::string> reason;
};

struct LeaveView {
    LeaveId id;
    Instant from;
    Instant to;
    std::optional<std::string> reason;  ///< for oneself and who keeps the leave
};

struct LeaveList {
    std::vector<LeaveView> items;
    std::optional<std::string> next_cursor;
};

BOOST_DESCRIBE_STRUCT(LeaveForm, (), (from, to, reason))
BOOST_DESCRIBE_STRUCT(LeaveView, (), (id, from, to, reason))
BOOST_DESCRIBE_STRUCT(LeaveList, (), (items, next_cursor))

namespace {

using http::Call;
using http::NoBody;
using http::NoContent;
using http::route;

bool keeps_leave_of(const Call& call, StaffId person)
{
    const auto& caller = caller_of(call);
    return caller.permissions.has(Permission::leave_admin) || caller.actor.staff == person;
}

/// The person in the path, when the caller may change their leave: one's own, or everybody's.
Result<StaffId> whose(const Call& call)
{
    const auto id = call.id<StaffId>("staff_id");
    if (id && !keeps_leave_of(call, *id))
        return deny(
            Denial::forbidden,
            "permission_missing",
            {},
            {{"permission", "staff.permission.leave_admin"}}
        );
    return id;
}

LeaveView view_of(const Leave& leave, bool tells_reason)
{
    LeaveView view{.id = leave.id, .from = leave.from, .to = leave.to, .reason = {}};
    if (tells_reason)
        view.reason = leave.reason;
    return view;
}

Result<LeaveList> list(Services& services, const Call& call)
{
    const auto person = call.id<StaffId>("staff_id");
    if (!person)
        return std::unexpected{person.error()};
    const auto after = asked_after<LeaveId>(call);
    if (!after)
        return std::unexpected{after.error()};
    const auto limit = asked_limit(call);
    const auto leaves =
        services.database.read([&](db::Tx& tx) { return list_leaves(tx, *person, *after, limit); });
    const bool tells_reason = keeps_leave_of(call, *person);
    return page_of<LeaveList>(leaves, limit, [tells_reason](const Leave& leave) {
        return view_of(leave, tells_reason);
    });
}

Result<LeaveView> add(Services& services, const Call& call, const LeaveForm& form)
{
    const auto person = whose(call);
    if (!person)
        return std::unexpected{person.error()};
    const auto added = add_leave(
        services,
        caller_of(call),
        {.id = {},
         .staff = *person,
         .from = form.from,
         .to = form.to,
         .reason = form.reason.value_or("")}
    );
    if (!added)
        return std::unexpected{added.error()};
    return view_of(*added, true);
}

Result<void> remove(Services& services, const Call& call)
{
    const auto person = whose(call);
    if (!person)
        return std::unexpected{person.error()};
    const auto id = call.id<LeaveId>("leave_id");
    if (!id)
        return std::unexpected{id.error()};
    return remove_leave(services, caller_of(call), *person, *id);
}

}  // namespace

http::RouteTable leave_routes(Services& services)
{
    return {
        route<NoBody, LeaveList>(
            {.name = "list_leave",
             .method = "GET",
             .path = "/api/v1/staff/{staff_id}/leave",
             .summary = "When somebody is away.",
             .permission = "staff_read",
             .query = page_query()},
            [&services](Call& call) { return list(services, call); }
        ),
        route<LeaveForm, LeaveView>(
            {.name = "add_leave",
             .method = "POST",
             .path = "/api/v1/staff/{staff_id}/leave",
             .summary =
                 "Says that somebody will be away: oneself, or anybody for who keeps the leave.",
             .permission = "staff_read",
             .status = 201,
             .needs_key = true},
            [&services](Call& call, const LeaveForm& form) { return add(services, call, form); }
        ),
        route<NoBody, NoContent>(
            {.name = "remove_leave",
             .method = "DELETE",
             .path = "/api/v1/staff/{staff_id}/leave/{leave_id}",
             .summary = "Takes a leave back.",
             .permission = "staff_read"},
            [&services](Call& call) { return remove(services, call); }
        )};
}

}  // namespace redress::staff
