#include "app/announce.hpp"
#include "app/house_for_tests.hpp"
#include "cases/rules.hpp"
#include "notices/store.hpp"

#include <algorithm>
#include <atomic>
#include <doctest/doctest.h>
#include <set>
#include <thread>

using namespace redress;
using namespace redress::app;

namespace {

cases::Case load(Program& program, CaseId id)
{
    return program.database.read([&](db::Tx& tx) { return cases::find_case(tx, id); }).value();
}

std::int64_t count_events(Program& program, CaseId id, std::string_view kind)
{
    const auto events = program.database.read([&](db::Tx& tx) {
        return ledger::list_of_entity(tx, {"case", id.value}, 0, 1'000);
    });
    return std::ranges::count(events, kind, &ledger::Event::kind);
}

}  // namespace

TEST_CASE(
    "a complaint is received, registered, owned and timed in one transaction, and can be rebuilt from its events"
)
{
    for_each_program([](TestProgram& program) {
        const auto receipt = program.file();
        CHECK(receipt.state == "registered");
        CHECK(receipt.owner == program.handler().staff);
        CHECK(receipt.ref_no == "20261120-000001");
        CHECK(receipt.next_due_at == parse_rfc3339("2026-11-20T10:00:00+08:00"));
        CHECK(count_events(*program, receipt.id, "received") == 1);
        check_whole(*program);
    });
}

TEST_CASE(
    "A5: the same Idempotency-Key files once, also from many threads and after a restart; another request under it is refused"
)
{
    for_each_program([](TestProgram& program) {
        const AnswerKey key{"staff:1", "k1", "hash"};
        std::set<std::int64_t> ids;
        std::mutex mutex;
        {
            std::vector<std::jthread> threads;
            for (int i = 0; i < 8; ++i)
                threads.emplace_back([&] {
                    const auto receipt = program.file("同一件事", key);
                    const std::lock_guard lock{mutex};
                    ids.insert(receipt.id.value);
                });
        }
        CHECK(ids.size() == 1);
        program.restart();
        CHECK(program.file("同一件事", key).id.value == *ids.begin());
        const auto other =
            program->door.once({"staff:1", "k1", "other"}, [](db::Tx&) -> Result<Receipt> {
                return Receipt{};
            });
        REQUIRE(!other);
        CHECK(other.error().refusals.front().code == "key_reused");
        check_whole(*program);
    });
}

TEST_CASE("A6: the same contact is the same customer, and coming again escalates")
{
    for_each_program([](TestProgram& program) {
        const auto first = program.file();
        const auto second = program.file("又坏了");
        CHECK(load(*program, first.id).customer == load(*program, second.id).customer);
        CHECK(load(*program, first.id).escalation == 0);
        CHECK(load(*program, second.id).escalation == 1);
    });
}

TEST_CASE("a stale version is refused, but what clocks did meanwhile does not count against anybody"
)
{
    for_each_program([](TestProgram& program) {
        const auto receipt = program.file();
        const cases::Command note{"add_note", {{"text", "x"}}, program.handler(), std::nullopt};
        program.clock().advance(std::chrono::minutes{55});
        CHECK(program->door.tick_due(10) == 1);
        const auto noted = program->door.submit(receipt.id, note, receipt.version);
        REQUIRE(noted);
        const auto stale = program->door.submit(receipt.id, note, receipt.version);
        REQUIRE(!stale);
        CHECK(stale.error().kind == Denial::stale);
    });
}

TEST_CASE(
    "I3: every deadline event fires exactly once, across restarts and with two nodes at the same moment"
)
{
    for_each_program([](TestProgram& program) {
        std::vector<Receipt> receipts;
        for (int i = 0; i < 20; ++i)
            receipts.push_back(program.file());
        program.clock().advance(std::chrono::minutes{61});
        const bool has_nodes = program->database.dialect() == db::Dialect::postgres;
        const auto second =
            has_nodes ? std::make_unique<Program>(program.settings(), program.clock()) : nullptr;
        {
            std::vector<std::jthread> nodes;
            for (Program* node : {&*program, second ? second.get() : &*program})
                nodes.emplace_back([node] {
                    while (node->door.tick_due(3) > 0) {
                    }
                });
        }
        program.restart();
        CHECK(program->door.tick_due(100) == 0);
        for (const auto& receipt : receipts) {
            const auto value = load(*program, receipt.id);
            const auto clock = std::ranges::find(value.clocks, "first_response", [](const auto& c) {
                return c.key.id;
            });
            CHECK(clock->state == policy::ClockState::late);
            // 80 % owner and 100 % manager of the first reply
            CHECK(count_events(*program, receipt.id, "escalated") <= 3);
            CHECK(count_events(*program, receipt.id, "escalated") >= 2);
        }
        const auto lead = program.lead().staff;
        const auto told = program->database.read([&](db::Tx& tx) {
            return notices::list(tx, lead, {.limit = 100});
        });
        std::set<std::string> distinct;
        for (const auto& notice : told)
            CHECK(distinct
                      .insert(
                          notice.payload + std::to_string(notice.about.value_or(CaseId{}).value) +
                          notice.kind
                      )
                      .second);
        check_whole(*program);
    });
}

TEST_CASE("two nodes write to one PostgreSQL: one gap-free order, no reference number twice")
{
    for (const auto dialect : db::test_dialects()) {
        if (dialect != db::Dialect::postgres)
            continue;
        TestProgram first{dialect};
        Program second{first.settings(), first.clock()};
        std::set<std::string> references;
        std::mutex mutex;
        const auto work = [&](Program& node) {
            for (int i = 0; i < 40; ++i) {
                const json::object inputs{
                    {"channel", "web"},
                    {"raw_content", "x"},
                    {"description", "x"},
                    {"anonymous", true},
                    {"remedy_unknown", true}};
                const auto receipt =
                    node.door
                        .file({{"receive", inputs, first.handler(), std::nullopt}, true, false, {}})
                        .value();
                const std::lock_guard lock{mutex};
                references.insert(receipt.ref_no);
            }
        };
        {
            std::jthread one{[&] { work(*first); }};
            std::jthread two{[&] { work(second); }};
        }
        CHECK(references.size() == 80);
        check_whole(*first);
    }
}
