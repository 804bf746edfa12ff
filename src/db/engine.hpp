#pragma once

#include "db/connection.hpp"
#include "db/options.hpp"

#include <filesystem>
#include <memory>

namespace redress::db {

/// What a session is for: `upkeep` (migrations, checks) may write and has no statement timeout.
enum class Role { read, write, upkeep };

/// One kind of database: where it is, and how a session of it is opened. Any thread.
class Engine {
public:
    virtual ~Engine() = default;

    [[nodiscard]] virtual Dialect dialect() const = 0;
    [[nodiscard]] virtual int default_readers() const = 0;
    [[nodiscard]] virtual std::unique_ptr<Connection> connect(Role role) = 0;
    /// See Database.
    virtual void backup_to(const std::filesystem::path& path) = 0;
    virtual void checkpoint() = 0;
};

/// Chooses by Options::url and takes hold of the database (SQLite: its lock). Throws Fault.
[[nodiscard]] std::unique_ptr<Engine> make_engine(const Options& options);

}  // namespace redress::db
