#pragma once

#include "db/tx.hpp"
#include "staff/model.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Rows of passwords, sessions and API keys. Tokens come here as SHA-256 in hexadecimal digits and
/// never otherwise. Every function throws db::Fault.
namespace redress::staff {

struct Credential {
    StaffId staff;
    bool is_active{};
    std::string password_hash;
};

[[nodiscard]] std::optional<Credential> find_credential(db::Tx& tx, std::string_view login);
[[nodiscard]] std::optional<Credential> find_credential(db::Tx& tx, StaffId staff);
/// Sets the password and ends every session of that person.
void put_credential(db::Tx& tx, StaffId staff, std::string_view password_hash, Instant now);

struct Session {
    StaffId staff;
    Instant created_at;
    Instant seen_at;
    friend bool operator==(const Session&, const Session&) = default;
};

void insert_session(db::Tx& tx, std::string_view token_hash, const Session& session);
[[nodiscard]] std::optional<Session> find_session(db::Tx& tx, std::string_view token_hash);
void touch_session(db::Tx& tx, std::string_view token_hash, Instant seen_at);
void delete_session(db::Tx& tx, std::string_view token_hash);
void delete_sessions_of(db::Tx& tx, StaffId staff);
/// At most `limit` sessions last seen before that; how many there were.
std::int64_t delete_stale_sessions(db::Tx& tx, Instant seen_before, std::int64_t limit);

/// A key of the API: a name, roles, an end. `version` counts its events.
struct ApiKey {
    KeyId id;
    std::int64_t version{};
    std::string name;
    std::vector<cases::Role> roles;
    StaffId created_by;
    Instant created_at;
    std::optional<Instant> expires_at;
    std::optional<Instant> revoked_at;
    std::optional<Instant> used_at;
    friend bool operator==(const ApiKey&, const ApiKey&) = default;
};

void insert_key(db::Tx& tx, std::string_view token_hash, const ApiKey& key);
[[nodiscard]] std::optional<ApiKey> find_key(db::Tx& tx, KeyId id);
[[nodiscard]] std::optional<ApiKey> find_key(db::Tx& tx, std::string_view token_hash);
[[nodiscard]] std::vector<ApiKey> list_keys(db::Tx& tx, KeyId after, std::int64_t limit);
void revoke_key(db::Tx& tx, const ApiKey& key);
void touch_key(db::Tx& tx, KeyId id, Instant used_at);

BOOST_DESCRIBE_STRUCT(Credential, (), (staff, is_active, password_hash))
BOOST_DESCRIBE_STRUCT(Session, (), (staff, created_at, seen_at))

}  // namespace redress::staff
