#include "staff/api_parts.hpp"
#include "staff/changes.hpp"
#include "staff/store_credentials.hpp"

#include <array>

namespace redress::staff {

struct KeyForm {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"name", 1, 100}, {"roles", 1, 20}});
    std::string name;
    std::vector<cases::Role> roles;
    std::optional<Instant> expires_at;
};

struct KeyView {
    KeyId id;
    std::string name;
    std::vector<cases::Role> roles;
    StaffId created_by;
    Instant created_at;
    std::optional<Instant> expires_at;
    std::optional<Instant> revoked_at;
    std::optional<Instant> used_at;  ///< up to a minute behind
};

struct KeyList {
    std::vector<KeyView> items;
    std::optional<std::string> next_cursor;
};

/// The only time the token is told.
struct NewKeyView {
    KeyView key;
    std::string token;
};

BOOST_DESCRIBE_STRUCT(KeyForm, (), (name, roles, expires_at))
BOOST_DESCRIBE_STRUCT(
    KeyView,
    (),
    (id, name, roles, created_by, created_at, expires_at, revoked_at, used_at)
)
BOOST_DESCRIBE_STRUCT(KeyList, (), (items, next_cursor))
BOOST_DESCRIBE_STRUCT(NewKeyView, (), (key, token))

namespace {

using http::Call;
using http::NoBody;
using http::NoContent;
using http::route;

KeyView view_of(const ApiKey& key)
{
    return {
        .id = key.id,
        .name = key.name,
        .roles = key.roles,
        .created_by = key.created_by,
        .created_at = key.created_at,
        .expires_at = key.expires_at,
        .revoked_at = key.revoked_at,
        .used_at = key.used_at};
}

Result<KeyList> list(Services& services, const Call& call)
{
    const auto after = asked_after<KeyId>(call);
    if (!after)
        return std::unexpected{after.error()};
    const auto limit = asked_limit(call);
    const auto keys =
        services.database.read([&](db::Tx& tx) { return list_keys(tx, *after, limit); });
    return page_of<KeyList>(keys, limit, [](const ApiKey& key) { return view_of(key); });
}

Result<NewKeyView> create(Services& services, const Call& call, const KeyForm& form)
{
    auto made = create_key(services, caller_of(call), {form.name, form.roles, form.expires_at});
    if (!made)
        return std::unexpected{made.error()};
    return NewKeyView{view_of(made->key), std::move(made->token)};
}

Result<void> revoke(Services& services, const Call& call)
{
    const auto id = call.id<KeyId>("key_id");
    if (!id)
        return std::unexpected{id.error()};
    return revoke_key(services, caller_of(call), *id);
}

}  // namespace

http::RouteTable key_routes(Services& services)
{
    return {
        route<NoBody, KeyList>(
            {.name = "list_api_keys",
             .method = "GET",
             .path = "/api/v1/api-keys",
             .summary = "API keys, without their tokens.",
             .permission = "key_admin",
             .query = page_query()},
            [&services](Call& call) { return list(services, call); }
        ),
        // No idempotency key: the answer holds a secret that must not be kept for a second time.
        route<KeyForm, NewKeyView>(
            {.name = "create_api_key",
             .method = "POST",
             .path = "/api/v1/api-keys",
             .summary = "Makes an API key and tells its token, once.",
             .permission = "key_admin",
             .status = 201},
            [&services](Call& call, const KeyForm& form) { return create(services, call, form); }
        ),
        route<NoBody, NoContent>(
            {.name = "revoke_api_key",
             .method = "DELETE",
             .path = "/api/v1/api-keys/{key_id}",
             .summary = "Revokes an API key at once.",
             .permission = "key_admin"},
            [&services](Call& call) { return revoke(services, call); }
        )};
}

}  // namespace redress::staff
