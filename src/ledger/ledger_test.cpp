#include "ledger/ledger.hpp"

#include "base/refusal.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "ledger/verify.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>
#include <set>
#include <stdexcept>
#include <thread>

namespace redress::ledger {
namespace {

constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z
constexpr std::chrono::minutes shanghai{480};

NewEvent event_of(std::int64_t entity, std::int64_t version, std::string personal = {})
{
    return {
        .stream = "case",
        .entity = entity,
        .version = version,
        .kind = "noted",
        .at = noon,
        .recorded_at = noon,
        .actor = "staff:1",
        .payload = fmt::format(R"({{"n":{}}})", version),
        .personal = std::move(personal),
    };
}

/// A migrated database whose batches carry the ledger.
struct Written {
    explicit Written(db::Database& opened) : database{opened}
    {
        database.migrate(embedded::migrations(), noon);
        database.set_batch_hooks(ledger.hooks());
    }

    void fill(std::int64_t events)
    {
        database.write([&](db::Tx& tx) {
            for (std::int64_t version = 1; version <= events; ++version)
                ledger.append(tx, event_of(7, version, R"({"name":"王女士"})"));
        });
    }

    Verdict verdict() { return verify(database, {}); }

    template <class Command>
    void tamper(const Command& command)
    {
        database.write([&](db::Tx& tx) { tx.run(command); });
    }

    Ledger ledger{shanghai};
    db::Database& database;
};

// The hooks point to the ledger, so the database must be gone before it: each test owns both.
void with_ledger(const std::function<void(Written&)>& test)
{
    for (const auto dialect : db::test_dialects()) {
        INFO("dialect ", static_cast<int>(dialect));
        db::TestDatabase database{dialect};
        Written written{*database};
        test(written);
        database.close();
    }
}

TEST_CASE("a chain that was appended verifies, also when it is empty")
{
    with_ledger([](Written& store) {
        CHECK(store.verdict().events == 0);
        CHECK_FALSE(store.verdict().first_break);
        store.fill(20);
        const auto verdict = store.verdict();
        CHECK(verdict.events == 20);
        CHECK_FALSE(verdict.first_break);
        CHECK(verdict.head_hash.size() == 64);
        CHECK(store.ledger.last_seq() == 20);
        const auto head = store.database.read([](db::Tx& tx) { return find_head(tx); });
        CHECK(head.hash == verdict.head_hash);
    });
}

struct Tampering {
    const char* what;
    db::Command<> command;
    Break expected;
};

constexpr const char* forged_row =
    "INSERT INTO events SELECT 13, stream, entity, 13, kind, at, recorded_at, actor, payload,"
    " personal, salt, commitment, hash FROM events WHERE seq = 12";
constexpr const char* row_before_first =
    "INSERT INTO events SELECT 0, stream, entity, 99, kind, at, recorded_at, actor, payload,"
    " personal, salt, commitment, hash FROM events WHERE seq = 12";

TEST_CASE("each kind of tampering is named with the first bad event")
{
    const Tampering tamperings[] = {
        {"payload changed",
         {"t.payload", "UPDATE events SET payload = '{\"n\":9}' WHERE seq = 5"},
         {5, "verify.hash"}},
        {"actor changed",
         {"t.actor", "UPDATE events SET actor = 'staff:2' WHERE seq = 3"},
         {3, "verify.hash"}},
        {"time changed",
         {"t.at", "UPDATE events SET at = at - 1 WHERE seq = 1"},
         {1, "verify.hash"}},
        {"hash changed",
         {"t.hash", "UPDATE events SET hash = 'ab' WHERE seq = 12"},
         {12, "verify.hash"}},
        {"commitment changed",
         {"t.commitment", "UPDATE events SET commitment = 'ab' WHERE seq = 4"},
         {4, "verify.hash"}},
        {"personal part changed",
         {"t.personal", "UPDATE events SET personal = '{\"name\":\"x\"}' WHERE seq = 6"},
         {6, "verify.commitment"}},
        {"salt changed",
         {"t.salt", "UPDATE events SET salt = 'x' WHERE seq = 6"},
         {6, "verify.commitment"}},
        {"personal part without its salt",
         {"t.unsalted", "UPDATE events SET salt = NULL WHERE seq = 6"},
         {6, "verify.commitment"}},
        {"row deleted", {"t.delete", "DELETE FROM events WHERE seq = 7"}, {7, "verify.gap"}},
        {"first row deleted", {"t.first", "DELETE FROM events WHERE seq = 1"}, {1, "verify.gap"}},
        {"row put before the first", {"t.zero", row_before_first}, {0, "verify.gap"}},
        {"row added at the end", {"t.insert", forged_row}, {13, "verify.hash"}},
        {"last events cut off", {"t.cut", "DELETE FROM events WHERE seq > 9"}, {10, "verify.head"}},
        {"all events deleted", {"t.all", "DELETE FROM events"}, {1, "verify.head"}},
        {"head hash changed",
         {"t.head", "UPDATE ledger_head SET hash = 'ab'"},
         {12, "verify.head"}},
    };
    for (const auto& tampering : tamperings)
        with_ledger([&](Written& store) {
            INFO(tampering.what);
            store.fill(12);
            store.tamper(tampering.command);
            const auto verdict = store.verdict();
            REQUIRE(verdict.first_break);
            CHECK(verdict.first_break->seq == tampering.expected.seq);
            CHECK(verdict.first_break->what == tampering.expected.what);
            for (const auto lang : {Lang::en, Lang::zh}) {
                CHECK(to_text(verdict, lang).find("verify.") == std::string::npos);
                CHECK(to_text(verdict, lang).find('{') == std::string::npos);
            }
        });
}

TEST_CASE("an event forged with the right hash but without the head is told")
{
    with_ledger([](Written& store) {
        store.fill(3);
        auto forged = store.database.read([](db::Tx& tx) { return list_after(tx, 2, 1); }).at(0);
        const std::string previous = forged.hash;
        forged.seq = forged.version = 4;
        constexpr db::Command<std::string_view> insert{
            "t.forge",
            "INSERT INTO events SELECT 4, stream, entity, 4, kind, at, recorded_at, actor, payload,"
            " personal, salt, commitment, $1 FROM events WHERE seq = 3"};
        store.database.write([&](db::Tx& tx) { tx.run(insert, chain_hash(previous, forged)); });
        CHECK(store.verdict().first_break == Break{4, "verify.head"});
    });
}

TEST_CASE("a version's place is checked apart from the hashes")
{
    with_ledger([](Written& store) {
        store.fill(3);
        store.database.write([&](db::Tx& tx) { store.ledger.append(tx, event_of(7, 5)); });
        CHECK(store.verdict().first_break == Break{4, "verify.order"});
    });
}

TEST_CASE("a chain rewritten from its first event to its head is told by an anchor")
{
    with_ledger([](Written& store) {
        store.fill(5);
        const auto noted = store.verdict();
        store.fill(0);
        CHECK_FALSE(verify(store.database, {}, {{5, noted.head_hash}}).first_break);
        CHECK(
            verify(store.database, {}, {{3, noted.head_hash}}).first_break ==
            Break{3, "verify.anchor"}
        );
        CHECK(
            verify(store.database, {}, {{9, noted.head_hash}}).first_break ==
            Break{6, "verify.anchor"}
        );
        CHECK_FALSE(verify(store.database, {}, {{0, ""}}).first_break);
    });
}

TEST_CASE("erasing the personal part leaves the chain as it was")
{
    with_ledger([](Written& store) {
        store.fill(4);
        store.database.write([&](db::Tx& tx) {
            store.ledger.append(tx, event_of(8, 1, R"({"name":"B"})"));
            store.ledger.append(tx, event_of(9, 1));
        });
        const auto erased = store.database.write([](db::Tx& tx) {
            return erase_personal(tx, {"case", 7});
        });
        CHECK(erased == 4);
        CHECK_FALSE(store.verdict().first_break);
        const auto left = store.database.read([](db::Tx& tx) { return list_after(tx, 0, 100); });
        REQUIRE(left.size() == 6);
        CHECK_FALSE(left[0].personal);
        CHECK_FALSE(left[0].salt);
        CHECK(left[0].commitment.size() == 64);
        CHECK(left[4].personal == R"({"name":"B"})");
        CHECK(left[5].commitment.empty());
    });
}

TEST_CASE("equal personal parts do not have equal commitments")
{
    with_ledger([](Written& store) {
        store.fill(600);
        const auto events =
            store.database.read([](db::Tx& tx) { return list_after(tx, 0, 1'000); });
        std::set<std::string> commitments;
        for (const auto& event : events)
            commitments.insert(event.commitment);
        CHECK(commitments.size() == 600);
    });
}

TEST_CASE("a job that fails leaves no gap in events, ids and reference numbers")
{
    with_ledger([](Written& store) {
        const auto number = [&](bool fails) {
            return store.database.write([&](db::Tx& tx) -> Result<std::string> {
                const auto id = store.ledger.next_id();
                store.ledger.append(tx, event_of(id, 1));
                auto reference = store.ledger.next_reference(noon);
                if (fails)
                    return deny(Denial::conflict, "no");
                return fmt::format("{} {}", id, reference);
            });
        };
        CHECK(number(false) == "100 20261121-000001");
        CHECK_FALSE(number(true));
        CHECK_THROWS(store.database.write([&](db::Tx& tx) {
            store.ledger.append(tx, event_of(store.ledger.next_id(), 1));
            throw std::runtime_error{"broken"};
        }));
        CHECK(number(false) == "101 20261121-000002");
        CHECK(store.verdict().events == 2);
        CHECK_FALSE(store.verdict().first_break);
    });
}

TEST_CASE("a second event of one version is refused and leaves the chain whole")
{
    with_ledger([](Written& store) {
        store.fill(2);
        try {
            store.database.write([&](db::Tx& tx) { store.ledger.append(tx, event_of(7, 2)); });
            FAIL("the version was accepted twice");
        } catch (const db::Fault& fault) {
            CHECK(fault.kind() == db::FaultKind::unique);
        }
        CHECK(store.verdict().events == 2);
        CHECK_FALSE(store.verdict().first_break);
    });
}

TEST_CASE("jobs of many threads, some failing, make one chain")
{
    with_ledger([](Written& store) {
        constexpr int threads = 4;
        constexpr int jobs = 60;
        std::vector<std::jthread> running;
        for (int thread = 0; thread < threads; ++thread)
            running.emplace_back([&store] {
                for (int job = 0; job < jobs; ++job)
                    static_cast<void>(store.database.write([&](db::Tx& tx) -> Result<void> {
                        store.ledger.append(tx, event_of(store.ledger.next_id(), 1, "{}"));
                        if (job % 3 == 2)
                            return deny(Denial::conflict, "no");
                        return {};
                    }));
            });
        running.clear();
        const auto verdict = store.verdict();
        CHECK(verdict.events == threads * jobs / 3 * 2);
        CHECK_FALSE(verdict.first_break);
        CHECK(store.ledger.last_seq() == verdict.events);
    });
}

TEST_CASE("reference numbers belong to the organisation's day and never come twice")
{
    with_ledger([](Written& store) {
        const auto reference = [&](Instant now) {
            return store.database.write([&](db::Tx&) { return store.ledger.next_reference(now); });
        };
        CHECK(reference(noon) == "20261121-000001");
        CHECK(reference(noon + std::chrono::hours{3}) == "20261121-000002");
        CHECK(reference(noon + std::chrono::hours{4}) == "20261122-000001");
        CHECK(reference(noon) == "20261122-000002");
    });
}

TEST_CASE("events of one entity come in order, page by page")
{
    with_ledger([](Written& store) {
        store.fill(5);
        const auto page = store.database.read([](db::Tx& tx) {
            return list_of_entity(tx, {"case", 7}, 2, 2);
        });
        REQUIRE(page.size() == 2);
        CHECK(page[0].version == 3);
        CHECK(page[1].version == 4);
        CHECK(store.database
                  .read([](db::Tx& tx) {
                      return list_of_entity(tx, {"customer", 7}, 0, 9);
                  })
                  .empty());
    });
}

TEST_CASE("two nodes on one PostgreSQL append one gap-free chain")
{
    for (const auto dialect : db::test_dialects()) {
        if (dialect != db::Dialect::postgres)
            continue;
        db::TestDatabase first{dialect};
        Written here{*first};
        Ledger there{shanghai};
        {
            db::Database second{{.url = first.url()}};
            second.set_batch_hooks(there.hooks());
            const auto append = [](db::Database& database, Ledger& ledger) {
                for (int job = 0; job < 150; ++job)
                    database.write([&](db::Tx& tx) {
                        ledger.append(tx, event_of(ledger.next_id(), 1));
                        static_cast<void>(ledger.next_reference(noon));
                    });
            };
            std::jthread other{[&] { append(second, there); }};
            append(*first, here.ledger);
        }
        const auto verdict = here.verdict();
        CHECK(verdict.events == 300);
        CHECK_FALSE(verdict.first_break);
        const auto head = first->read([](db::Tx& tx) { return find_head(tx); });
        CHECK(head.next_id == 400);
        CHECK(head.reference_count == 300);
        first.close();
    }
}

}  // namespace
}  // namespace redress::ledger
