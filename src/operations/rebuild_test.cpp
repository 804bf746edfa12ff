#include "operations/rebuild.hpp"

#include "operations/store_for_tests.hpp"

namespace redress::operations {
namespace {

std::vector<Difference> differences(TestStore& store)
{
    std::vector<Difference> all;
    const auto verdict = rebuild_check(*store.database, test_context(), [&](const Difference& one) {
        all.push_back(one);
        return true;
    });
    CHECK(verdict.differences == std::ssize(all));
    return all;
}

TEST_CASE("cases are what their events say")
{
    for_each_store([](TestStore& store) {
        CHECK(differences(store).empty());
        for (int i = 0; i < 5; ++i)
            store.note(store.receive("slow"), "called back");
        CHECK(differences(store).empty());
        std::int64_t seen = 0;
        const auto verdict = rebuild_check(
            *store.database,
            test_context(),
            [](const Difference&) { return true; },
            [&](std::int64_t done, std::int64_t total) {
                seen = done;
                CHECK(total == 5);
            }
        );
        CHECK(verdict.cases == 5);
        CHECK(to_text(verdict, Lang::en).starts_with("5 cases"));
        CHECK(seen == 5);
    });
}

TEST_CASE("whatever was changed behind the events is named")
{
    const struct {
        db::Command<> tampering;
        std::string what;
        std::string detail;
    } examples[] = {
        {{"t.owner", "UPDATE cases SET owner_id = 2"}, "rebuild.columns", "owner_id"},
        {{"t.due", "UPDATE cases SET next_due_at = 1"}, "rebuild.columns", "next_due_at"},
        {{"t.timer", "UPDATE cases SET next_timer_at = NULL"}, "rebuild.columns", "next_timer_at"},
        {{"t.subject", "UPDATE cases SET subject_id = 1"}, "rebuild.columns", "subject_id"},
        {{"t.title", "UPDATE cases SET title = 'x'"}, "rebuild.columns", "title"},
        {{"t.doc", "UPDATE cases SET doc = replace(doc, 'phone', 'fax')"},
         "rebuild.doc",
         "channel"},
        {{"t.broken", "UPDATE cases SET doc = 'x'"}, "rebuild.doc", "not JSON"},
        {{"t.events", "DELETE FROM events WHERE version > 1"}, "rebuild.doc", ""},
        {{"t.no_events", "DELETE FROM events"}, "rebuild.events", ""},
        {{"t.gap", "DELETE FROM events WHERE version = 1"}, "rebuild.events", ""},
        {{"t.counts", "UPDATE case_counts SET n = n + 1 WHERE owner_id = 0"}, "rebuild.counts", ""},
        {{"t.no_counts", "DELETE FROM case_counts WHERE owner_id = 1"}, "rebuild.counts", ""},
    };
    for (const auto& example : examples)
        for_each_store([&](TestStore& store) {
            INFO(example.tampering.name);
            const auto id = store.receive("slow");
            store.note(id, "called back");
            store.database->write([&](db::Tx& tx) { tx.run(example.tampering); });
            const auto found = differences(store);
            REQUIRE_FALSE(found.empty());
            CHECK(found[0].what == example.what);
            CHECK(found[0].case_id == (example.what == "rebuild.counts" ? CaseId{} : id));
            CHECK(to_text(found[0], Lang::zh).find("rebuild.") == std::string::npos);
            if (!example.detail.empty())
                CHECK(found[0].detail == example.detail);
        });
}

TEST_CASE("the visitor ends the check")
{
    for_each_store([](TestStore& store) {
        store.receive("slow");
        store.receive("rude");
        store.database->write([](db::Tx& tx) {
            tx.run(db::Command<>{"t.titles", "UPDATE cases SET title = 'x'"});
        });
        const auto verdict =
            rebuild_check(*store.database, test_context(), [](const Difference&) { return false; });
        CHECK(verdict.differences == 1);
    });
}

}  // namespace
}  // namespace redress::operations
