#include "app/program.hpp"

#include "app/house_for_tests.hpp"
#include "notices/store.hpp"
#include "staff/changes.hpp"
#include "webhooks/changes.hpp"
#include "webhooks/rules_delivery.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <thread>

using namespace redress;
using namespace redress::app;

namespace {

using namespace std::chrono_literals;

std::vector<notices::Notification> notices_of(Program& program, StaffId who)
{
    return program.database.read([&](db::Tx& tx) { return notices::list(tx, who, {.limit = 100}); }
    );
}

/// Whether it came true within ten seconds, while the program's jobs run.
bool comes_true(const std::function<bool()>& condition)
{
    for (const auto end = std::chrono::steady_clock::now() + 10s;
         std::chrono::steady_clock::now() < end;
         std::this_thread::sleep_for(10ms))
        if (condition())
            return true;
    return false;
}

}  // namespace

TEST_CASE("notices that were read go after ninety days; what nobody has read stays")
{
    for_each_program([](TestProgram& program) {
        program.file();
        program.file("又坏了");
        program.clock().advance(61min);
        CHECK(program->door.tick_due(10) == 2);
        const auto lead = program.lead().staff;
        const auto told = notices_of(*program, lead);
        REQUIRE(told.size() >= 2);
        program->database.write([&](db::Tx& tx) {
            CHECK(notices::mark_read(tx, lead, told.back().id, program.clock().now()));
        });
        program.clock().advance(std::chrono::days{91});
        program->start_jobs();
        const auto is_gone = [&] {
            return std::ranges::none_of(notices_of(*program, lead), [&](const auto& one) {
                return one.id == told.back().id;
            });
        };
        CHECK(comes_true(is_gone));
        const auto left = notices_of(*program, lead);
        CHECK(std::ranges::any_of(left, [&](const auto& one) { return one.id == told.front().id; })
        );
        program->stop_jobs();
    });
}

TEST_CASE("administrators are told of a webhook that stopped")
{
    for_each_program([](TestProgram& program) {
        const auto ada = staff::create_admin(program->staff, {"ada", "Ada", "plum-gate-otter-91"});
        REQUIRE(ada);
        const auto made = webhooks::create_webhook(
            program->webhooks,
            {"Billing", "http://127.0.0.1/", {"case.*"}},
            std::nullopt,
            {ada->id, staff::actor_name(ada->id)}
        );
        REQUIRE(made);
        program.file();
        for (std::int64_t i = 0; i < webhooks::max_failures; ++i) {
            CHECK(program->courier.deliver_next());
            program.clock().advance(7h);
        }
        CHECK_FALSE(program->courier.deliver_next());
        const auto told = notices_of(*program, ada->id);
        const auto found = std::ranges::find(told, "webhook_stopped", &notices::Notification::kind);
        REQUIRE(found != told.end());
        CHECK(notices::text_of(*found, Lang::en).starts_with("The webhook Billing"));
        check_whole(*program);
    });
}
