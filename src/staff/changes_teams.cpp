#include "base/hash.hpp"
#include "staff/changes.hpp"
#include "staff/recording.hpp"
#include "staff/rules_permissions.hpp"
#include "staff/store.hpp"

#include <algorithm>

namespace redress::staff {
namespace {

constexpr std::size_t max_key_name = 100;

About about(const Team& team, const Caller& by)
{
    return {"team", team.id.value, team.version, by.actor.name};
}

About about(const ApiKey& key, const Caller& by)
{
    return {"organisation", key.id.value, key.version, by.actor.name};
}

json::object doc_of(const Team& team)
{
    return to_doc(team).as_object();
}

Result<void> check_key(const NewKey& wish, const Caller& by, Instant now)
{
    if (!by.actor.staff)
        return deny(Denial::forbidden, "key_needs_person");
    const auto name = trim(wish.name);
    if (name.empty() || count_code_points(name) > max_key_name)
        return deny(Denial::invalid, "name_form", "name");
    if (wish.roles.empty() || !std::ranges::all_of(wish.roles, is_assignable))
        return deny(Denial::invalid, "role_not_a_job", "roles");
    if (wish.expires_at && *wish.expires_at <= now)
        return deny(Denial::invalid, "key_end_past", "expires_at");
    return {};
}

std::vector<cases::Role> unique_roles(std::vector<cases::Role> roles)
{
    std::ranges::sort(roles);
    const auto repeated = std::ranges::unique(roles);
    roles.erase(repeated.begin(), repeated.end());
    return roles;
}

Entry creation_of(const ApiKey& key)
{
    Entry entry{
        .kind = "key_created",
        .payload = {{"name", key.name}, {"roles", to_doc(key.roles)}},
        .personal = {}};
    if (key.expires_at)
        entry.payload["expires_at"] = key.expires_at->us;
    return entry;
}

}  // namespace

Result<Team> create_team(Services& services, const Caller& by, const TeamPatch& wish)
{
    Team blank;
    blank.is_active = true;
    Team team = patched(std::move(blank), wish);
    if (const auto checked = check_team(team, *services.directory.roster()); !checked)
        return std::unexpected{checked.error()};
    team.version = 1;
    services.database.write([&](db::Tx& tx) {
        team.id = TeamId{services.ledger.next_id()};
        insert_team(tx, team);
        record(services, tx, about(team, by), difference("team_created", {}, doc_of(team)));
    });
    services.directory.reload();
    return team;
}

Result<Team> change_team(Services& services, const Caller& by, const Edit<TeamId, TeamPatch>& edit)
{
    const auto roster = services.directory.roster();
    auto result = services.database.write([&](db::Tx& tx) -> Result<Team> {
        const auto before = find_team(tx, edit.id);
        if (!before)
            return deny(Denial::not_found, "not_found");
        if (edit.version && *edit.version != before->version)
            return deny(Denial::stale, "staff_stale");
        Team team = patched(*before, edit.patch);
        if (const auto checked = check_team(team, *roster); !checked)
            return std::unexpected{checked.error()};
        const auto entry = difference("team_changed", doc_of(*before), doc_of(team));
        if (entry.kind.empty())
            return team;
        ++team.version;
        update_team(tx, team);
        record(services, tx, about(team, by), entry);
        return team;
    });
    if (result)
        services.directory.reload();
    return result;
}

Result<MadeKey> create_key(Services& services, const Caller& by, const NewKey& wish)
{
    const auto now = services.clock.now();
    if (const auto checked = check_key(wish, by, now); !checked)
        return std::unexpected{checked.error()};
    MadeKey made{.key = {}, .token = Keys::new_token()};
    made.key.version = 1;
    made.key.name = std::string{trim(wish.name)};
    made.key.roles = unique_roles(wish.roles);
    made.key.created_by = by.actor.staff;
    made.key.created_at = now;
    made.key.expires_at = wish.expires_at;
    services.database.write([&](db::Tx& tx) {
        made.key.id = KeyId{services.ledger.next_id()};
        insert_key(tx, sha256_hex(made.token), made.key);
        record(services, tx, about(made.key, by), creation_of(made.key));
    });
    return made;
}

Result<void> revoke_key(Services& services, const Caller& by, KeyId id)
{
    const auto result = services.database.write([&](db::Tx& tx) -> Result<void> {
        auto key = find_key(tx, id);
        if (!key)
            return deny(Denial::not_found, "not_found");
        if (key->revoked_at)
            return {};
        ++key->version;
        key->revoked_at = services.clock.now();
        revoke_key(tx, *key);
        record(services, tx, about(*key, by), {"key_revoked", {}, {}});
        return {};
    });
    if (result)
        services.keys.forget(id);
    return result;
}

}  // namespace redress::staff
