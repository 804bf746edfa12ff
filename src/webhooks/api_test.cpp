#include "webhooks/api.hpp"

#include "http/router.hpp"
#include "staff/model.hpp"
#include "webhooks/house_for_tests.hpp"
#include "webhooks/receiver_for_tests.hpp"

#include <doctest/doctest.h>

namespace redress::webhooks {
namespace {

struct Desk {
    explicit Desk(House& house) : router{routes(house.services, house.courier), middleware()} {}

    static http::Middleware middleware()
    {
        http::Middleware steps;
        steps.authenticate = [](http::Call& call) -> Result<void> {
            staff::Caller caller;
            caller.actor.name = "staff:1";
            caller.actor.staff = ada;
            call.actor = caller;
            return {};
        };
        return steps;
    }

    http::Response
    ask(std::string method, const std::string& path, std::string body = {}, std::string seen = {})
    {
        http::Request request;
        request.method = std::move(method);
        const auto question = path.find('?');
        request.path = "/api/v1/webhooks" + path.substr(0, question);
        request.query = question == std::string::npos ? std::string{} : path.substr(question + 1);
        if (!body.empty())
            request.headers.emplace_back("content-type", "application/json");
        if (!seen.empty())
            request.headers.emplace_back("if-match", std::move(seen));
        request.body = std::move(body);
        return router(request);
    }

    http::Router router;
};

json::object object_of(const http::Response& response)
{
    return parse_json(response.content()).as_object();
}

std::string code_of(const http::Response& response)
{
    return std::string{string_at(object_of(response), "code")};
}

}  // namespace

TEST_CASE("a subscription is made, seen, changed, tested and removed over HTTP")
{
    in_each_house([](House& house) {
        Desk desk{house};
        Receiver receiver;
        const auto made = desk.ask(
            "POST",
            "",
            R"({"name":"Billing","events":["case.closed"],"url":")" + receiver.url() + "\"}"
        );
        REQUIRE_MESSAGE(made.status == 201, made.content());
        CHECK(string_at(object_of(made), "secret").starts_with("whsec_"));
        const auto id = object_of(made).at("webhook").at("id").as_int64();
        const auto path = "/" + std::to_string(id);
        const auto shown = desk.ask("GET", path);
        CHECK_FALSE(shown.content().contains("whsec_"));
        CHECK_FALSE(desk.ask("GET", "").content().contains("whsec_"));
        CHECK(desk.ask("GET", "?limit=1").content().contains("next_cursor"));

        CHECK(
            code_of(desk.ask("PATCH", path, R"({"is_active":false})", "\"9\"")) == "webhook_stale"
        );
        const auto paused = desk.ask("PATCH", path, R"({"is_active":false})", "\"1\"");
        CHECK(string_at(object_of(paused), "state") == "paused");
        house.happen("closed");
        house.deliver_all();
        CHECK(receiver.connections() == 0);
        CHECK(int_at(object_of(desk.ask("GET", path)), "behind") == 3);
        CHECK(desk.ask("PATCH", path, R"({"is_active":true})", "\"2\"").status == 200);
        house.deliver_all();
        CHECK(receiver.connections() == 1);

        const auto ping = desk.ask("POST", path + "/ping");
        CHECK(string_at(object_of(ping), "outcome") == "delivered");
        const auto log = object_of(desk.ask("GET", path + "/deliveries?limit=1"));
        CHECK(log.at("items").as_array().size() == 1);
        const auto cursor = std::string{string_at(log, "next_cursor")};
        const auto rest = object_of(desk.ask("GET", path + "/deliveries?cursor=" + cursor));
        const auto delivery = rest.at("items").as_array().at(0).at("id").as_int64();
        const auto again = path + "/deliveries/" + std::to_string(delivery) + "/redeliver";
        CHECK(desk.ask("POST", again).status == 200);
        CHECK(receiver.connections() == 3);

        CHECK(
            string_at(object_of(desk.ask("POST", path + "/secret")), "secret").starts_with("whsec_")
        );
        CHECK(desk.ask("DELETE", path).status == 204);
        CHECK(code_of(desk.ask("GET", path)) == "webhook_not_found");
        CHECK(code_of(desk.ask("DELETE", path)) == "webhook_not_found");
        CHECK(code_of(desk.ask("POST", path + "/ping")) == "webhook_not_found");
        CHECK(code_of(desk.ask("GET", path + "/deliveries")) == "webhook_not_found");
    });
}

TEST_CASE("what cannot be a subscription is refused, and so are too many")
{
    in_each_house([](House& house) {
        Desk desk{house};
        CHECK(
            code_of(
                desk.ask("POST", "", R"({"name":"x","url":"file:///etc/passwd","events":["*"]})")
            ) == "webhook_url"
        );
        for (std::int64_t i = 0; i < max_webhooks; ++i)
            house.subscribe("https://example.com/");
        CHECK(
            code_of(
                desk.ask("POST", "", R"({"name":"x","url":"https://example.com/","events":["*"]})")
            ) == "webhooks_too_many"
        );
    });
}

TEST_CASE("a subscription to an address inside the house is told so by its test")
{
    in_each_house([](House& house) {
        Desk desk{house};
        const auto id = house.subscribe("http://169.254.169.254/latest/").webhook.id;
        const auto ping = desk.ask("POST", "/" + std::to_string(id.value) + "/ping");
        CHECK(string_at(object_of(ping), "outcome") == "blocked");
    });
}

}  // namespace redress::webhooks
