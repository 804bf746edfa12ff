#include "db/fault.hpp"

#include "db/test_database.hpp"

#include <doctest/doctest.h>

using namespace redress;
using db::FaultKind;

namespace {

constexpr db::Command<> create_parent{
    "test.create_parent",
    "create table parent (id BIGINT primary key, name TEXT unique, age BIGINT check (age > 0))"};
constexpr db::Command<> create_child{
    "test.create_child",
    "create table child (id BIGINT primary key, parent BIGINT not null references parent(id))"};
constexpr db::Command<std::int64_t, std::string_view, std::int64_t> insert_parent{
    "test.insert_parent",
    "insert into parent (id, name, age) values ($1, $2, $3)"};
constexpr db::Command<std::int64_t, std::optional<std::int64_t>> insert_child{
    "test.insert_child",
    "insert into child (id, parent) values ($1, $2)"};
constexpr db::Command<> delete_parents{"test.delete_parents", "delete from parent"};
constexpr db::Query<std::int64_t> count_parents{
    "test.count_parents",
    "select count(*) from parent"};
constexpr db::Command<> nonsense{"test.nonsense", "select from where"};
constexpr db::Command<> unknown_table{"test.unknown_table", "delete from no_such_table"};
constexpr db::Command<> two_statements{
    "test.two_statements",
    "delete from parent; delete from child"};
constexpr db::Query<std::int64_t> endless{
    "test.endless",
    "with recursive n(i) as (select cast(1 as BIGINT) union all select i + 1 from n) select count(*) from n"};

void create_tables(db::Database& database)
{
    database.write([](db::Tx& tx) {
        tx.run(create_parent);
        tx.run(create_child);
        tx.run(insert_parent, 1, "a secret name", 30);
    });
}

struct Failure {
    FaultKind kind;
    std::string text;
};

Failure failure_of(const std::function<void()>& work)
{
    try {
        work();
    } catch (const db::Fault& fault) {
        return {fault.kind(), fault.what()};
    }
    FAIL("no fault");
    return {};
}

}  // namespace

TEST_CASE("constraints are told apart, and texts name the statement but no value")
{
    db::for_each_database([](db::Database& database) {
        create_tables(database);
        const auto kind_of = [&](const std::function<void(db::Tx&)>& work) {
            return failure_of([&] { database.write(work); }).kind;
        };
        CHECK(kind_of([](db::Tx& tx) { tx.run(insert_parent, 1, "b", 1); }) == FaultKind::unique);
        CHECK(kind_of([](db::Tx& tx) { tx.run(insert_parent, 2, "c", 0); }) == FaultKind::check);
        CHECK(kind_of([](db::Tx& tx) { tx.run(insert_child, 1, 99); }) == FaultKind::foreign_key);
        CHECK(kind_of([](db::Tx& tx) {
                  tx.run(insert_child, 1, std::nullopt);
              }) == FaultKind::check);
        CHECK(kind_of([](db::Tx& tx) { tx.run(nonsense); }) == FaultKind::other);
        CHECK(kind_of([](db::Tx& tx) { tx.run(unknown_table); }) == FaultKind::other);
        CHECK(kind_of([](db::Tx& tx) { tx.run(two_statements); }) == FaultKind::other);

        const Failure taken = failure_of([&] {
            database.write([](db::Tx& tx) { tx.run(insert_parent, 3, "a secret name", 1); });
        });
        CHECK(taken.kind == FaultKind::unique);
        CHECK(taken.text.starts_with("test.insert_parent: "));
        CHECK(taken.text.find("secret") == std::string::npos);
        CHECK(database.read([](db::Tx& tx) { return tx.one(count_parents); }) == 1);
    });
}

TEST_CASE("run counts the rows it changed")
{
    db::for_each_database([](db::Database& database) {
        create_tables(database);
        database.write([](db::Tx& tx) {
            CHECK(tx.run(insert_parent, 2, "b", 1) == 1);
            CHECK(tx.run(delete_parents) == 2);
            CHECK(tx.run(delete_parents) == 0);
        });
    });
}

TEST_CASE("a read cannot write")
{
    db::for_each_database([](db::Database& database) {
        create_tables(database);
        failure_of([&] { database.read([](db::Tx& tx) { tx.run(delete_parents); }); });
        CHECK(database.read([](db::Tx& tx) { return tx.one(count_parents); }) == 1);
    });
}

TEST_CASE("a statement that runs too long is ended, and the connection lives on")
{
    for (const db::Dialect dialect : db::test_dialects()) {
        db::TestDatabase database{
            dialect,
            {.readers = 1, .max_batch = 1, .statement_timeout = std::chrono::milliseconds{1'000}}};
        create_tables(*database);
        const auto run_endless = [](db::Tx& tx) { (void)tx.one(endless); };
        CHECK(failure_of([&] { database->read(run_endless); }).kind == FaultKind::timeout);
        CHECK(failure_of([&] { database->write(run_endless); }).kind == FaultKind::timeout);
        CHECK(database->read([](db::Tx& tx) { return tx.one(count_parents); }) == 1);
        database->write([](db::Tx& tx) { tx.run(insert_parent, 5, "after", 1); });
    }
}

TEST_CASE("a read that finds no free connection in time is told so")
{
    for (const db::Dialect dialect : db::test_dialects()) {
        db::TestDatabase database{
            dialect,
            {.readers = 1, .write_timeout = std::chrono::milliseconds{1'000}}};
        create_tables(*database);
        const Failure inner = failure_of([&] {
            database->read([&](db::Tx&) {
                (void)database->read([](db::Tx& tx) { return tx.one(count_parents); });
            });
        });
        CHECK(inner.kind == FaultKind::busy);
        CHECK(database->read([](db::Tx& tx) { return tx.one(count_parents); }) == 1);
    }
}

TEST_CASE("an address that is none is refused with what to write")
{
    const Failure nonsense_address = failure_of([] { db::Database{{.url = "mysql://x"}}; });
    CHECK(nonsense_address.kind == FaultKind::other);
    CHECK(nonsense_address.text.find("sqlite:PATH") != std::string::npos);
    CHECK(failure_of([] {
              db::Database{{.url = "host=127.0.0.1 port=1 user=nobody"}};
          }).kind == FaultKind::disconnected);
}
