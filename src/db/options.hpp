#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace redress::db {

enum class Dialect { sqlite, postgres };

/// `open` takes the file's lock and writes; `inspect` reads a SQLite copy that nobody writes,
/// without touching it.
enum class Purpose { open, inspect };

struct Options {
    /// "sqlite:PATH", "postgresql://…" or a libpq "key=value" string.
    std::string url{};
    Purpose purpose = Purpose::open;
    /// Connections that read; 0 is 2 with SQLite and 8 with PostgreSQL.
    int readers = 0;
    std::size_t max_queued_writes = 4096;
    /// Most jobs that share one COMMIT.
    std::size_t max_batch = 256;
    /// Longest wait of a write for its turn, of a read for a connection, of the writer for a server
    /// that is away.
    std::chrono::milliseconds write_timeout{15'000};
    /// Longest run of one statement, and of a COMMIT.
    std::chrono::milliseconds statement_timeout{10'000};
};

}  // namespace redress::db
