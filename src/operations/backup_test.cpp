#include "operations/backup.hpp"

#include "operations/files.hpp"
#include "operations/rebuild.hpp"
#include "operations/restore.hpp"
#include "operations/store_for_tests.hpp"

namespace redress::operations {
namespace {

namespace fs = std::filesystem;

BackupOrder order_of(TestStore& store, const TestFolder& folder)
{
    return {
        .database = *store.database,
        .url = store.database.url(),
        .blobs = folder.path() / "data" / "blobs",
        .target = folder.path() / "backup",
        .program_version = "0.1.0",
        .now = test_now,
    };
}

Manifest backed_up(TestStore& store, const TestFolder& folder)
{
    folder.write("data/blobs/ab/abcd", "a picture");
    for (int i = 0; i < 3; ++i)
        store.note(store.receive("慢\nslow"), "called back");
    const auto manifest = backup(order_of(store, folder), {});
    REQUIRE(manifest);
    return *manifest;
}

RestoreOrder restore_to(const TestFolder& folder, std::string url)
{
    return {
        .backup = folder.path() / "backup",
        .url = std::move(url),
        .blobs = folder.path() / "restored" / "blobs",
        .now = test_now,
    };
}

std::string sqlite_in(const TestFolder& folder)
{
    return "sqlite:" + (folder.path() / "restored" / "redress.db").string();
}

void check_equal(db::Database& first, db::Database& second)
{
    const auto all = [](db::Tx& tx) { return ledger::list_after(tx, 0, 1'000); };
    const auto events = first.read(all);
    const auto copies = second.read(all);
    REQUIRE(events.size() == copies.size());
    for (std::size_t i = 0; i < events.size(); ++i) {
        CHECK(events[i].hash == copies[i].hash);
        CHECK(events[i].personal == copies[i].personal);
    }
    const auto head = [](db::Tx& tx) { return ledger::find_head(tx); };
    CHECK(first.read(head) == second.read(head));
    const auto verdict =
        rebuild_check(second, test_context(), [](const Difference&) { return true; });
    CHECK(verdict.cases == 3);
    CHECK(verdict.differences == 0);
}

TEST_CASE("a backup says what is in it, and holds")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        const auto manifest = backed_up(store, folder);
        CHECK(manifest.rows.at("cases") == 3);
        CHECK(manifest.rows.at("events") == manifest.chain_events);
        CHECK(manifest.chain_events == store.ledger.last_seq());
        CHECK(manifest.schema_version == store.database->schema_version());
        REQUIRE(manifest.files.size() == 2);
        CHECK(manifest.files[0].path == "blobs/ab/abcd");
        CHECK(manifest.files[1].path == database_file);
        const auto read = read_manifest(folder.path() / "backup");
        REQUIRE(read);
        CHECK(*read == manifest);
        CHECK(check_files(folder.path() / "backup", manifest));
        CHECK_FALSE(fs::exists(folder.path() / "backup.part"));
    });
}

TEST_CASE("a backup is restored to both kinds of database")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        const auto manifest = backed_up(store, folder);
        const auto restored = restore(restore_to(folder, sqlite_in(folder)), {});
        REQUIRE(restored);
        CHECK(*restored == manifest);
        {
            db::Database copy{{.url = sqlite_in(folder)}};
            check_equal(*store.database, copy);
        }
        CHECK(read_whole(folder.path() / "restored/blobs/ab/abcd") == "a picture");
        for (const auto dialect : db::test_dialects()) {
            if (dialect != db::Dialect::postgres)
                continue;
            db::TestDatabase target{dialect};
            target.close();
            auto order = restore_to(folder, target.url());
            order.blobs = folder.path() / "restored2";
            REQUIRE(restore(order, {}));
            target.reopen();
            check_equal(*store.database, *target);
        }
    });
}

TEST_CASE("one flipped bit in any file is refused, and nothing is left behind")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        backed_up(store, folder);
        for (const auto* name :
             {"redress.sqlite", "blobs/ab/abcd", "manifest.json", "manifest.sha256"}) {
            const auto file = folder.path() / "backup" / name;
            const auto good = read_whole(file);
            for (const auto at : {std::size_t{0}, good.size() / 2, good.size() - 2}) {
                INFO(name, " at ", at);
                auto bad = good;
                bad[at] = static_cast<char>(bad[at] ^ 1);
                write_durably(file, bad);
                CHECK_FALSE(restore(restore_to(folder, sqlite_in(folder)), {}));
                CHECK_FALSE(fs::exists(folder.path() / "restored"));
            }
            write_durably(file, good);
        }
        CHECK(restore(restore_to(folder, sqlite_in(folder)), {}));
    });
}

TEST_CASE("files that are missing or too short are refused by name")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        backed_up(store, folder);
        const auto blob = folder.path() / "backup/blobs/ab/abcd";
        fs::resize_file(blob, 3);
        const auto changed = restore(restore_to(folder, sqlite_in(folder)), {});
        CHECK(changed.error().refusals.at(0).code == "backup_file_changed");
        fs::remove(blob);
        const auto missing = restore(restore_to(folder, sqlite_in(folder)), {});
        CHECK(missing.error().refusals.at(0).code == "backup_file_missing");
        fs::remove(folder.path() / "backup/manifest.json");
        const auto none = restore(restore_to(folder, sqlite_in(folder)), {});
        CHECK(none.error().refusals.at(0).code == "backup_not_one");
    });
}

TEST_CASE("nothing is overwritten")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        backed_up(store, folder);
        const auto again = backup(order_of(store, folder), {});
        CHECK(again.error().refusals.at(0).code == "backup_target_not_empty");
        folder.write("restored/redress.db", "mine");
        const auto refused = restore(restore_to(folder, sqlite_in(folder)), {});
        CHECK(refused.error().refusals.at(0).code == "restore_target_not_empty");
        CHECK(read_whole(folder.path() / "restored/redress.db") == "mine");
        fs::remove_all(folder.path() / "restored");
        folder.write("restored/blobs/x", "mine");
        CHECK_FALSE(restore(restore_to(folder, sqlite_in(folder)), {}));
        CHECK(read_whole(folder.path() / "restored/blobs/x") == "mine");
        if (store.database->dialect() == db::Dialect::postgres)
            CHECK_FALSE(restore(restore_to(folder, store.database.url()), {}));
    });
}

TEST_CASE("a store whose chain is broken makes no backup")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        store.receive("slow");
        store.database->write([](db::Tx& tx) {
            tx.run(db::Command<>{"t.actor", "UPDATE events SET actor = 'x' WHERE seq = 1"});
        });
        const auto refused = backup(order_of(store, folder), {});
        REQUIRE_FALSE(refused);
        CHECK(refused.error().refusals.at(0).code == "backup_broken");
        CHECK_FALSE(fs::exists(folder.path() / "backup"));
        CHECK_FALSE(fs::exists(folder.path() / "backup.part"));
    });
}

TEST_CASE("a backup's head tells a store that was rewritten")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        const auto manifest = backed_up(store, folder);
        store.receive("later");
        CHECK_FALSE(ledger::verify(*store.database, {}, {manifest.anchor()}).first_break);
        auto other = manifest.anchor();
        other.hash[0] = other.hash[0] == 'a' ? 'b' : 'a';
        CHECK(ledger::verify(*store.database, {}, {other}).first_break);
    });
}

TEST_CASE("a path in a manifest never leads out of the backup")
{
    const TestFolder folder;
    folder.write("secret", "x");
    Manifest manifest{.format = manifest_format};
    manifest.files.push_back(look_at(folder.path(), "secret"));
    manifest.files[0].path = "../" + folder.path().filename().string() + "/secret";
    const auto refused = check_files(folder.path(), manifest);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().refusals.at(0).code == "backup_manifest_changed");
}

}  // namespace
}  // namespace redress::operations
