#include "staff/store_credentials.hpp"

#include "base/document.hpp"
#include "base/require.hpp"
#include "staff/credentials_sql.hpp"

namespace redress::staff {
namespace {

using std::int64_t;
using std::string_view;

/// An ApiKey as its row: the roles as a JSON list.
struct KeyRow {
    KeyId id;
    int64_t version{};
    std::string name;
    std::string roles;
    StaffId created_by;
    Instant created_at;
    std::optional<Instant> expires_at;
    std::optional<Instant> revoked_at;
    std::optional<Instant> used_at;
};
BOOST_DESCRIBE_STRUCT(
    KeyRow,
    (),
    (id, version, name, roles, created_by, created_at, expires_at, revoked_at, used_at)
)

constexpr db::Command<StaffId, string_view, Instant> put_credential_row{
    "staff.put_credential",
    sql::put_credential};
constexpr db::Query<Credential, string_view> select_credential_by_login{
    "staff.find_credential_by_login",
    sql::find_credential_by_login};
constexpr db::Query<Credential, StaffId> select_credential{
    "staff.find_credential",
    sql::find_credential};
constexpr db::Command<string_view, StaffId, Instant, Instant> insert_session_row{
    "staff.insert_session",
    sql::insert_session};
constexpr db::Query<Session, string_view> select_session{"staff.find_session", sql::find_session};
constexpr db::Command<string_view, Instant> touch_session_row{
    "staff.touch_session",
    sql::touch_session};
constexpr db::Command<string_view> delete_session_row{"staff.delete_session", sql::delete_session};
constexpr db::Command<StaffId> delete_sessions_of_person{
    "staff.delete_sessions_of",
    sql::delete_sessions_of};
constexpr db::Command<Instant, int64_t> delete_stale{
    "staff.delete_stale_sessions",
    sql::delete_stale_sessions};
constexpr db::Command<
    KeyId,
    int64_t,
    string_view,
    string_view,
    string_view,
    StaffId,
    Instant,
    std::optional<Instant>>
    insert_key_row{"staff.insert_key", sql::insert_key};
constexpr db::Query<KeyRow, KeyId> select_key{"staff.find_key", sql::find_key};
constexpr db::Query<KeyRow, string_view> select_key_by_token{
    "staff.find_key_by_token",
    sql::find_key_by_token};
constexpr db::Query<KeyRow, KeyId, int64_t> select_keys{"staff.list_keys", sql::list_keys};
constexpr db::Command<KeyId, int64_t, std::optional<Instant>> revoke_key_row{
    "staff.revoke_key",
    sql::revoke_key};
constexpr db::Command<KeyId, Instant> touch_key_row{"staff.touch_key", sql::touch_key};

ApiKey key_of(KeyRow row)
{
    ApiKey key{
        .id = row.id,
        .version = row.version,
        .name = std::move(row.name),
        .roles = {},
        .created_by = row.created_by,
        .created_at = row.created_at,
        .expires_at = row.expires_at,
        .revoked_at = row.revoked_at,
        .used_at = row.used_at};
    key.roles = read_doc<decltype(key.roles)>(row.roles);
    return key;
}

std::optional<ApiKey> key_of(std::optional<KeyRow> row)
{
    return row ? std::optional{key_of(*std::move(row))} : std::nullopt;
}

}  // namespace

std::optional<Credential> find_credential(db::Tx& tx, string_view login)
{
    return tx.one(select_credential_by_login, login);
}

std::optional<Credential> find_credential(db::Tx& tx, StaffId staff)
{
    return tx.one(select_credential, staff);
}

void put_credential(db::Tx& tx, StaffId staff, string_view password_hash, Instant now)
{
    tx.run(put_credential_row, staff, password_hash, now);
    delete_sessions_of(tx, staff);
}

void insert_session(db::Tx& tx, string_view token_hash, const Session& session)
{
    tx.run(insert_session_row, token_hash, session.staff, session.created_at, session.seen_at);
}

std::optional<Session> find_session(db::Tx& tx, string_view token_hash)
{
    return tx.one(select_session, token_hash);
}

void touch_session(db::Tx& tx, string_view token_hash, Instant seen_at)
{
    tx.run(touch_session_row, token_hash, seen_at);
}

void delete_session(db::Tx& tx, string_view token_hash)
{
    tx.run(delete_session_row, token_hash);
}

void delete_sessions_of(db::Tx& tx, StaffId staff)
{
    tx.run(delete_sessions_of_person, staff);
}

int64_t delete_stale_sessions(db::Tx& tx, Instant seen_before, int64_t limit)
{
    return tx.run(delete_stale, seen_before, limit);
}

void insert_key(db::Tx& tx, string_view token_hash, const ApiKey& key)
{
    tx.run(
        insert_key_row,
        key.id,
        key.version,
        token_hash,
        key.name,
        write_doc(key.roles),
        key.created_by,
        key.created_at,
        key.expires_at
    );
}

std::optional<ApiKey> find_key(db::Tx& tx, KeyId id)
{
    return key_of(tx.one(select_key, id));
}

std::optional<ApiKey> find_key(db::Tx& tx, string_view token_hash)
{
    return key_of(tx.one(select_key_by_token, token_hash));
}

std::vector<ApiKey> list_keys(db::Tx& tx, KeyId after, int64_t limit)
{
    std::vector<ApiKey> keys;
    for (auto& row : tx.all(select_keys, after, limit))
        keys.push_back(key_of(std::move(row)));
    return keys;
}

void revoke_key(db::Tx& tx, const ApiKey& key)
{
    const auto changed = tx.run(revoke_key_row, key.id, key.version, key.revoked_at);
    REQUIRE_THAT(changed == 1);
}

void touch_key(db::Tx& tx, KeyId id, Instant used_at)
{
    tx.run(touch_key_row, id, used_at);
}

}  // namespace redress::staff
