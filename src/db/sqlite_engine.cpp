#include "db/sqlite_engine.hpp"

#include "db/fault.hpp"

#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <system_error>
#include <unistd.h>

namespace redress::db {

namespace {

constexpr mode_t owner_only = 0600;

std::string why(const std::string& what)
{
    return what + ": " + std::generic_category().message(errno);
}

/// Makes a file's bytes, or a folder's names, outlast a power cut.
void sync_path(const std::filesystem::path& path)
{
    const int descriptor = open(path.c_str(), O_RDONLY | O_CLOEXEC);
    const bool synced = descriptor >= 0 && fsync(descriptor) == 0;
    const std::string reason = synced ? "" : why("sync " + path.string());
    if (descriptor >= 0)
        close(descriptor);
    if (!synced)
        throw Fault{FaultKind::other, reason};
}

std::filesystem::path folder_of(const std::filesystem::path& path)
{
    return path.has_parent_path() ? path.parent_path() : std::filesystem::path{"."};
}

void check_place(const std::filesystem::path& path, Purpose purpose)
{
    if (path.empty() || path.string().starts_with(':'))
        throw Fault{
            FaultKind::other,
            "a SQLite database needs the path of a file, as in sqlite:/var/lib/redress/redress.db"};
    if (!std::filesystem::is_directory(folder_of(path)))
        throw Fault{
            FaultKind::other,
            "the folder " + folder_of(path).string() +
                " does not exist; create it, or give the path of one that does"};
    if (purpose == Purpose::inspect && !std::filesystem::exists(path))
        throw Fault{FaultKind::other, "there is no file " + path.string()};
}

/// Copies everything `source` sees into a new file.
void copy_database(sqlite3* source, const std::filesystem::path& path)
{
    sqlite3* raw = nullptr;
    const int opened = sqlite3_open_v2(
        path.c_str(),
        &raw,
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
        nullptr
    );
    const SqliteHandle target{raw};
    if (opened != SQLITE_OK)
        fail_sqlite(raw, "back up to " + path.string());
    sqlite3_backup* const backup = sqlite3_backup_init(raw, "main", source, "main");
    if (backup == nullptr)
        fail_sqlite(raw, "back up to " + path.string());
    const int step = sqlite3_backup_step(backup, -1);
    if (sqlite3_backup_finish(backup) != SQLITE_OK)
        fail_sqlite(raw, "back up to " + path.string());
    if (step != SQLITE_DONE)
        throw Fault{FaultKind::busy, "back up to " + path.string() + ": the database is locked"};
}

/// Counting the bytes in use takes one lock for all threads at every allocation, and nobody asks.
void stop_counting_memory()
{
    static const int done = sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    static_cast<void>(done);
}

}  // namespace

FileLock::FileLock(const std::filesystem::path& path)
    : descriptor_{open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, owner_only)}
{
    if (descriptor_ < 0)
        throw Fault{FaultKind::other, why("open " + path.string())};
    if (flock(descriptor_, LOCK_EX | LOCK_NB) == 0)
        return;
    const bool taken = errno == EWOULDBLOCK;
    const std::string reason = why("lock " + path.string());
    close(descriptor_);
    if (!taken)
        throw Fault{FaultKind::other, reason};
    throw Fault{
        FaultKind::locked_by_other,
        "another process has this database open (it holds " + path.string() + "); stop it first"};
}

FileLock::~FileLock()
{
    close(descriptor_);
}

SqliteEngine::SqliteEngine(std::filesystem::path path, const Options& options)
    : path_{std::move(path)},
      purpose_{options.purpose},
      statement_timeout_{options.statement_timeout}
{
    stop_counting_memory();
    check_place(path_, purpose_);
    if (purpose_ == Purpose::inspect)
        return;
    lock_.emplace(path_.string() + ".lock");
    checkpointer_.emplace(settings(Role::upkeep));
}

SqliteSettings SqliteEngine::settings(Role role) const
{
    SqliteSettings made{.path = path_, .purpose = purpose_};
    if (role == Role::read)
        made.access = Access::read_only;
    if (role != Role::upkeep)
        made.statement_timeout = statement_timeout_;
    return made;
}

std::unique_ptr<Connection> SqliteEngine::connect(Role role)
{
    auto connection = std::make_unique<SqliteConnection>(settings(role));
    if (checkpointer_ && role != Role::read)
        checkpointer_->watch(*connection);
    return connection;
}

void SqliteEngine::backup_to(const std::filesystem::path& path)
{
    if (std::filesystem::exists(path))
        throw Fault{
            FaultKind::other,
            path.string() + " exists already; a backup overwrites nothing"};
    check_place(path, Purpose::open);
    const std::filesystem::path part = path.string() + ".part";
    std::filesystem::remove(part);
    try {
        const SqliteConnection source{settings(Role::read)};
        copy_database(source.handle(), part);
        sync_path(part);
        std::filesystem::rename(part, path);
        sync_path(folder_of(path));
    } catch (...) {
        std::error_code ignored;
        std::filesystem::remove(part, ignored);
        throw;
    }
}

void SqliteEngine::checkpoint()
{
    if (checkpointer_)
        checkpointer_->truncate();
}

}  // namespace redress::db
