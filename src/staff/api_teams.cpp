#include "staff/api_parts.hpp"
#include "staff/api_wire.hpp"
#include "staff/changes.hpp"
#include "staff/store.hpp"

namespace redress::staff {
namespace {

using http::Call;
using http::NoBody;
using http::route;

Result<TeamView> answered(Call& call, const Result<Team>& team)
{
    if (!team)
        return std::unexpected{team.error()};
    tag(call, team->version);
    return view_of(*team);
}

Result<TeamList> list(Services& services, const Call& call)
{
    const auto after = asked_after<TeamId>(call);
    if (!after)
        return std::unexpected{after.error()};
    const auto limit = asked_limit(call);
    const auto teams =
        services.database.read([&](db::Tx& tx) { return list_teams(tx, *after, limit); });
    return page_of<TeamList>(teams, limit, [](const Team& team) { return view_of(team); });
}

Result<TeamView> get(Services& services, Call& call)
{
    const auto id = call.id<TeamId>("team_id");
    if (!id)
        return std::unexpected{id.error()};
    const auto team = services.database.read([&](db::Tx& tx) { return find_team(tx, *id); });
    if (!team)
        return deny(Denial::not_found, "not_found");
    return answered(call, *team);
}

Result<TeamView> change(Services& services, Call& call, const TeamForm& form)
{
    const auto id = call.id<TeamId>("team_id");
    if (!id)
        return std::unexpected{id.error()};
    return answered(
        call,
        change_team(services, caller_of(call), {*id, call.version, patch_of(form)})
    );
}

}  // namespace

http::RouteTable team_routes(Services& services)
{
    return {
        route<NoBody, TeamList>(
            {.name = "list_teams",
             .method = "GET",
             .path = "/api/v1/teams",
             .summary = "Teams and departments.",
             .permission = "staff_read",
             .query = page_query()},
            [&services](Call& call) { return list(services, call); }
        ),
        route<TeamForm, TeamView>(
            {.name = "create_team",
             .method = "POST",
             .path = "/api/v1/teams",
             .summary = "Adds a team.",
             .permission = "staff_admin",
             .status = 201,
             .needs_key = true},
            [&services](Call& call, const TeamForm& form) {
                return answered(call, create_team(services, caller_of(call), patch_of(form)));
            }
        ),
        route<NoBody, TeamView>(
            {.name = "get_team",
             .method = "GET",
             .path = "/api/v1/teams/{team_id}",
             .summary = "One team.",
             .permission = "staff_read"},
            [&services](Call& call) { return get(services, call); }
        ),
        route<TeamForm, TeamView>(
            {.name = "change_team",
             .method = "PATCH",
             .path = "/api/v1/teams/{team_id}",
             .summary = "Changes a team: what is absent stays as it is.",
             .permission = "staff_admin",
             .needs_if_match = true},
            [&services](Call& call, const TeamForm& form) { return change(services, call, form); }
        )};
}

}  // namespace redress::staff
