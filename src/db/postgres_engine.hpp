#pragma once

#include "db/engine.hpp"

namespace redress::db {

/// One database of a PostgreSQL server, 15 or newer.
class PostgresEngine final : public Engine {
public:
    explicit PostgresEngine(Options options) : options_{std::move(options)} {}

    [[nodiscard]] Dialect dialect() const override { return Dialect::postgres; }
    [[nodiscard]] int default_readers() const override { return 8; }
    [[nodiscard]] std::unique_ptr<Connection> connect(Role role) override;
    /// Throws Fault{other}: pg_dump and pg_basebackup do it.
    void backup_to(const std::filesystem::path& path) override;
    void checkpoint() override {}

private:
    Options options_;
};

}  // namespace redress::db
