#include "db/sqlite_checkpointer.hpp"

#include "db/fault.hpp"

namespace redress::db {

namespace {

constexpr int page_bytes = 4096;
constexpr int quiet_pages = 16 * 1024 * 1024 / page_bytes;
constexpr int forced_pages = 4 * quiet_pages;
/// Longest a forced checkpoint holds writers up while it waits for readers.
constexpr int patience_ms = 1'000;

}  // namespace

SqliteCheckpointer::SqliteCheckpointer(const SqliteSettings& settings)
    : connection_{settings}, due_at_{quiet_pages}
{
    sqlite3_busy_timeout(connection_.handle(), patience_ms);
    thread_ = std::jthread{[this] { run(); }};
}

SqliteCheckpointer::~SqliteCheckpointer()
{
    {
        const std::lock_guard lock{mutex_};
        stopping_ = true;
    }
    wake_.notify_one();
}

void SqliteCheckpointer::watch(SqliteConnection& connection)
{
    sqlite3_wal_hook(connection.handle(), &on_commit, this);
}

int SqliteCheckpointer::on_commit(void* self, sqlite3*, const char*, int pages)
{
    static_cast<SqliteCheckpointer*>(self)->wal_has(pages);
    return SQLITE_OK;
}

void SqliteCheckpointer::wal_has(int pages)
{
    const std::lock_guard lock{mutex_};
    pages_ = pages;
    if (pages_ < quiet_pages)
        due_at_ = quiet_pages;
    if (pages_ >= due_at_)
        wake_.notify_one();
}

void SqliteCheckpointer::run()
{
    std::unique_lock lock{mutex_};
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || pages_ >= due_at_; });
        if (stopping_)
            return;
        const int mode =
            pages_ >= forced_pages ? SQLITE_CHECKPOINT_RESTART : SQLITE_CHECKPOINT_PASSIVE;
        // What a reader keeps from being copied now is tried again when the log has grown further.
        due_at_ = pages_ + quiet_pages / 4;
        lock.unlock();
        {
            const std::lock_guard connection_lock{connection_mutex_};
            sqlite3_wal_checkpoint_v2(connection_.handle(), nullptr, mode, nullptr, nullptr);
        }
        lock.lock();
    }
}

void SqliteCheckpointer::truncate()
{
    const std::lock_guard lock{connection_mutex_};
    sqlite3* const handle = connection_.handle();
    if (sqlite3_wal_checkpoint_v2(handle, nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr) !=
        SQLITE_OK)
        fail_sqlite(handle, "checkpoint");
}

}  // namespace redress::db
