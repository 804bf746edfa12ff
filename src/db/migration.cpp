#include "db/migration.hpp"

#include "base/hash.hpp"
#include "db/fault.hpp"
#include "db/script.hpp"
#include "db/tx.hpp"

#include <boost/describe/class.hpp>

#include <algorithm>
#include <charconv>
#include <string>
#include <vector>

namespace redress::db {

namespace {

struct Applied {
    int version{};
    std::string sha256;
};
BOOST_DESCRIBE_STRUCT(Applied, (), (version, sha256))

struct Migration {
    int version{};
    std::string_view name;
    std::string_view script;
    std::string sha256;
};

constexpr Query<std::string> lock_migrations{
    "db.lock_migrations",
    "select cast(pg_advisory_xact_lock(7305013) as text)"};
constexpr Command<> create_migrations{
    "db.create_migrations",
    R"sql(create table if not exists schema_migrations (
    version BIGINT not null primary key,
    name TEXT not null,
    sha256 TEXT not null,
    applied_at BIGINT not null
))sql"};
constexpr Query<std::int64_t> has_migrations_sqlite{
    "db.has_migrations_sqlite",
    "select count(*) from sqlite_master where type = 'table' and name = 'schema_migrations'"};
constexpr Query<std::int64_t> has_migrations_postgres{
    "db.has_migrations_postgres",
    "select count(to_regclass('schema_migrations'))"};
constexpr Query<std::optional<int>> find_newest{
    "db.find_newest",
    "select max(version) from schema_migrations"};
constexpr Query<Applied> list_applied{
    "db.list_applied",
    "select version, sha256 from schema_migrations order by version"};
constexpr Command<int, std::string_view, std::string_view, Instant> insert_migration{
    "db.insert_migration",
    "insert into schema_migrations (version, name, sha256, applied_at) values ($1, $2, $3, $4)"};

/// NNNN_name.sql
Migration read_file(const embedded::File& file)
{
    constexpr std::size_t digits = 4;
    constexpr std::string_view suffix = ".sql";
    int version = 0;
    const char* const end = file.path.data() + std::min(digits, file.path.size());
    const auto parsed = std::from_chars(file.path.data(), end, version);
    if (parsed.ptr != file.path.data() + digits || !file.path.substr(digits).starts_with('_') ||
        !file.path.ends_with(suffix))
        throw Fault{
            FaultKind::other,
            "a migration is named NNNN_name.sql, not " + std::string{file.path}};
    std::string_view name = file.path.substr(digits + 1);
    name.remove_suffix(suffix.size());
    return {version, name, file.bytes, sha256_hex(file.bytes)};
}

std::vector<Migration> read_files(std::span<const embedded::File> files)
{
    std::vector<Migration> migrations;
    for (const embedded::File& file : files)
        migrations.push_back(read_file(file));
    std::ranges::sort(migrations, {}, &Migration::version);
    for (std::size_t i = 0; i < migrations.size(); ++i)
        if (migrations[i].version != static_cast<int>(i) + 1)
            throw Fault{
                FaultKind::other,
                "the migrations are not numbered from 0001 on without gaps"};
    return migrations;
}

void check_applied(const std::vector<Applied>& applied, const std::vector<Migration>& known)
{
    if (applied.size() > known.size())
        throw Fault{
            FaultKind::newer_schema,
            "the store has schema " + std::to_string(applied.back().version) +
                ", this program knows " + std::to_string(known.size()) +
                "; start the newer program, or restore the backup made before the upgrade"};
    for (std::size_t i = 0; i < applied.size(); ++i)
        if (applied[i].version != known[i].version || applied[i].sha256 != known[i].sha256)
            throw Fault{
                FaultKind::other,
                "migration " + std::to_string(known[i].version) + " (" +
                    std::string{known[i].name} +
                    ") has changed since it was applied here; migrations are only ever added"};
}

/// SQLite keeps a table by its key itself, without a second tree beside it, only when the key's
/// type is spelled INTEGER; to PostgreSQL that would be four bytes.
std::string with_row_keys(std::string_view statement)
{
    constexpr std::string_view key = "BIGINT PRIMARY KEY";
    constexpr std::string_view row_key = "INTEGER PRIMARY KEY";
    std::string text{statement};
    for (auto at = text.find(key); at != std::string::npos; at = text.find(key, at))
        text.replace(at, key.size(), row_key);
    return text;
}

/// A statement of a migration as this database takes it; "" when it is for the other kind.
std::string statement_for(Dialect dialect, std::string_view statement)
{
    constexpr std::string_view only_sqlite = "ON SQLITE ";
    constexpr std::string_view only_postgres = "ON POSTGRES ";
    const bool is_sqlite = dialect == Dialect::sqlite;
    const auto mine = is_sqlite ? only_sqlite : only_postgres;
    if (statement.starts_with(mine))
        statement.remove_prefix(mine.size());
    else if (statement.starts_with(is_sqlite ? only_postgres : only_sqlite))
        return {};
    return is_sqlite ? with_row_keys(statement) : std::string{statement};
}

void apply(Connection& connection, Tx& tx, const Migration& migration, Instant now)
{
    for (const std::string_view statement : split_script(migration.script))
        if (const auto text = statement_for(connection.dialect(), statement); !text.empty())
            connection.execute(text);
    tx.run(insert_migration, migration.version, migration.name, migration.sha256, now);
}

/// Applies the next one; false when there is none. The lock makes a second node wait, and then find
/// nothing to do.
bool apply_next(Connection& connection, const std::vector<Migration>& known, Instant now)
{
    Tx tx{connection};
    if (connection.dialect() == Dialect::postgres)
        static_cast<void>(tx.one(lock_migrations));
    tx.run(create_migrations);
    const std::vector<Applied> applied = tx.all(list_applied);
    check_applied(applied, known);
    if (applied.size() == known.size())
        return false;
    apply(connection, tx, known[applied.size()], now);
    return true;
}

}  // namespace

void migrate(Connection& connection, std::span<const embedded::File> files, Instant now)
{
    const std::vector<Migration> known = read_files(files);
    for (bool again = true; again;) {
        connection.begin(Access::read_write);
        try {
            again = apply_next(connection, known, now);
            connection.commit();
        } catch (...) {
            connection.rollback();
            throw;
        }
    }
}

int schema_version(Tx& tx)
{
    const bool is_postgres = tx.dialect() == Dialect::postgres;
    if (tx.one(is_postgres ? has_migrations_postgres : has_migrations_sqlite) == 0)
        return 0;
    return tx.one(find_newest).value().value_or(0);
}

}  // namespace redress::db
