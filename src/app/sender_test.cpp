#include "app/sender.hpp"

#include "app/house_for_tests.hpp"
#include "messages/store_outbox.hpp"
#include "notices/store.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <thread>

namespace redress::app {
namespace {

using namespace std::chrono_literals;
using messages::SendState;

messages::NewSend reply_of(TestProgram& program, CaseId id, std::string key = "k1")
{
    const auto now = program.clock().now();
    return {
        .case_id = id,
        .staff = program.handler().staff,
        .key = std::move(key),
        .request_hash = "h",
        .what = {"send_message", {{"text", "我一小时内给您回电。"}}, {{"一小时内回电", now + 1h}}},
        .send_at = now + messages::undo_window};
}

Result<messages::ScheduledSend> put(TestProgram& program, const messages::NewSend& wanted)
{
    return program->database.write([&](db::Tx& tx) {
        return messages::schedule(tx, program->ledger, wanted, program.clock().now());
    });
}

messages::ScheduledSend look(TestProgram& program, messages::SendId id)
{
    return *program->database.read([&](db::Tx& tx) { return messages::find_send(tx, id); });
}

std::int64_t count_events(TestProgram& program, CaseId id, std::string_view kind)
{
    const auto events = program->database.read([&](db::Tx& tx) {
        return ledger::list_of_entity(tx, {"case", id.value}, 0, 1'000);
    });
    return std::ranges::count(events, kind, &ledger::Event::kind);
}

}  // namespace

TEST_CASE("E2, E4: a reply leaves when its time has come, with its promises, also after a restart")
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        const auto send = put(program, reply_of(program, id)).value();
        CHECK(send_due(program->door, 10) == 0);
        CHECK(count_events(program, id, "message_sent") == 0);
        program.restart();
        program.clock().advance(11s);
        CHECK(send_due(program->door, 10) == 1);
        CHECK(send_due(program->door, 10) == 0);
        CHECK(count_events(program, id, "message_sent") == 1);
        CHECK(count_events(program, id, "promise_made") == 1);
        const auto after = look(program, send.id);
        CHECK(after.state == SendState::sent);
        CHECK(after.what.inputs.empty());
        check_whole(*program);
    });
}

TEST_CASE("E2: a reply leaves once, however many nodes and threads find it due")
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        for (int i = 0; i < 12; ++i)
            REQUIRE(put(program, reply_of(program, id, "k" + std::to_string(i))));
        program.clock().advance(11s);
        const bool has_nodes = program->database.dialect() == db::Dialect::postgres;
        const auto second =
            has_nodes ? std::make_unique<Program>(program.settings(), program.clock()) : nullptr;
        {
            std::vector<std::jthread> nodes;
            for (Program* node : {&*program, second ? second.get() : &*program})
                nodes.emplace_back([node] {
                    while (send_due(node->door, 5) > 0) {
                    }
                });
        }
        CHECK(count_events(program, id, "message_sent") == 12);
        CHECK(count_events(program, id, "promise_made") == 12);
        check_whole(*program);
    });
}

TEST_CASE("E2: what was taken back never leaves; what has left cannot be taken back")
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        const auto undone = put(program, reply_of(program, id, "undone")).value();
        const auto kept = put(program, reply_of(program, id, "kept")).value();
        const auto take_back = [&](messages::ScheduledSend named) {
            return program->database.write([&](db::Tx& tx) {
                return messages::take_back(tx, named, program.clock().now());
            });
        };
        auto of_another = undone;
        of_another.staff = program.lead().staff;
        CHECK(take_back(of_another).error().kind == Denial::not_found);
        CHECK(take_back(undone));
        CHECK(take_back(undone));
        program.clock().advance(11s);
        CHECK(send_due(program->door, 10) == 1);
        CHECK(count_events(program, id, "message_sent") == 1);
        CHECK(look(program, undone.id).state == SendState::undone);
        const auto late = take_back(kept);
        REQUIRE(!late);
        CHECK(late.error().refusals.front().code == "already_sent");
    });
}

TEST_CASE(
    "E2: what the rules refuse when its time has come stays with who wrote it, and they are told"
)
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        auto wanted = reply_of(program, id);
        wanted.what.promises.front().due_at = program.clock().now() + 12s;
        wanted.send_at = program.clock().now() + 1h;
        const auto send = put(program, wanted).value();
        program.clock().advance(2h);
        CHECK(send_due(program->door, 10) == 1);
        CHECK(send_due(program->door, 10) == 0);
        CHECK(count_events(program, id, "message_sent") == 0);
        const auto failed = look(program, send.id);
        CHECK(failed.state == SendState::failed);
        CHECK(string_at(failed.what.inputs, "text") == "我一小时内给您回电。");
        CHECK(!string_at(failed.failure, "zh").empty());
        CHECK(!string_at(failed.failure, "en").empty());
        const auto told = program->database.read([&](db::Tx& tx) {
            return notices::list(tx, program.handler().staff, {.limit = 100});
        });
        CHECK(std::ranges::count(told, "send_failed", &notices::Notification::kind) == 1);
    });
}

TEST_CASE("E2: one key, one reply; another request under it is refused")
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        const auto first = put(program, reply_of(program, id)).value();
        CHECK(put(program, reply_of(program, id)).value().id == first.id);
        program.clock().advance(11s);
        CHECK(send_due(program->door, 10) == 1);
        CHECK(put(program, reply_of(program, id)).value().state == SendState::sent);
        auto other = reply_of(program, id);
        other.request_hash = "another";
        CHECK(put(program, other).error().refusals.front().code == "key_reused");
    });
}

TEST_CASE("B5: while somebody's reply waits, another one needs to be wanted all the same")
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        REQUIRE(put(program, reply_of(program, id)));
        auto second = reply_of(program, id, "k2");
        second.staff = program.lead().staff;
        const auto refused = put(program, second);
        REQUIRE(!refused);
        CHECK(refused.error().refusals.front().code == "reply_waiting");
        second.is_beside_others = true;
        CHECK(put(program, second));
        const auto listed =
            program->database.read([&](db::Tx& tx) { return messages::list_sends(tx, id); });
        CHECK(listed.size() == 2);
    });
}

TEST_CASE(
    "E2: one person can have so many replies waiting and no more; ended ones are forgotten in time"
)
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        for (int i = 0; i < messages::max_waiting_sends; ++i)
            REQUIRE(put(program, reply_of(program, id, "k" + std::to_string(i))));
        const auto refused = put(program, reply_of(program, id, "one more"));
        REQUIRE(!refused);
        CHECK(refused.error().refusals.front().code == "outbox_full");
        program->database.write([&](db::Tx& tx) {
            for (const auto& send : messages::list_due(tx, program.clock().now() + 1h, 300))
                messages::mark_sent(tx, send, program.clock().now());
        });
        program.clock().advance(49h);
        const auto gone = program->database.write([&](db::Tx& tx) {
            return messages::forget_ended(tx, program.clock().now(), 150);
        });
        CHECK(gone == 150);
    });
}

TEST_CASE("P6: nothing that was written to somebody stays when they are forgotten")
{
    for_each_program([](TestProgram& program) {
        const auto id = program.file().id;
        REQUIRE(put(program, reply_of(program, id)));
        program->database.write([&](db::Tx& tx) { messages::forget_sends(tx, id); });
        const auto listed =
            program->database.read([&](db::Tx& tx) { return messages::list_sends(tx, id); });
        CHECK(listed.empty());
    });
}

TEST_CASE("a reply is checked before it waits, and checking changes nothing")
{
    for_each_program([](TestProgram& program) {
        const auto receipt = program.file();
        const messages::Outgoing bare{"respond_first", {{"text", "您好"}}, {}};
        const auto refused =
            check_outgoing(program->door, receipt.id, bare, program.handler(), receipt.version);
        REQUIRE(!refused);
        CHECK(refused.error().refusals.size() >= 3);
        const messages::Outgoing fine{"send_message", {{"text", "您好"}}, {}};
        CHECK(check_outgoing(program->door, receipt.id, fine, program.handler(), receipt.version));
        const auto stale =
            check_outgoing(program->door, receipt.id, fine, program.handler(), receipt.version - 1);
        REQUIRE(!stale);
        CHECK(stale.error().kind == Denial::stale);
        CHECK(count_events(program, receipt.id, "message_sent") == 0);
    });
}

}  // namespace redress::app
