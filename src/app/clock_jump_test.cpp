// What becomes of a house whose clock jumps: by hours because somebody set it, by a year because a
// battery died.
#include "app/house_for_tests.hpp"

#include <algorithm>
#include <doctest/doctest.h>

using namespace redress;
using namespace redress::app;

namespace {

using namespace std::chrono_literals;

std::vector<ledger::Event> story_of(Program& program, CaseId id)
{
    return program.database.read([&](db::Tx& tx) {
        return ledger::list_of_entity(tx, {"case", id.value}, 0, 1'000);
    });
}

std::int64_t count(Program& program, CaseId id, std::string_view kind)
{
    return std::ranges::count(story_of(program, id), kind, &ledger::Event::kind);
}

void let_clocks_run(Program& program)
{
    while (program.door.tick_due(100) > 0) {
    }
}

}  // namespace

TEST_CASE("a clock that jumps a year ahead and back: everything fires once, and the house goes on")
{
    for_each_program([](TestProgram& program) {
        const auto now = program.clock().now();
        const auto receipt = program.file();
        program.clock().set(now + std::chrono::days{366});
        let_clocks_run(*program);
        const auto late = program.file("时钟错的时候收到的");
        CHECK(late.ref_no.starts_with("2027"));
        const auto escalations = count(*program, receipt.id, "escalated");
        CHECK(escalations > 0);

        program.clock().set(now + 5min);
        program.restart();
        let_clocks_run(*program);
        CHECK(count(*program, receipt.id, "escalated") == escalations);
        const auto next = program.file("时钟拨回以后收到的");
        CHECK(next.ref_no > late.ref_no);
        const cases::Command note{"add_note", {{"text", "还在"}}, program.handler(), std::nullopt};
        const cases::Command right{
            "amend",
            {{"received_at", to_rfc3339(now + 2min)}, {"reason", "时钟错了一年"}},
            program.lead(),
            std::nullopt};
        CHECK(program->door.submit(receipt.id, note, std::nullopt).has_value());
        CHECK(program->door.submit(late.id, note, std::nullopt).has_value());
        CHECK(program->door.submit(late.id, right, std::nullopt).has_value());

        program.clock().set(now + std::chrono::days{367});
        let_clocks_run(*program);
        CHECK(count(*program, receipt.id, "escalated") == escalations);
        CHECK(count(*program, next.id, "escalated") > 0);
        check_whole(*program);
    });
}

TEST_CASE("a clock set back an hour at every step: versions, numbers and the chain keep their order"
)
{
    for_each_program([](TestProgram& program) {
        std::string last;
        for (int i = 0; i < 10; ++i) {
            const auto receipt = program.file();
            CHECK(receipt.ref_no > last);
            last = receipt.ref_no;
            program.clock().advance(-1h);
            let_clocks_run(*program);
            const cases::Command note{"add_note", {{"text", "n"}}, program.handler(), std::nullopt};
            CHECK(program->door.submit(receipt.id, note, receipt.version).has_value());
            program.clock().advance(1min);
        }
        check_whole(*program);
    });
}
