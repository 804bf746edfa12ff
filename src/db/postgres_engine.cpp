#include "db/postgres_engine.hpp"

#include "db/fault.hpp"
#include "db/postgres_connection.hpp"

namespace redress::db {

std::unique_ptr<Connection> PostgresEngine::connect(Role role)
{
    PostgresSettings settings{.conninfo = options_.url, .idle_timeout = 2 * options_.write_timeout};
    if (role == Role::read || options_.purpose == Purpose::inspect)
        settings.access = Access::read_only;
    if (role != Role::upkeep)
        settings.statement_timeout = options_.statement_timeout;
    return std::make_unique<PostgresConnection>(settings);
}

void PostgresEngine::backup_to(const std::filesystem::path&)
{
    throw Fault{
        FaultKind::other,
        "a PostgreSQL database is backed up with pg_dump or pg_basebackup"};
}

}  // namespace redress::db
