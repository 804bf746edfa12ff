#include "http/server.hpp"
#include "http/test_client.hpp"

#include <atomic>
#include <condition_variable>
#include <doctest/doctest.h>
#include <latch>
#include <mutex>
#include <set>
#include <thread>

using namespace redress;
using namespace redress::http;
using namespace std::chrono_literals;
using testing::request;
using testing::test_options;
using testing::TestClient;

namespace {

Response echo(const Request& asked)
{
    return {
        .content_type = "text/plain",
        .body = asked.method + " " + asked.path + "?" + asked.query + " " + asked.body};
}

}  // namespace

TEST_CASE("only a trusted proxy says who the client is")
{
    auto options = test_options();
    const auto who = [](const Request& asked) { return Response{.body = asked.remote_address}; };
    const auto forwarded = request("GET", "/", {}, "X-Forwarded-For: 6.6.6.6, 203.0.113.7\r\n");
    {
        Server server{options, who};
        server.start();
        CHECK(TestClient{server.port()}.ask(forwarded).body == "127.0.0.1");
    }
    options.trusted_proxies = {"127.0.0.1"};
    Server server{options, who};
    server.start();
    CHECK(TestClient{server.port()}.ask(forwarded).body == "203.0.113.7");
    CHECK(TestClient{server.port()}.ask(request("GET", "/")).body == "127.0.0.1");
}

TEST_CASE("two listeners live side by side, and an address in use is an error")
{
    Server server{test_options(), echo};
    Server metrics{test_options(), [](const Request&) { return Response{.body = "metrics"}; }};
    server.start();
    metrics.start();
    CHECK(TestClient{metrics.port()}.ask(request("GET", "/")).body == "metrics");
    CHECK(TestClient{server.port()}.ask(request("GET", "/")).body == "GET /? ");
    auto options = test_options();
    options.port = server.port();
    CHECK_THROWS_AS((Server{options, echo}), std::exception);
}

TEST_CASE("many clients at once each get their own answers")
{
    Server server{test_options(), echo};
    server.start();
    std::atomic<int> wrong{0};
    std::vector<std::jthread> threads;
    for (int t = 0; t < 16; ++t)
        threads.emplace_back([&, t] {
            TestClient client{server.port()};
            for (int i = 0; i < 100; ++i) {
                const auto path = "/" + std::to_string(t) + "/" + std::to_string(i);
                if (client.ask(request("GET", path)).body != "GET " + path + "? ")
                    ++wrong;
            }
        });
    threads.clear();
    CHECK(wrong == 0);
}
