#include "db/sqlite_connection.hpp"

#include "base/require.hpp"
#include "db/fault.hpp"

namespace redress::db {

namespace {

constexpr int busy_timeout_ms = 5'000;
constexpr int steps_between_deadline_checks = 20'000;

FaultKind kind_of_constraint(int extended)
{
    switch (extended) {
        case SQLITE_CONSTRAINT_UNIQUE:
        case SQLITE_CONSTRAINT_PRIMARYKEY:
        case SQLITE_CONSTRAINT_ROWID:
            return FaultKind::unique;
        case SQLITE_CONSTRAINT_FOREIGNKEY:
            return FaultKind::foreign_key;
        default:
            return FaultKind::check;
    }
}

FaultKind kind_of(int extended)
{
    constexpr int primary_mask = 0xff;
    switch (extended & primary_mask) {
        case SQLITE_CONSTRAINT:
            return kind_of_constraint(extended);
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
            return FaultKind::busy;
        case SQLITE_FULL:
            return FaultKind::disk_full;
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
            return FaultKind::corrupt;
        case SQLITE_INTERRUPT:
            return FaultKind::timeout;
        case SQLITE_MISMATCH:
        case SQLITE_TOOBIG:
        case SQLITE_RANGE:
            return FaultKind::type;
        default:
            return FaultKind::other;
    }
}

/// As a URI, with the characters escaped that would end the path.
std::string immutable_uri(const std::string& path)
{
    std::string uri = "file:";
    for (const char c : path) {
        if (c == '%')
            uri += "%25";
        else if (c == '?')
            uri += "%3f";
        else if (c == '#')
            uri += "%23";
        else
            uri += c;
    }
    return uri + "?immutable=1";
}

struct Address {
    std::string name;
    int flags;
};

Address address_of(const SqliteSettings& settings)
{
    const std::string path = settings.path.string();
    if (settings.purpose == Purpose::open && settings.access == Access::read_write)
        return {path, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE};
    if (settings.purpose == Purpose::open)
        return {path, SQLITE_OPEN_READWRITE};
    // A copy with a log beside it needs the shared memory file; one without must not be written
    // beside.
    if (std::filesystem::exists(path + "-wal"))
        return {path, SQLITE_OPEN_READONLY};
    return {immutable_uri(path), SQLITE_OPEN_READONLY | SQLITE_OPEN_URI};
}

/// The first column of the first row a pragma gives.
std::string pragma(sqlite3* handle, const char* sql)
{
    std::string answer;
    const auto keep_first = [](void* out, int count, char** cells, char**) {
        auto& text = *static_cast<std::string*>(out);
        if (count > 0 && cells[0] != nullptr && text.empty())
            text = cells[0];
        return 0;
    };
    if (sqlite3_exec(handle, sql, keep_first, &answer, nullptr) != SQLITE_OK)
        fail_sqlite(handle, sql);
    return answer;
}

}  // namespace

void fail_sqlite(sqlite3* handle, std::string_view subject)
{
    const int code = sqlite3_extended_errcode(handle);
    throw Fault{
        kind_of(code),
        std::string{subject} + ": " + sqlite3_errmsg(handle) + " (SQLite " + std::to_string(code) +
            ")"};
}

SqliteConnection::SqliteConnection(const SqliteSettings& settings)
    : statement_timeout_{settings.statement_timeout}
{
    const Address address = address_of(settings);
    sqlite3* raw = nullptr;
    const int code =
        sqlite3_open_v2(address.name.c_str(), &raw, address.flags | SQLITE_OPEN_NOMUTEX, nullptr);
    handle_.reset(raw);
    if (code != SQLITE_OK)
        fail_sqlite(raw, "open " + settings.path.string());
    set_up(settings);
    if (statement_timeout_.count() > 0)
        sqlite3_progress_handler(raw, steps_between_deadline_checks, &on_progress, this);
}

SqliteConnection::~SqliteConnection()
{
    statements_.clear();
}

void SqliteConnection::set_up(const SqliteSettings& settings)
{
    sqlite3* const db = handle_.get();
    sqlite3_extended_result_codes(db, 1);
    sqlite3_busy_timeout(db, busy_timeout_ms);
    // "x" is a column in SQL; SQLite would take an unknown one for a text.
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    // As PostgreSQL has it.
    pragma(db, "pragma case_sensitive_like = on");
    pragma(db, "pragma trusted_schema = off");
    pragma(db, "pragma mmap_size = 0");
    if (settings.access == Access::read_only || settings.purpose == Purpose::inspect) {
        pragma(db, "pragma cache_size = -4000");
        pragma(db, "pragma query_only = on");
        return;
    }
    if (const std::string mode = pragma(db, "pragma journal_mode = wal"); mode != "wal")
        throw Fault{
            FaultKind::other,
            settings.path.string() + " cannot have a write-ahead log here (its journal is \"" +
                mode + "\"); put it on a local disk"};
    pragma(db, "pragma synchronous = full");
    pragma(db, "pragma foreign_keys = on");
    pragma(db, "pragma cache_size = -8000");
    pragma(db, "pragma journal_size_limit = 16777216");
    // What a savepoint would bring back is kept in memory, not in a file of its own.
    pragma(db, "pragma temp_store = memory");
    // What was erased does not stay readable in free pages.
    pragma(db, "pragma secure_delete = fast");
    // The checkpointer does it off the writer's path.
    pragma(db, "pragma wal_autocheckpoint = 0");
}

int SqliteConnection::on_progress(void* self)
{
    return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(self)->deadline_ ? 1
                                                                                              : 0;
}

void SqliteConnection::start_deadline()
{
    if (statement_timeout_.count() > 0)
        deadline_ = std::chrono::steady_clock::now() + statement_timeout_;
}

SqliteStatement& SqliteConnection::find(const StatementText& text)
{
    auto& kept = statements_[text.sql.data()];
    if (!kept)
        kept = std::make_unique<SqliteStatement>(*this, text);
    return *kept;
}

Prepared& SqliteConnection::prepare(const StatementText& text)
{
    return find(text);
}

void SqliteConnection::execute(std::string_view sql)
{
    deadline_ = Time::max();
    const std::string text{sql};
    if (sqlite3_exec(handle_.get(), text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
        fail_sqlite(handle_.get(), text.substr(0, text.find('\n')));
}

void SqliteConnection::control(std::string_view sql)
{
    SqliteStatement& statement = find({sql, sql, {}});
    statement.start({});
    try {
        while (statement.next()) {
        }
    } catch (...) {
        statement.finish();
        throw;
    }
    statement.finish();
}

void SqliteConnection::begin(Access access)
{
    control(access == Access::read_write ? "begin immediate" : "begin");
}

void SqliteConnection::commit()
{
    try {
        control("commit");
    } catch (const Fault& fault) {
        constexpr int primary_mask = 0xff;
        // A failed fsync may have reached the disk all the same: a crash now could bring it back.
        if ((sqlite3_extended_errcode(handle_.get()) & primary_mask) == SQLITE_IOERR)
            throw Fault{FaultKind::unknown_outcome, fault.what()};
        throw;
    }
}

void SqliteConnection::rollback() noexcept
{
    if (in_transaction())
        sqlite3_exec(handle_.get(), "rollback", nullptr, nullptr, nullptr);
}

void SqliteConnection::rollback_to_savepoint()
{
    control("rollback to savepoint job");
    control("release savepoint job");
}

bool SqliteConnection::in_transaction() const
{
    return sqlite3_get_autocommit(handle_.get()) == 0;
}

}  // namespace redress::db
