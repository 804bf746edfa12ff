#include "db/migration.hpp"

#include "db/fault.hpp"
#include "db/test_database.hpp"

#include <doctest/doctest.h>
#include <thread>

using namespace redress;
using db::FaultKind;
using Files = std::vector<embedded::File>;

namespace {

constexpr Instant now{1'700'000'000'000'000};
constexpr embedded::File first{
    "0001_first.sql",
    "create table one (id BIGINT primary key); insert into one (id) values (1);"};
constexpr embedded::File second{
    "0002_second.sql",
    "-- more\ncreate table two (id BIGINT primary key);"};
constexpr embedded::File broken{
    "0003_broken.sql",
    "create table three (id BIGINT); insert into nowhere values (1);"};

constexpr db::Query<std::int64_t> count_one{"test.count_one", "select count(*) from one"};
constexpr db::Query<std::int64_t> count_three{"test.count_three", "select count(*) from three"};
constexpr db::Query<std::string> list_names{
    "test.list_names",
    "select name from schema_migrations order by version"};
constexpr db::Query<Instant> find_first_time{
    "test.find_first_time",
    "select min(applied_at) from schema_migrations"};

FaultKind failure_of(const std::function<void()>& work)
{
    try {
        work();
    } catch (const db::Fault& fault) {
        return fault.kind();
    }
    FAIL("no fault");
    return FaultKind::other;
}

}  // namespace

TEST_CASE("migrations are applied once, in order, and recorded")
{
    db::for_each_database([](db::Database& database) {
        CHECK(database.schema_version() == 0);
        database.migrate(Files{first}, now);
        CHECK(database.schema_version() == 1);
        database.migrate(Files{second, first}, now + Micros{5});
        database.migrate(Files{first, second}, now + Micros{9});
        CHECK(database.schema_version() == 2);
        CHECK(database.read([](db::Tx& tx) { return tx.one(count_one); }) == 1);
        CHECK(database.read([](db::Tx& tx) {
            return tx.all(list_names);
        }) == std::vector<std::string>{"first", "second"});
        CHECK(database.read([](db::Tx& tx) { return tx.one(find_first_time); }) == now);
    });
}

TEST_CASE("a migration that fails leaves nothing behind, and those before it stay")
{
    db::for_each_database([](db::Database& database) {
        failure_of([&] { database.migrate(Files{first, second, broken}, now); });
        CHECK(database.schema_version() == 2);
        failure_of([&] { (void)database.read([](db::Tx& tx) { return tx.one(count_three); }); });
    });
}

TEST_CASE("a newer schema, a changed file and odd names are refused")
{
    db::for_each_database([](db::Database& database) {
        database.migrate(Files{first, second}, now);
        CHECK(failure_of([&] { database.migrate(Files{first}, now); }) == FaultKind::newer_schema);
        const embedded::File changed{second.path, "create table two (id BIGINT);"};
        CHECK(failure_of([&] {
                  database.migrate(Files{first, changed}, now);
              }) == FaultKind::other);
        const embedded::File gap{"0004_gap.sql", "select 1"};
        CHECK(failure_of([&] {
                  database.migrate(Files{first, second, gap}, now);
              }) == FaultKind::other);
        for (const std::string_view path : {"3_x.sql", "0003x.sql", "0003_x.txt", "000a_x.sql", ""})
            CHECK(failure_of([&] {
                      database.migrate(Files{first, second, {path, "select 1"}}, now);
                  }) == FaultKind::other);
        CHECK(database.schema_version() == 2);
    });
}

TEST_CASE("two nodes that migrate at once both find it done")
{
    for (const db::Dialect dialect : db::test_dialects()) {
        db::TestDatabase database{dialect};
        std::vector<std::jthread> nodes;
        std::atomic<int> failures = 0;
        for (int i = 0; i < 4; ++i)
            nodes.emplace_back([&] {
                try {
                    database->migrate(Files{first, second}, now);
                } catch (const db::Fault&) {
                    ++failures;
                }
            });
        nodes.clear();
        CHECK(failures == 0);
        CHECK(database->schema_version() == 2);
        CHECK(database->read([](db::Tx& tx) { return tx.one(count_one); }) == 1);
    }
}

TEST_CASE("the program's own schema goes onto both databases")
{
    db::for_each_database([](db::Database& database) {
        database.migrate(embedded::migrations(), now);
        CHECK(database.schema_version() == static_cast<int>(embedded::migrations().size()));
        CHECK(database.integrity_check() == "ok");
    });
}
