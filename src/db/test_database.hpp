#pragma once

#include "db/database.hpp"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace redress::db {

/// A fresh, empty database for one test; gone with its files when it goes out of scope.
class TestDatabase {
public:
    /// PostgreSQL needs REDRESS_TEST_POSTGRES, the conninfo of a server to create databases on.
    explicit TestDatabase(Dialect dialect, Options options = {});
    ~TestDatabase();
    TestDatabase(const TestDatabase&) = delete;
    TestDatabase& operator=(const TestDatabase&) = delete;

    Database& operator*() { return *database_; }
    Database* operator->() { return database_.get(); }
    /// Its address, to open it again.
    [[nodiscard]] const std::string& url() const { return options_.url; }
    void close() { database_.reset(); }
    void reopen();

private:
    Options options_;
    std::string place_;
    std::unique_ptr<Database> database_;
};

/// SQLite always; PostgreSQL when REDRESS_TEST_POSTGRES is set (said once on standard error when it
/// is not).
[[nodiscard]] std::vector<Dialect> test_dialects();

/// Runs `test` once on a fresh, empty database of each kind.
void for_each_database(const std::function<void(Database&)>& test);

}  // namespace redress::db
