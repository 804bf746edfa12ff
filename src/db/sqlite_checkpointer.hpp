#pragma once

#include "db/sqlite_connection.hpp"

#include <condition_variable>
#include <mutex>
#include <thread>

namespace redress::db {

/// Copies the write-ahead log into the database file on a thread of its own, so that no write waits
/// for it: quietly from 16 MiB on, and from 64 MiB on in a way that makes writers wait a moment,
/// because under a steady load the quiet way may never catch up. Any thread.
class SqliteCheckpointer {
public:
    explicit SqliteCheckpointer(const SqliteSettings& settings);
    ~SqliteCheckpointer();
    SqliteCheckpointer(const SqliteCheckpointer&) = delete;
    SqliteCheckpointer& operator=(const SqliteCheckpointer&) = delete;

    /// Tells this checkpointer how long the log is after each commit of `connection`, which it must
    /// outlive.
    void watch(SqliteConnection& connection);
    /// Empties the log now. Throws Fault{busy} when a reader keeps it from it.
    void truncate();

private:
    static int on_commit(void* self, sqlite3* handle, const char* schema, int pages);
    void wal_has(int pages);
    void run();

    std::mutex connection_mutex_;
    SqliteConnection connection_;
    std::mutex mutex_;
    std::condition_variable wake_;
    int pages_ = 0;
    int due_at_;
    bool stopping_ = false;
    std::jthread thread_;
};

}  // namespace redress::db
