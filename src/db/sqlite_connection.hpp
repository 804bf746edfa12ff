#pragma once

#include "db/connection.hpp"

#include <sqlite3.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace redress::db {

class SqliteStatement;

struct SqliteSettings {
    std::filesystem::path path{};
    Access access = Access::read_write;
    Purpose purpose = Purpose::open;
    /// Zero is without end.
    std::chrono::milliseconds statement_timeout{0};
};

/// Throws the Fault for the last error of `handle`; `subject` is the statement or what was
/// attempted.
[[noreturn]] void fail_sqlite(sqlite3* handle, std::string_view subject);

struct SqliteClose {
    void operator()(sqlite3* handle) const noexcept { sqlite3_close_v2(handle); }
};
using SqliteHandle = std::unique_ptr<sqlite3, SqliteClose>;

class SqliteConnection final : public Connection {
public:
    /// Opens or creates the file. Throws Fault{corrupt} for a file that is no database,
    /// Fault{other} else.
    explicit SqliteConnection(const SqliteSettings& settings);
    ~SqliteConnection() override;
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    [[nodiscard]] Prepared& prepare(const StatementText& text) override;
    void execute(std::string_view sql) override;
    void begin(Access access) override;
    void commit() override;
    void rollback() noexcept override;
    void savepoint() override { control("savepoint job"); }
    void release_savepoint() override { control("release savepoint job"); }
    void rollback_to_savepoint() override;
    [[nodiscard]] bool in_transaction() const override;
    [[nodiscard]] bool is_usable() const override { return true; }

    [[nodiscard]] sqlite3* handle() const { return handle_.get(); }

private:
    using Time = std::chrono::steady_clock::time_point;
    friend class SqliteStatement;

    void set_up(const SqliteSettings& settings);
    /// A statement of our own; `sql` is a literal.
    void control(std::string_view sql);
    SqliteStatement& find(const StatementText& text);
    void start_deadline();
    static int on_progress(void* self);

    SqliteHandle handle_;
    std::chrono::milliseconds statement_timeout_;
    Time deadline_ = Time::max();
    std::unordered_map<const char*, std::unique_ptr<SqliteStatement>> statements_;
};

/// One statement of a SqliteConnection.
class SqliteStatement final : public Prepared {
public:
    SqliteStatement(SqliteConnection& connection, const StatementText& text);

    void start(std::span<const Value> values) override;
    [[nodiscard]] bool next() override;
    void finish() noexcept override;
    [[nodiscard]] int columns() const override { return sqlite3_column_count(statement_.get()); }
    [[nodiscard]] std::int64_t changed() const override { return changed_; }
    [[nodiscard]] std::string_view name() const override { return name_; }
    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] double real(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;

private:
    struct Finalize {
        void operator()(sqlite3_stmt* statement) const noexcept { sqlite3_finalize(statement); }
    };

    void bind(int index, const Value& value);
    void note_success();
    [[noreturn]] void wrong_type(int column, std::string_view wanted) const;

    SqliteConnection& connection_;
    std::string_view name_;
    std::unique_ptr<sqlite3_stmt, Finalize> statement_;
    /// SQLite numbers `$2, $1` as 1, 2: the index of each $n.
    std::vector<int> indexes_;
    std::int64_t changed_ = 0;
    bool running_ = false;
    bool noted_ = false;
};

}  // namespace redress::db
