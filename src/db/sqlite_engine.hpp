#pragma once

#include "db/engine.hpp"
#include "db/sqlite_checkpointer.hpp"

#include <optional>

namespace redress::db {

/// An exclusive lock of the operating system on a file of its own, held until destroyed.
class FileLock {
public:
    /// Throws Fault{locked_by_other}.
    explicit FileLock(const std::filesystem::path& path);
    ~FileLock();
    FileLock(const FileLock&) = delete;
    FileLock& operator=(const FileLock&) = delete;

private:
    int descriptor_;
};

/// One SQLite file. PATH.lock keeps a second process from writing; Purpose::inspect takes no lock.
class SqliteEngine final : public Engine {
public:
    SqliteEngine(std::filesystem::path path, const Options& options);

    [[nodiscard]] Dialect dialect() const override { return Dialect::sqlite; }
    [[nodiscard]] int default_readers() const override { return 2; }
    [[nodiscard]] std::unique_ptr<Connection> connect(Role role) override;
    void backup_to(const std::filesystem::path& path) override;
    void checkpoint() override;

private:
    [[nodiscard]] SqliteSettings settings(Role role) const;

    std::filesystem::path path_;
    Purpose purpose_;
    std::chrono::milliseconds statement_timeout_;
    std::optional<FileLock> lock_;
    std::optional<SqliteCheckpointer> checkpointer_;
};

}  // namespace redress::db
