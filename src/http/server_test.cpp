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

/// A handler that waits until it is let go.
class Gate {
public:
    void pass()
    {
        std::unique_lock lock{mutex_};
        ++waiting_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return is_open_; });
    }
    void wait_for(int waiting)
    {
        std::unique_lock lock{mutex_};
        CHECK(changed_.wait_for(lock, 5s, [&] { return waiting_ >= waiting; }));
    }
    void open()
    {
        const std::lock_guard lock{mutex_};
        is_open_ = true;
        changed_.notify_all();
    }

private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int waiting_{};
    bool is_open_{};
};

}  // namespace

TEST_CASE("requests on one connection are answered in their order, pipelined or not")
{
    Server server{test_options(), echo};
    server.start();
    TestClient client{server.port()};
    CHECK(client.ask(request("GET", "/a?b=c")).body == "GET /a?b=c ");
    CHECK(client.ask(request("POST", "/x", "hello")).body == "POST /x? hello");
    std::string all;
    for (int i = 0; i < 50; ++i)
        all +=
            request("POST", "/" + std::to_string(i), std::string(static_cast<std::size_t>(i), 'b'));
    client.send(all);
    for (int i = 0; i < 50; ++i)
        CHECK(
            client.receive().body ==
            "POST /" + std::to_string(i) + "? " + std::string(static_cast<std::size_t>(i), 'b')
        );
    client.send(
        "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n" +
        request("GET", "/next")
    );
    CHECK(client.receive().body == "POST /c? ab");
    CHECK(client.receive().body == "GET /next? ");
}

TEST_CASE("a request that comes byte by byte is the same request")
{
    auto options = test_options();
    options.head_limit = 5'000ms;
    Server server{options, echo};
    server.start();
    TestClient client{server.port()};
    for (const char byte : request("POST", "/slow", "abc"))
        REQUIRE(client.send(std::string_view{&byte, 1}));
    CHECK(client.receive().body == "POST /slow? abc");
}

TEST_CASE("HEAD has the length and no body, 204 has neither")
{
    Server server{test_options(), [](const Request& asked) {
                      return asked.path == "/none" ? Response{.status = 204, .body = "x"}
                                                   : Response{.body = "12345"};
                  }};
    server.start();
    TestClient client{server.port()};
    client.send(request("HEAD", "/") + request("GET", "/"));
    auto head = client.receive(true);
    CHECK(head.headers["content-length"] == "5");
    CHECK(client.receive().body == "12345");
    client.send(request("DELETE", "/none") + request("GET", "/"));
    CHECK(client.receive().headers.count("content-length") == 0);
    CHECK(client.receive().body == "12345");
}

TEST_CASE("Expect: 100-continue is answered before the body, or refused instead")
{
    auto options = test_options();
    options.max_body = 10;
    Server server{options, echo};
    server.start();
    TestClient client{server.port()};
    client.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nExpect: 100-continue\r\n\r\n");
    CHECK(client.receive_until("\r\n\r\n") == "HTTP/1.1 100 Continue\r\n\r\n");
    CHECK(client.ask("abc").body == "POST /? abc");
    CHECK(
        client
            .ask("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n")
            .status == 413
    );
    CHECK(client.is_closed());
}

TEST_CASE("HTTP/1.0 ends after one answer unless it asks to go on")
{
    Server server{test_options(), echo};
    server.start();
    TestClient client{server.port()};
    CHECK(
        client.ask("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").headers["connection"] ==
        "keep-alive"
    );
    CHECK(client.ask("GET /b HTTP/1.0\r\n\r\n").body == "GET /b? ");
    CHECK(client.is_closed());
}

TEST_CASE("a client that is still sending too much gets to read why")
{
    Server server{test_options(), echo};
    server.start();
    TestClient client{server.port()};
    client.send(
        "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 50000000\r\nAccept-Language: zh\r\n\r\n"
    );
    client.send(std::string(20'000'000, 'x'));  // without looking for an answer
    auto answer = client.receive();
    CHECK(answer.status == 413);
    CHECK(answer.headers["content-language"] == "zh-CN");
    CHECK(answer.body.find("最多 8388608 字节") != std::string::npos);
}

TEST_CASE("routes may take more than others")
{
    auto options = test_options();
    options.max_body = 10;
    options.body_limit = [](const Request& head) {
        return head.path == "/upload" ? std::size_t{40'000'000} : std::size_t{10};
    };
    Server server{options, [](const Request& asked) {
                      return Response{.body = std::to_string(asked.body.size())};
                  }};
    server.start();
    TestClient client{server.port()};
    CHECK(client.ask(request("POST", "/upload", std::string(12'000'000, 'x'))).body == "12000000");
    CHECK(client.ask(request("POST", "/upload", std::string(33'600'000, 'x'))).status == 413);
    TestClient other{server.port()};
    CHECK(other.ask(request("POST", "/else", "12345678901")).status == 413);
}

TEST_CASE("clients that dawdle are let go: in the head, in the body, between requests")
{
    auto options = test_options();
    options.idle_limit = 300ms;
    Server server{options, echo};
    server.start();
    TestClient silent{server.port()};
    TestClient in_head{server.port()};
    TestClient in_body{server.port()};
    TestClient in_chunk{server.port()};
    in_head.send("GET / HTTP/1.1\r\nHost: x\r\nX-");
    in_body.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\nabc");
    in_chunk.send("POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab");
    const auto begun = std::chrono::steady_clock::now();
    std::jthread drip{[&](const std::stop_token& stop) {
        while (!stop.stop_requested() && in_head.send("a"))
            std::this_thread::sleep_for(50ms);
    }};
    CHECK(silent.receive().status == 0);
    CHECK(in_body.receive().status == 408);
    CHECK(in_chunk.receive().status == 408);
    CHECK(in_head.receive().status == 408);
    CHECK(std::chrono::steady_clock::now() - begun < 3s);
}

TEST_CASE("a client that takes nothing does not keep its connection")
{
    auto options = test_options();
    options.write_limit = 300ms;
    constexpr std::size_t size = 32'000'000;  // far more than the kernel keeps for a client
    Server server{options, [](const Request&) { return Response{.body = std::string(size, 'x')}; }};
    server.start();
    TestClient client{server.port()};
    client.send(request("GET", "/"));
    std::this_thread::sleep_for(1s);
    CHECK(client.receive().body.size() < size);
}

TEST_CASE("more than the queue holds is refused at once with Retry-After")
{
    auto options = test_options();
    options.workers = 2;
    options.max_queued = 3;
    Gate gate;
    Server server{options, [&](const Request&) {
                      gate.pass();
                      return Response{.body = "done"};
                  }};
    server.start();
    std::vector<std::unique_ptr<TestClient>> clients;
    const auto ask = [&] {
        clients.push_back(std::make_unique<TestClient>(server.port()));
        clients.back()->send(request("GET", "/"));
    };
    ask();
    ask();
    gate.wait_for(2);
    for (int i = 0; i < 3; ++i)
        ask();
    std::this_thread::sleep_for(100ms);
    TestClient late{server.port()};
    auto refused = late.ask(request("GET", "/"));
    CHECK(refused.status == 503);
    CHECK(refused.headers["retry-after"] == "1");
    CHECK(refused.body.find("\"code\":\"busy\"") != std::string::npos);
    gate.open();
    for (const auto& client : clients)
        CHECK(client->receive().body == "done");
    CHECK(late.ask(request("GET", "/")).body == "done");
}

TEST_CASE("more connections than allowed are turned away with an answer")
{
    auto options = test_options();
    options.max_connections = 2;
    Server server{options, echo};
    server.start();
    TestClient first{server.port()};
    TestClient second{server.port()};
    CHECK(first.ask(request("GET", "/")).status == 200);
    CHECK(second.ask(request("GET", "/")).status == 200);
    TestClient third{server.port()};
    CHECK(third.receive().status == 503);
    CHECK(third.is_closed());
    first.close();
    std::this_thread::sleep_for(50ms);
    TestClient fourth{server.port()};
    CHECK(fourth.ask(request("GET", "/")).status == 200);
}

TEST_CASE("a handler that takes too long is not waited for, and its outcome is not called success")
{
    auto options = test_options();
    options.handler_limit = 200ms;
    Gate gate;
    Server server{options, [&](const Request& asked) {
                      if (asked.path == "/slow")
                          gate.pass();
                      return Response{.body = asked.body};
                  }};
    server.start();
    TestClient client{server.port()};
    const auto answer = client.ask(request("POST", "/slow", "abc"));
    CHECK(answer.status == 503);
    CHECK(answer.body.find("answer_too_slow") != std::string::npos);
    CHECK(client.is_closed());
    gate.open();
    TestClient other{server.port()};
    CHECK(other.ask(request("POST", "/", "x")).body == "x");
}

TEST_CASE("stopping finishes what was accepted and takes nothing more")
{
    Gate gate;
    auto server = std::make_unique<Server>(test_options(), [&](const Request&) {
        gate.pass();
        return Response{.body = "kept"};
    });
    server->start();
    const auto port = server->port();
    TestClient idle{port};
    TestClient busy{port};
    TestClient half{port};
    half.send("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n\r\nab");
    busy.send(request("GET", "/"));
    gate.wait_for(1);
    std::thread stopping{[&] { server->stop(); }};
    CHECK(idle.is_closed());
    half.send("cd");
    gate.wait_for(2);
    gate.open();
    auto answer = busy.receive();
    CHECK(answer.body == "kept");
    CHECK(answer.headers["connection"] == "close");
    CHECK(half.receive().body == "kept");
    busy.close();
    half.close();
    stopping.join();
    server.reset();
}

TEST_CASE("a handler's mistakes become 500: exceptions and headers that would split the answer")
{
    Server server{test_options(), [](const Request& asked) -> Response {
                      if (asked.path == "/throw")
                          throw std::runtime_error{"secret"};
                      Response response;
                      response.set(
                          asked.path == "/name" ? "X: y\r\nSet-Cookie" : "Location",
                          asked.path == "/value" ? "/a\r\nSet-Cookie: b" : "/"
                      );
                      return response;
                  }};
    server.start();
    TestClient client{server.port()};
    for (const char* path : {"/throw", "/name", "/value"}) {
        auto answer = client.ask(request("GET", path));
        CHECK(answer.status == 500);
        CHECK(answer.headers.count("set-cookie") == 0);
        CHECK(answer.body.find("secret") == std::string::npos);
    }
    CHECK(client.ask(request("GET", "/good")).headers["location"] == "/");
}

TEST_CASE("every request has its own trace id, a line in the log and the headers of the house")
{
    auto options = test_options();
    std::mutex mutex;
    std::vector<std::string> lines;
    const VirtualClock clock{Instant{784'111'777'000'000}};
    options.clock = &clock;
    options.log = [&](const AccessLine& line) {
        const std::lock_guard lock{mutex};
        lines.push_back(
            std::string{line.method} + " " + std::string{line.route} + " " +
            std::to_string(line.status)
        );
    };
    std::set<std::string> ids;
    Server server{options, [&](const Request& asked) {
                      const std::lock_guard lock{mutex};
                      ids.insert(asked.trace_id);
                      CHECK(asked.remote_address == "127.0.0.1");
                      return Response{.body = "{}", .route = "/items/{id}"};
                  }};
    server.start();
    {
        TestClient client{server.port()};
        auto answer = client.ask(request("GET", "/items/secret-name?token=1"));
        CHECK(answer.headers["date"] == "Sun, 06 Nov 1994 08:49:37 GMT");
        CHECK(answer.headers["x-content-type-options"] == "nosniff");
        CHECK(answer.headers["cache-control"] == "no-store");
        client.ask(request("GET", "/items/2"));
        client.ask("nonsense\r\n\r\n");
    }
    server.stop();
    CHECK(ids.size() == 2);
    CHECK(ids.begin()->size() == 32);
    CHECK(
        lines == std::vector<std::string>{"GET /items/{id} 200", "GET /items/{id} 200", "- - 400"}
    );
}
