#pragma once

#include "base/embedded.hpp"
#include "base/instant.hpp"
#include "db/tx.hpp"

#include <span>

namespace redress::embedded {

/// The schema's own migrations, src/db/migrations/NNNN_name.sql.
std::span<const File> migrations();

}  // namespace redress::embedded

namespace redress::db {

/// Brings the schema to the newest of `files` (named NNNN_name.sql from 0001 on without gaps), each
/// file in a transaction of its own, and records number, name and SHA-256. Safe when two nodes do
/// it at once. Throws Fault{newer_schema} when the store knows a number that `files` does not,
/// Fault{other} when a file that was applied has changed since. What differs by nature begins with
/// ON SQLITE or ON POSTGRES and is passed over by the other.
void migrate(Connection& connection, std::span<const embedded::File> files, Instant now);

/// The newest migration applied; 0 for an empty store.
[[nodiscard]] int schema_version(Tx& tx);

}  // namespace redress::db
