#include "webhooks/courier.hpp"

#include "base/hmac.hpp"
#include "webhooks/house_for_tests.hpp"
#include "webhooks/receiver_for_tests.hpp"
#include "webhooks/rules_delivery.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <map>
#include <thread>

namespace redress::webhooks {
namespace {

using namespace std::chrono_literals;

std::vector<std::string> ids_sent(const Receiver& receiver)
{
    std::vector<std::string> ids;
    for (const auto& request : receiver.requests())
        ids.emplace_back(parse_json(body_in(request)).at("id").as_string());
    return ids;
}

using Ids = std::vector<std::string>;

}  // namespace

TEST_CASE("what was asked for comes in the order of the chain, signed, without personal data")
{
    in_each_house([](House& house) {
        Receiver receiver;
        const auto made = house.subscribe(receiver.url(), {"case.closed", "case.reopened"}, {});
        house.happen("closed");
        house.happen("note_added");
        house.happen("reopened");
        house.deliver_all();
        CHECK(ids_sent(receiver) == Ids{"evt_2", "evt_4"});
        const auto request = receiver.requests().front();
        const auto body = body_in(request);
        const auto json = parse_json(body).as_object();
        CHECK(string_at(json, "type") == "case.closed");
        CHECK(int_at(json, "entity") == 40);
        CHECK(string_at(json.at("data").as_object(), "state") == "closed");
        CHECK_FALSE(request.contains("李雷"));
        CHECK(header_of(request, "Redress-Event") == "case.closed");
        CHECK(
            header_of(request, "Redress-Signature") ==
            "t=1795262400,v1=" + hmac_sha256_hex(made.secret, "1795262400." + body)
        );
        CHECK(house.reread(made.webhook.id).cursor == 4);
        CHECK_FALSE(house.courier.deliver_next());
        const auto log = house.log(made.webhook.id);
        REQUIRE(log.size() == 2);
        CHECK(log.front().event_seq == 4);
        CHECK(log.front().outcome == Outcome::delivered);
        CHECK(log.front().status == 204);
    });
}

TEST_CASE("an event that fails is tried again later, and nothing overtakes it")
{
    in_each_house([](House& house) {
        Receiver receiver;
        receiver.answer_with(http_answer(503, "busy"));
        const auto id = house.subscribe(receiver.url(), {"case.*"}).webhook.id;
        const auto first = house.happen("closed");
        house.happen("reopened");
        house.deliver_all();
        CHECK(receiver.requests().size() == 1);
        CHECK(house.reread(id).failures == 1);
        house.clock.advance(2s);
        CHECK_FALSE(house.courier.deliver_next());
        house.clock.advance(3s);
        house.deliver_all();
        CHECK(receiver.requests().size() == 2);
        CHECK(house.log(id).front().attempt == 2);
        CHECK(house.log(id).front().excerpt == "busy");
        receiver.answer_with(http_answer(200));
        house.clock.advance(10s);
        house.deliver_all();
        const auto evt = "evt_" + std::to_string(first);
        CHECK(ids_sent(receiver) == Ids{evt, evt, evt, "evt_" + std::to_string(first + 1)});
        CHECK(house.reread(id).failures == 0);
    });
}

TEST_CASE("after too many failures it is stopped, said once, and resumed where it was")
{
    in_each_house([](House& house) {
        Receiver receiver;
        receiver.answer_with(http_answer(500));
        const auto made = house.subscribe(receiver.url(), {"case.*"});
        const auto id = made.webhook.id;
        house.happen("closed");
        for (std::int64_t i = 0; i < max_failures + 3; ++i) {
            house.deliver_all();
            house.clock.advance(7h);
        }
        CHECK(std::ssize(receiver.requests()) == max_failures);
        CHECK(house.stopped == Ids{"Receiver"});
        auto webhook = house.reread(id);
        CHECK(webhook.state == WebhookState::stopped);
        const auto events =
            house.database->read([](db::Tx& tx) { return ledger::list_after(tx, 2, 10); });
        REQUIRE(events.size() == 1);
        CHECK(events.front().kind == "webhook_stopped");
        CHECK(events.front().payload.find(made.secret) == std::string::npos);
        receiver.answer_with(http_answer(200));
        CHECK(change_webhook(house.services, id, webhook.version, {.is_active = true}, by_ada));
        house.deliver_all();
        CHECK(std::ssize(receiver.requests()) == max_failures + 1);
        CHECK(house.reread(id).cursor == 4);
    });
}

TEST_CASE("what somebody else works on is left to them until their lease ends")
{
    in_each_house([](House& house) {
        Receiver receiver;
        const auto id = house.subscribe(receiver.url(), {"case.*"}).webhook.id;
        house.happen("closed");
        const Lease other{"another node", house.clock.now() + 60s};
        CHECK(house.database->write([&](db::Tx& tx) {
            return take_lease(tx, id, other, house.clock.now());
        }));
        CHECK_FALSE(house.courier.deliver_next());
        CHECK(receiver.connections() == 0);
        house.clock.advance(60s);
        house.deliver_all();
        CHECK(ids_sent(receiver) == Ids{"evt_2"});
        CHECK_FALSE(house.database->write([&](db::Tx& tx) { return advance(tx, id, other, 99); }));
        CHECK(house.reread(id).cursor == 2);
    });
}

TEST_CASE("many couriers at once bring every event once, in order, to each receiver")
{
    in_each_house([](House& house) {
        std::vector<std::unique_ptr<Receiver>> receivers;
        for (int i = 0; i < 3; ++i) {
            receivers.push_back(std::make_unique<Receiver>());
            house.subscribe(receivers.back()->url(), {"case.closed"}, 0);
        }
        Ids expected;
        for (int i = 0; i < 30; ++i)
            expected.push_back("evt_" + std::to_string(house.happen("closed")));
        {
            std::vector<std::jthread> couriers;
            for (int i = 0; i < 4; ++i)
                couriers.emplace_back([&house] { house.deliver_all(); });
        }
        house.deliver_all();
        for (const auto& receiver : receivers)
            CHECK(ids_sent(*receiver) == expected);
    });
}

TEST_CASE("a receiver that hangs does not hold up the others")
{
    in_each_house([](House& house) {
        Receiver slow;
        slow.slow_down(100ms);
        slow.answer_with(http_answer(200, std::string(100, 'a')));
        Receiver quick;
        const auto hanging = house.subscribe(slow.url(), {"case.*"}).webhook.id;
        house.subscribe(quick.url(), {"case.*"});
        house.happen("closed");
        house.deliver_all();
        CHECK(quick.requests().size() == 1);
        CHECK(house.log(hanging).front().outcome == Outcome::timed_out);
    });
}

TEST_CASE("while a secret is replaced both sign, then only the new one")
{
    in_each_house([](House& house) {
        Receiver receiver;
        const auto made = house.subscribe(receiver.url(), {"case.*"});
        const auto renewed = renew_secret(house.services, made.webhook.id, by_ada);
        REQUIRE(renewed);
        const auto signatures = [&] {
            house.happen("closed");
            house.deliver_all();
            const auto request = receiver.requests().back();
            const auto signed_text =
                std::to_string(house.clock.now().us / 1'000'000) + "." + body_in(request);
            const auto header = header_of(request, "Redress-Signature");
            return std::pair{
                header.contains("v1=" + hmac_sha256_hex(*renewed, signed_text)),
                header.contains("v1=" + hmac_sha256_hex(made.secret, signed_text))};
        };
        CHECK(signatures() == std::pair{true, true});
        house.clock.advance(24h);
        CHECK(signatures() == std::pair{true, false});
    });
}

TEST_CASE("a person sends a test or an event again without moving the cursor")
{
    in_each_house([](House& house) {
        Receiver receiver;
        const auto id = house.subscribe(receiver.url(), {"case.*"}).webhook.id;
        house.happen("closed");
        house.deliver_all();
        const auto delivered = house.log(id).front();
        const auto again = house.courier.redeliver(id, delivered.id);
        REQUIRE(again);
        CHECK(again->attempt == 0);
        CHECK(ids_sent(receiver) == Ids{"evt_2", "evt_2"});
        const auto ping = house.courier.ping(id);
        REQUIRE(ping);
        CHECK(ping->event == "ping");
        CHECK(ids_sent(receiver).back().starts_with("ping_"));
        CHECK(house.courier.redeliver(id, ping->id).error().kind == Denial::not_found);
        CHECK(house.courier.ping(WebhookId{9'999}).error().kind == Denial::not_found);
        CHECK(house.log(id).size() == 3);
        CHECK(house.reread(id).cursor == 2);
    });
}

TEST_CASE("the log keeps the newest attempts")
{
    in_each_house([](House& house) {
        Receiver receiver;
        const auto id = house.subscribe(receiver.url(), {"case.*"}).webhook.id;
        house.database->write([&](db::Tx& tx) {
            for (std::int64_t i = 0; i < max_log + 5; ++i)
                insert_delivery(tx, {.id = {1'000 + i}, .webhook = id, .event = "old"});
        });
        house.happen("closed");
        house.deliver_all();
        const auto log = house.log(id);
        CHECK(std::ssize(log) == max_log);
        CHECK(std::ranges::none_of(log, [](const auto& one) { return one.id.value == 1'000; }));
        CHECK(remove_webhook(house.services, id, by_ada));
        CHECK(house.log(id).empty());
    });
}

}  // namespace redress::webhooks
