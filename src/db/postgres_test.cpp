#include "db/fault.hpp"
#include "db/test_database.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <latch>
#include <thread>

using namespace redress;
using db::FaultKind;
using std::chrono::milliseconds;

namespace {

constexpr db::Command<> create{
    "test.create_item",
    "create table item (id BIGINT primary key, count BIGINT not null)"};
constexpr db::Command<std::int64_t> insert{
    "test.insert_item",
    "insert into item (id, count) values ($1, 0)"};
constexpr db::Command<std::int64_t> increase{
    "test.increase",
    "update item set count = count + 1 where id = $1"};
constexpr db::Query<std::int64_t> count_items{"test.count_items", "select count(*) from item"};
constexpr db::Query<std::int64_t> sum_items{"test.sum_items", "select sum(count) from item"};
constexpr db::Query<std::int64_t> kill_others{
    "test.kill_others",
    "select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> "
    "pg_backend_pid() and backend_type = 'client backend'"};
constexpr db::Query<std::int64_t> kill_self{
    "test.kill_self",
    "select count(pg_terminate_backend(pg_backend_pid()))"};
constexpr db::Query<std::string> find_synchronous_commit{
    "test.find_synchronous_commit",
    "select current_setting('synchronous_commit')"};

/// Run by COMMIT itself.
constexpr db::Command<> create_killer{
    "test.create_killer",
    "create function killer() returns trigger language plpgsql as $$ begin perform "
    "pg_terminate_backend(pg_backend_pid()); return null; end $$"};
constexpr db::Command<> create_sleeper{
    "test.create_sleeper",
    "create function sleeper() returns trigger language plpgsql as $$ begin perform pg_sleep(8); return null; end $$"};
constexpr db::Command<> call_killer{
    "test.call_killer",
    "create constraint trigger at_commit after insert on item deferrable initially deferred for each row when (new.id "
    "= 13) execute function killer()"};
constexpr db::Command<> call_sleeper{
    "test.call_sleeper",
    "create constraint trigger at_commit2 after insert on item deferrable initially deferred for each row when (new.id "
    "= 14) execute function sleeper()"};

bool has_postgres()
{
    return std::ranges::count(db::test_dialects(), db::Dialect::postgres) > 0;
}

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

struct Fixture {
    db::TestDatabase database;
    explicit Fixture(db::Options options = {}) : database{db::Dialect::postgres, std::move(options)}
    {
        database->write([](db::Tx& tx) { tx.run(create); });
    }
    void add(std::int64_t id)
    {
        database->write([&](db::Tx& tx) { tx.run(insert, id); });
    }
    std::int64_t count()
    {
        return database->read([](db::Tx& tx) { return tx.one(count_items); }).value();
    }
};

}  // namespace

TEST_CASE("sessions that the server ended are opened again, for reads and writes")
{
    if (!has_postgres())
        return;
    Fixture f;
    f.add(1);
    CHECK(f.count() == 1);
    for (std::int64_t i = 2; i < 5; ++i) {
        CHECK(f.database->read([](db::Tx& tx) { return tx.one(kill_others); }) == 1);
        f.add(i);
        (void)f.database->write([](db::Tx& tx) { return tx.one(kill_others); });
        CHECK(f.count() == i);
    }
    CHECK(f.database->figures().reconnects == 3);
}

TEST_CASE("a batch that loses its session before COMMIT runs again, once")
{
    if (!has_postgres())
        return;
    Fixture f;
    int runs = 0;
    f.database->write([&](db::Tx& tx) {
        tx.run(insert, 1);
        if (++runs == 1)
            (void)tx.one(kill_self);
    });
    CHECK(runs == 2);
    CHECK(f.count() == 1);
    CHECK(f.database->figures().retries == 1);
}

TEST_CASE("a COMMIT whose answer is lost is an unknown outcome and is not tried again")
{
    if (!has_postgres())
        return;
    Fixture f;
    f.database->write([](db::Tx& tx) {
        tx.run(create_killer);
        tx.run(call_killer);
    });
    int runs = 0;
    const auto write = [&](db::Tx& tx) {
        ++runs;
        tx.run(insert, 13);
    };
    CHECK(failure_of([&] { f.database->write(write); }) == FaultKind::unknown_outcome);
    CHECK(runs == 1);
    f.add(1);
    CHECK(f.count() == 1);
}

TEST_CASE("a COMMIT that takes too long is an unknown outcome")
{
    if (!has_postgres())
        return;
    Fixture f{{.statement_timeout = milliseconds{1'000}}};
    f.database->write([](db::Tx& tx) {
        tx.run(create_sleeper);
        tx.run(call_sleeper);
    });
    const auto begin = std::chrono::steady_clock::now();
    CHECK(failure_of([&] { f.add(14); }) == FaultKind::unknown_outcome);
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds{7});
    f.add(1);
    CHECK(f.count() == 1);
}

TEST_CASE("two nodes that deadlock both get through")
{
    if (!has_postgres())
        return;
    Fixture f;
    f.add(1);
    f.add(2);
    db::Database other{{.url = f.database.url()}};
    std::latch both_hold_one{2};
    const auto cross = [&](db::Database& node, std::int64_t first, std::int64_t second) {
        bool is_first_run = true;
        node.write([&, first, second](db::Tx& tx) {
            tx.run(increase, first);
            if (std::exchange(is_first_run, false))
                both_hold_one.arrive_and_wait();
            tx.run(increase, second);
        });
    };
    std::jthread one{[&] { cross(*f.database, 1, 2); }};
    cross(other, 2, 1);
    one.join();
    CHECK(f.database->read([](db::Tx& tx) { return tx.one(sum_items); }) == 4);
    CHECK(f.database->figures().retries + other.figures().retries >= 1);
}

TEST_CASE("a server that is away for longer than a write waits is a disconnection")
{
    if (!has_postgres())
        return;
    Fixture f{{.write_timeout = milliseconds{1'500}}};
    const auto always_lost = [](db::Tx& tx) { (void)tx.one(kill_self); };
    CHECK(failure_of([&] { f.database->write(always_lost); }) == FaultKind::disconnected);
    CHECK(failure_of([&] { f.database->read(always_lost); }) == FaultKind::disconnected);
    f.add(1);
    CHECK(f.count() == 1);
}

TEST_CASE("a session never acknowledges what its own server has not on disk")
{
    if (!has_postgres())
        return;
    db::TestDatabase database{db::Dialect::postgres};
    db::Database careless{{.url = database.url() + " options='-c synchronous_commit=off'"}};
    CHECK(careless.write([](db::Tx& tx) { return tx.one(find_synchronous_commit); }) == "local");
    CHECK(database->write([](db::Tx& tx) { return tx.one(find_synchronous_commit); }) == "on");
}

TEST_CASE("a PostgreSQL backup is left to its own tools")
{
    if (!has_postgres())
        return;
    Fixture f;
    CHECK(failure_of([&] { f.database->backup_to("/tmp/never"); }) == FaultKind::other);
    CHECK(f.database->integrity_check() == "ok");
}
