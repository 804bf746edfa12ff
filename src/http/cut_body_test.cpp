// Bodies that are too long for us and whose sender is to be told kindly.
#include "http/router.hpp"
#include "http/server.hpp"
#include "http/test_client.hpp"

#include <doctest/doctest.h>

using namespace redress;
using namespace redress::http;
using testing::request;
using testing::test_options;
using testing::TestClient;

namespace {

Response tell_length(const Request& asked)
{
    const auto length = std::to_string(asked.body.size());
    return {.content_type = "text/plain", .body = length + (asked.is_cut ? " cut" : " whole")};
}

Options cutting(std::size_t max_body, std::size_t max_cut_body)
{
    auto options = test_options();
    options.max_body = max_body;
    options.max_cut_body = max_cut_body;
    options.keeps_beginning = [](const Request& head) { return head.path == "/form"; };
    return options;
}

}  // namespace

TEST_CASE("of a longer body the beginning is kept, and the connection goes on behind its end")
{
    Server server{cutting(100'000, 5'000'000), tell_length};
    server.start();
    TestClient client{server.port()};
    for (const std::size_t length : {100'000UL, 100'001UL, 165'537UL, 3'000'000UL, 5'000'000UL}) {
        const auto answer = client.ask(request("POST", "/form", std::string(length, 'x')));
        CHECK(answer.status == 200);
        CHECK(answer.body == (length > 100'000 ? "100000 cut" : "100000 whole"));
        CHECK(client.ask(request("GET", "/after")).body == "0 whole");
    }
    const auto two =
        request("POST", "/form", std::string(200'000, 'x')) + request("POST", "/b", "12");
    client.send(two);
    CHECK(client.receive().body == "100000 cut");
    CHECK(client.receive().body == "2 whole");
}

TEST_CASE("elsewhere, and beyond what is worth reading, it is refused at once")
{
    Server server{cutting(1'000, 10'000), tell_length};
    server.start();
    CHECK(
        TestClient{server.port()}.ask(request("POST", "/api", std::string(1'001, 'x'))).status ==
        413
    );
    CHECK(
        TestClient{server.port()}.ask(request("POST", "/form", std::string(10'001, 'x'))).status ==
        413
    );
}

TEST_CASE("a route says whether it keeps beginnings and whether it minds unknown parameters")
{
    const auto row = [](std::string path, bool is_lenient) {
        Route route{.name = path, .method = "POST", .path = path};
        route.keeps_beginning = is_lenient;
        route.takes_any_query = is_lenient;
        route.handler = [](Call&) { return Response{.status = 204}; };
        return route;
    };
    const Router router{{row("/form", true), row("/api", false)}, {}};
    CHECK(router.keeps_beginning({.method = "POST", .path = "/form"}));
    CHECK_FALSE(router.keeps_beginning({.method = "POST", .path = "/api"}));
    CHECK_FALSE(router.keeps_beginning({.method = "POST", .path = "/none"}));
    CHECK(router({.method = "POST", .path = "/form", .query = "utm=1&%"}).status == 204);
    CHECK(router({.method = "POST", .path = "/api", .query = "utm=1"}).status == 422);
}
