#include "db/fault.hpp"
#include "db/test_database.hpp"

#include <doctest/doctest.h>
#include <fstream>
#include <thread>

using namespace redress;
using db::FaultKind;
namespace fs = std::filesystem;

namespace {

constexpr db::Command<> create{
    "test.create_blob",
    "create table blob (id BIGINT primary key, text TEXT not null)"};
constexpr db::Command<std::int64_t, std::string_view> insert{
    "test.insert_blob",
    "insert into blob (id, text) values ($1, $2)"};
constexpr db::Query<std::int64_t> count_blobs{"test.count_blobs", "select count(*) from blob"};
constexpr db::Query<std::int64_t> limit_pages{"test.limit_pages", "pragma max_page_count = 60"};
constexpr db::Query<std::int64_t> unlimit_pages{
    "test.unlimit_pages",
    "pragma max_page_count = 1000000"};

constexpr std::size_t mebibyte = 1 << 20;

fs::path path_of(const db::TestDatabase& database)
{
    return database.url().substr(std::string_view{"sqlite:"}.size());
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

std::int64_t count(db::Database& database)
{
    return database.read([](db::Tx& tx) { return tx.one(count_blobs); }).value();
}

struct Fixture {
    db::TestDatabase database{db::Dialect::sqlite};
    Fixture()
    {
        database->write([](db::Tx& tx) { tx.run(create); });
    }
    void add(std::int64_t id, std::size_t bytes = 1)
    {
        database->write([&](db::Tx& tx) { tx.run(insert, id, std::string(bytes, 'x')); });
    }
};

}  // namespace

TEST_CASE("a second process on the same file is refused until the first is gone")
{
    Fixture f;
    CHECK(failure_of([&] {
              db::Database{{.url = f.database.url()}};
          }) == FaultKind::locked_by_other);
    f.add(1);
    f.database.close();
    db::Database second{{.url = f.database.url()}};
    CHECK(count(second) == 1);
}

TEST_CASE("a folder that does not exist, memory and a file that is no database are refused")
{
    CHECK(failure_of([] {
              db::Database{{.url = "sqlite:/nonexistent/folder/x.db"}};
          }) == FaultKind::other);
    CHECK(failure_of([] { db::Database{{.url = "sqlite::memory:"}}; }) == FaultKind::other);
    Fixture f;
    const fs::path other = path_of(f.database).parent_path() / "other.db";
    std::ofstream{other} << std::string(10'000, 'z');
    CHECK(failure_of([&] {
              db::Database{{.url = "sqlite:" + other.string()}};
          }) == FaultKind::corrupt);
}

TEST_CASE("a full disk fails the write that needs room, and writing works again when there is some")
{
    Fixture f;
    f.database->write([](db::Tx& tx) { (void)tx.one(limit_pages); });
    CHECK(failure_of([&] { f.add(1, mebibyte); }) == FaultKind::disk_full);
    CHECK(count(*f.database) == 0);
    f.add(2);
    CHECK(count(*f.database) == 1);
    f.database->write([](db::Tx& tx) { (void)tx.one(unlimit_pages); });
    f.add(3, mebibyte);
    CHECK(count(*f.database) == 2);
    CHECK(f.database->integrity_check() == "ok");
}

TEST_CASE("a job that fills the disk takes no other job of its batch down")
{
    Fixture f;
    f.database->write([](db::Tx& tx) { (void)tx.one(limit_pages); });
    std::atomic<int> full = 0;
    std::atomic<int> fine = 0;
    std::vector<std::jthread> producers;
    for (int p = 0; p < 8; ++p)
        producers.emplace_back([&, p] {
            for (int i = 0; i < 10; ++i)
                try {
                    f.add(p * 10 + i, i % 3 == 0 ? mebibyte : 10);
                    ++fine;
                } catch (const db::Fault& fault) {
                    full += fault.kind() == FaultKind::disk_full ? 1 : 0;
                }
        });
    producers.clear();
    CHECK(fine == 8 * 6);
    CHECK(full == 8 * 4);
    CHECK(count(*f.database) == 8 * 6);
}

TEST_CASE("the write-ahead log stays small under a steady load")
{
    Fixture f;
    for (int i = 0; i < 100; ++i)
        f.add(i, mebibyte);
    const fs::path log = path_of(f.database).string() + "-wal";
    CHECK(fs::file_size(log) < 200 * mebibyte);
    f.database->checkpoint();
    CHECK(fs::file_size(log) == 0);
    CHECK(count(*f.database) == 100);
}

TEST_CASE("a backup is a whole database of its moment that can be inspected without being touched")
{
    Fixture f;
    f.add(1, mebibyte);
    const fs::path copy = path_of(f.database).parent_path() / "copy?#%.db";
    f.database->backup_to(copy);
    f.add(2);
    CHECK(failure_of([&] { f.database->backup_to(copy); }) == FaultKind::other);

    const auto written = fs::last_write_time(copy);
    {
        db::Database inspected{{.url = "sqlite:" + copy.string(), .purpose = db::Purpose::inspect}};
        CHECK(count(inspected) == 1);
        CHECK(inspected.integrity_check() == "ok");
        const auto write = [](db::Tx& tx) { tx.run(insert, 9, "x"); };
        CHECK(failure_of([&] { inspected.write(write); }) == FaultKind::other);
    }
    CHECK(fs::last_write_time(copy) == written);
    for (const char* const suffix : {"-wal", "-shm", ".lock", ".part"})
        CHECK_FALSE(fs::exists(copy.string() + suffix));

    db::Database restored{{.url = "sqlite:" + copy.string()}};
    restored.write([](db::Tx& tx) { tx.run(insert, 3, "x"); });
    CHECK(count(restored) == 2);
}

TEST_CASE("damage is found")
{
    Fixture f;
    f.add(1, mebibyte);
    const fs::path copy = path_of(f.database).parent_path() / "copy.db";
    f.database->backup_to(copy);
    {
        constexpr std::streamoff somewhere = 4096 * 3;
        std::fstream file{copy, std::ios::in | std::ios::out | std::ios::binary};
        file.seekp(somewhere);
        file << std::string(4096 * 4, '\x7f');
    }
    db::Database damaged{{.url = "sqlite:" + copy.string(), .purpose = db::Purpose::inspect}};
    std::string report;
    try {
        report = damaged.integrity_check();
    } catch (const db::Fault& fault) {
        report = db::to_string(fault.kind());
    }
    CHECK(report != "ok");
}
