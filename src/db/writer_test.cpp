#include "db/fault.hpp"
#include "db/test_database.hpp"

#include <doctest/doctest.h>
#include <expected>
#include <latch>
#include <numeric>
#include <thread>

using namespace redress;
using db::FaultKind;
using std::chrono::milliseconds;

namespace {

constexpr db::Command<> create{
    "test.create_note",
    "create table note (id BIGINT primary key, text TEXT not null)"};
constexpr db::Command<std::int64_t, std::string_view> insert{
    "test.insert_note",
    "insert into note (id, text) values ($1, $2)"};
constexpr db::Query<std::int64_t> list_ids{"test.list_ids", "select id from note order by id"};
constexpr db::Query<std::int64_t> count_notes{"test.count_notes", "select count(*) from note"};
constexpr db::Query<std::optional<std::int64_t>> find_last{
    "test.find_last",
    "select max(id) from note"};
constexpr db::Command<> create_late{
    "test.create_late",
    "create table late (id BIGINT primary key, note BIGINT references note(id) deferrable initially deferred)"};
constexpr db::Command<std::int64_t, std::int64_t> insert_late{
    "test.insert_late",
    "insert into late (id, note) values ($1, $2)"};

std::vector<std::int64_t> ids(db::Database& database)
{
    return database.read([](db::Tx& tx) { return tx.all(list_ids); });
}

/// What a write ended with: nothing, or the kind of its Fault.
using Ending = std::optional<FaultKind>;

Ending ending_of(const std::function<void()>& work)
{
    try {
        work();
    } catch (const db::Fault& fault) {
        return fault.kind();
    } catch (const std::exception&) {
        return FaultKind::other;
    }
    return std::nullopt;
}

/// Writes that all share one batch: a first write holds the writer until the others are queued.
std::vector<Ending>
write_together(db::Database& database, const std::vector<std::function<void(db::Tx&)>>& jobs)
{
    std::latch entered{1};
    std::latch go{1};
    std::jthread holder{[&] {
        database.write([&](db::Tx&) {
            entered.count_down();
            go.wait();
        });
    }};
    entered.wait();
    std::vector<Ending> endings(jobs.size());
    std::vector<std::jthread> callers;
    for (std::size_t i = 0; i < jobs.size(); ++i) {
        callers.emplace_back([&, i] { endings[i] = ending_of([&] { database.write(jobs[i]); }); });
        while (database.figures().queue_depth <= i)
            std::this_thread::yield();
    }
    go.count_down();
    callers.clear();
    return endings;
}

void each_with_table(const std::function<void(db::Database&)>& test)
{
    db::for_each_database([&](db::Database& database) {
        database.write([](db::Tx& tx) {
            tx.run(create);
            tx.run(create_late);
        });
        test(database);
    });
}

}  // namespace

TEST_CASE("a write is seen by the next read")
{
    each_with_table([](db::Database& database) {
        for (int i = 1; i <= 20; ++i) {
            database.write([&](db::Tx& tx) { tx.run(insert, i, "n"); });
            CHECK(database.read([](db::Tx& tx) { return tx.one(count_notes); }) == i);
        }
    });
}

TEST_CASE("a read sees one moment")
{
    each_with_table([](db::Database& database) {
        database.read([&](db::Tx& tx) {
            CHECK(tx.one(count_notes) == 0);
            database.write([](db::Tx& write) { write.run(insert, 1, "meanwhile"); });
            CHECK(tx.one(count_notes) == 0);
        });
        CHECK(database.read([](db::Tx& tx) { return tx.one(count_notes); }) == 1);
    });
}

TEST_CASE("one failing job of 64 hurts no other, and they share one commit")
{
    each_with_table([](db::Database& database) {
        std::vector<std::function<void(db::Tx&)>> jobs;
        for (int i = 0; i < 64; ++i)
            jobs.emplace_back([i](db::Tx& tx) {
                tx.run(insert, i, "before");
                if (i == 10)
                    throw std::runtime_error{"no"};
                if (i == 20)
                    tx.run(insert, i, "twice");
            });
        const db::Figures before = database.figures();
        const auto endings = write_together(database, jobs);
        for (std::size_t i = 0; i < endings.size(); ++i) {
            const Ending expected = i == 10   ? Ending{FaultKind::other}
                                    : i == 20 ? Ending{FaultKind::unique}
                                              : Ending{};
            CHECK_MESSAGE(endings[i] == expected, i);
        }
        CHECK(ids(database).size() == 62);
        const db::Figures after = database.figures();
        CHECK(after.batches - before.batches == 2);
        CHECK(after.jobs - before.jobs == 63);
        CHECK(after.failed_jobs - before.failed_jobs == 2);
        CHECK(
            std::accumulate(after.commits.begin(), after.commits.end(), std::uint64_t{0}) ==
            after.batches
        );
    });
}

TEST_CASE("a refusal undoes its own work and comes back as the value")
{
    each_with_table([](db::Database& database) {
        const auto try_write = [&](std::int64_t id, bool agree) {
            return database.write([&](db::Tx& tx) -> std::expected<std::int64_t, std::string> {
                tx.run(insert, id, "x");
                if (!agree)
                    return std::unexpected{"refused"};
                return id;
            });
        };
        CHECK(try_write(1, false).error() == "refused");
        CHECK(try_write(2, true) == 2);
        CHECK(ids(database) == std::vector<std::int64_t>{2});
    });
}

TEST_CASE("a write that goes on after a failed statement is undone on both databases")
{
    each_with_table([](db::Database& database) {
        const auto careless = [](db::Tx& tx) {
            tx.run(insert, 1, "a");
            try {
                tx.run(insert, 1, "b");
            } catch (const db::Fault&) {
            }
        };
        CHECK(ending_of([&] { database.write(careless); }) == FaultKind::other);
        const auto endings =
            write_together(database, {careless, [](db::Tx& tx) { tx.run(insert, 7, "c"); }});
        CHECK(endings == std::vector<Ending>{FaultKind::other, {}});
        CHECK(ids(database) == std::vector<std::int64_t>{7});
    });
}

TEST_CASE("sixteen producers lose and double nothing")
{
    each_with_table([](db::Database& database) {
        constexpr std::int64_t each = 50;
        std::vector<std::jthread> producers;
        for (std::int64_t p = 0; p < 16; ++p)
            producers.emplace_back([&database, p] {
                for (std::int64_t i = 0; i < each; ++i)
                    database.write([&](db::Tx& tx) { tx.run(insert, p * each + i, "n"); });
            });
        producers.clear();
        std::vector<std::int64_t> expected(16 * each);
        std::iota(expected.begin(), expected.end(), 0);
        CHECK(ids(database) == expected);
    });
}

TEST_CASE("a batch whose COMMIT fails tells every job")
{
    each_with_table([](db::Database& database) {
        const auto endings = write_together(
            database,
            {[](db::Tx& tx) { tx.run(insert, 1, "innocent"); },
             [](db::Tx& tx) { tx.run(insert_late, 1, 99); },
             [](db::Tx& tx) { tx.run(insert, 2, "innocent"); }}
        );
        CHECK(endings == std::vector<Ending>(3, FaultKind::foreign_key));
        CHECK(ids(database).empty());
        database.write([](db::Tx& tx) { tx.run(insert, 3, "after"); });
        CHECK(ids(database) == std::vector<std::int64_t>{3});
    });
}

TEST_CASE("hooks number the jobs of a batch without gaps, whoever fails")
{
    each_with_table([](db::Database& database) {
        std::int64_t next = 0;
        std::int64_t marked = 0;
        std::vector<std::string> calls;
        database.set_batch_hooks(
            {.begin =
                 [&](db::Tx& tx) {
                     calls.emplace_back("begin");
                     next = tx.one(find_last).value().value_or(0) + 1;
                 },
             .mark = [&] { marked = next; },
             .restore = [&] { next = marked; },
             .finish = [&](db::Tx&) { calls.emplace_back("finish"); },
             .committed = [&] { calls.emplace_back("committed"); },
             .rolled_back = [&] { calls.emplace_back("rolled_back"); }}
        );
        const auto take_number = [&](bool then_fail) {
            return [&next, then_fail](db::Tx& tx) {
                tx.run(insert, next++, "n");
                if (then_fail)
                    throw std::runtime_error{"no"};
            };
        };
        write_together(
            database,
            {take_number(false), take_number(true), take_number(false), take_number(true)}
        );
        CHECK(
            calls ==
            std::vector<std::string>{"begin", "finish", "committed", "begin", "finish", "committed"}
        );
        calls.clear();
        ending_of([&] { database.write(take_number(true)); });
        CHECK(calls == std::vector<std::string>{"begin", "rolled_back"});
        database.write(take_number(false));
        CHECK(ids(database) == std::vector<std::int64_t>{1, 2, 3});
    });
}

TEST_CASE("a hook that throws fails the batch and the next one works")
{
    each_with_table([](db::Database& database) {
        bool is_broken = true;
        database.set_batch_hooks({.finish = [&](db::Tx&) {
            if (is_broken)
                throw std::runtime_error{"ledger"};
        }});
        const auto add = [&](std::int64_t id) {
            database.write([&](db::Tx& tx) { tx.run(insert, id, "n"); });
        };
        CHECK_THROWS_AS(add(1), std::runtime_error);
        is_broken = false;
        add(2);
        CHECK(ids(database) == std::vector<std::int64_t>{2});
    });
}

TEST_CASE("a full queue and a turn that never comes are told, and such writes never run")
{
    for (const db::Dialect dialect : db::test_dialects()) {
        db::TestDatabase database{
            dialect,
            {.max_queued_writes = 3, .write_timeout = milliseconds{1'500}}};
        database->write([](db::Tx& tx) { tx.run(create); });
        std::latch entered{1};
        std::latch go{1};
        std::jthread holder{[&] {
            database->write([&](db::Tx&) {
                entered.count_down();
                go.wait();
            });
        }};
        entered.wait();
        std::vector<Ending> endings(3);
        std::vector<std::jthread> callers;
        const auto add = [&](int id) {
            return ending_of([&] { database->write([&](db::Tx& tx) { tx.run(insert, id, "n"); }); }
            );
        };
        for (int i = 0; i < 3; ++i)
            callers.emplace_back([&, i] { endings[static_cast<std::size_t>(i)] = add(i); });
        while (database->figures().queue_depth < 3)
            std::this_thread::yield();
        CHECK(add(3) == FaultKind::queue_full);
        callers.clear();
        CHECK(endings == std::vector<Ending>(3, FaultKind::timeout));
        go.count_down();
        holder.join();
        CHECK(add(4) == std::nullopt);
        CHECK(ids(*database) == std::vector<std::int64_t>{4});
    }
}

TEST_CASE("closing carries out what is queued")
{
    for (const db::Dialect dialect : db::test_dialects()) {
        db::TestDatabase database{dialect};
        database->write([](db::Tx& tx) { tx.run(create); });
        std::vector<std::jthread> callers;
        std::latch entered{1};
        callers.emplace_back([&, &db = *database] {
            db.write([&](db::Tx& tx) {
                entered.count_down();
                std::this_thread::sleep_for(milliseconds{50});
                tx.run(insert, 1, "n");
            });
        });
        entered.wait();
        callers.emplace_back([&db = *database] {
            db.write([](db::Tx& tx) { tx.run(insert, 2, "n"); });
        });
        while (database->figures().queue_depth < 1)
            std::this_thread::yield();
        database.close();
        callers.clear();
        database.reopen();
        CHECK(ids(*database) == std::vector<std::int64_t>{1, 2});
    }
}
