#pragma once

#include "db/options.hpp"
#include "db/statement.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>

namespace redress::db {

/// A prepared statement of one connection, and the row it stands on.
class Prepared : public Cells {
public:
    /// Runs the statement. A statement that is already running is a bug.
    virtual void start(std::span<const Value> values) = 0;
    [[nodiscard]] virtual bool next() = 0;
    virtual void finish() noexcept = 0;
    [[nodiscard]] virtual int columns() const = 0;
    /// Rows inserted, changed or deleted; after the last `next`.
    [[nodiscard]] virtual std::int64_t changed() const = 0;
    [[nodiscard]] virtual std::string_view name() const = 0;
};

enum class Access { read_only, read_write };

/// One session of a database; one thread at a time. Statements are prepared once and kept.
class Connection {
public:
    virtual ~Connection() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    [[nodiscard]] virtual Prepared& prepare(const StatementText& text) = 0;
    /// One statement without parameters and rows, not kept: for migrations.
    virtual void execute(std::string_view sql) = 0;

    /// A snapshot to read, or a transaction that may write (SQLite: takes the write lock now).
    virtual void begin(Access access) = 0;
    /// Throws Fault{unknown_outcome} when it may have happened all the same.
    virtual void commit() = 0;
    virtual void rollback() noexcept = 0;
    virtual void savepoint() = 0;
    virtual void release_savepoint() = 0;
    virtual void rollback_to_savepoint() = 0;

    /// False after an error that ended the transaction as a whole.
    [[nodiscard]] virtual bool in_transaction() const = 0;
    /// False when the session is gone and must be thrown away.
    [[nodiscard]] virtual bool is_usable() const = 0;
};

}  // namespace redress::db
