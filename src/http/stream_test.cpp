#include "base/text.hpp"
#include "http/hub.hpp"
#include "http/test_client.hpp"

#include <algorithm>
#include <atomic>
#include <charconv>
#include <doctest/doctest.h>
#include <mutex>
#include <thread>

using namespace redress;
using namespace redress::http;
using namespace std::chrono_literals;
using testing::request;
using testing::test_options;
using testing::TestClient;

namespace {

/// What a ledger is to the hub: events are stored first, published after.
class Ledger {
public:
    explicit Ledger(Hub& hub) : hub_{hub} {}

    void append()
    {
        Published event;
        {
            const std::lock_guard lock{mutex_};
            event = {
                .id = static_cast<std::int64_t>(events_.size()) + 1,
                .event = "case",
                .data = "{}"};
            events_.push_back(event);
        }
        hub_.publish(event);
    }
    std::vector<Published> after(std::int64_t id, std::size_t limit)
    {
        const std::lock_guard lock{mutex_};
        const auto from = std::min(static_cast<std::size_t>(id), events_.size());
        const auto to = std::min(from + limit, events_.size());
        return {
            events_.begin() + static_cast<std::ptrdiff_t>(from),
            events_.begin() + static_cast<std::ptrdiff_t>(to)};
    }

private:
    Hub& hub_;
    std::mutex mutex_;
    std::vector<Published> events_;
};

/// A server whose every path is the event stream, filtered by "?even" and resumable.
struct Fixture {
    Hub hub;
    Ledger ledger{hub};
    std::size_t max_waiting{10'000};
    Server server;

    explicit Fixture(Options options = test_options())
        : server{options, [this](const Request& asked) { return subscribe(asked); }}
    {
        server.start();
    }

    Response subscribe(const Request& asked)
    {
        Subscription wanted{.owner = asked.path, .max_waiting = max_waiting};
        std::int64_t id = 0;
        const auto last = asked.header("last-event-id");
        if (std::from_chars(last.data(), last.data() + last.size(), id).ec == std::errc{})
            wanted.last_event_id = id;
        if (asked.query == "even")
            wanted.filter = [](const Published& event) { return event.id % 2 == 0; };
        wanted.backlog = [this](std::int64_t after, std::size_t limit) {
            return ledger.after(after, limit);
        };
        return {.stream = hub.subscribe(std::move(wanted)), .route = "/events"};
    }
};

/// The numbers of the "id: " lines in a piece of a stream.
std::vector<std::int64_t> ids_in(std::string_view text)
{
    std::vector<std::int64_t> ids;
    for (const auto line : split(text, '\n'))
        if (line.starts_with("id: "))
            std::from_chars(line.data() + 4, line.data() + line.size(), ids.emplace_back());
    return ids;
}

std::string subscribe_from(std::int64_t last, const std::string& target = "/events")
{
    return request("GET", target, {}, "Last-Event-ID: " + std::to_string(last) + "\r\n");
}

/// Drives a stream without sockets: everything it would send now.
std::string drain(Stream& stream)
{
    std::string sent;
    for (;;) {
        const auto batch = stream.take();
        sent += batch.frames;
        if (batch.must_replay)
            stream.replay();
        else
            return sent;
    }
}

}  // namespace

TEST_CASE("an event is framed so that its data cannot break out")
{
    CHECK(to_frame({.id = 7, .event = "case", .data = "{}"}) == "id: 7\nevent: case\ndata: {}\n\n");
    CHECK(to_frame({.data = ""}) == "data: \n\n");
    CHECK(
        to_frame({.event = "a\nid: 9", .data = "1\r\n2\n\nid: 9\rx"}) ==
        "event: a\ndata: 1\ndata: 2\ndata: \ndata: id: 9\ndata: x\n\n"
    );
}

TEST_CASE("a client gets what it may see, from where it was")
{
    Fixture fixture;
    for (int i = 0; i < 1'200; ++i)
        fixture.ledger.append();
    TestClient all{fixture.server.port()};
    TestClient even{fixture.server.port()};
    TestClient live{fixture.server.port()};
    all.send(subscribe_from(100));
    even.send(subscribe_from(1'190, "/events?even"));
    live.send(request("GET", "/events"));
    CHECK(
        all.receive_until("retry: 2000\n\n").find("Content-Type: text/event-stream") !=
        std::string::npos
    );
    const auto replayed = ids_in(all.receive_until("id: 1200\n"));
    CHECK(replayed.size() == 1'100);
    CHECK(replayed.front() == 101);
    CHECK(
        ids_in(even.receive_until("id: 1200\n")) ==
        std::vector<std::int64_t>{1'192, 1'194, 1'196, 1'198, 1'200}
    );
    live.receive_until("retry: 2000\n\n");
    fixture.hub.publish({.event = "typing", .data = "passing"});
    fixture.ledger.append();
    CHECK(
        live.receive_until("id: 1201\n").find("event: typing\ndata: passing\n\n") !=
        std::string::npos
    );
    CHECK(all.receive_until("id: 1201\n").find("passing") != std::string::npos);
}

TEST_CASE("200 streams resume again and again under publishing, without gap or duplicate")
{
    constexpr std::int64_t total = 3'000;
    Fixture fixture;
    std::atomic<int> wrong{0};
    std::jthread publisher{[&] {
        for (std::int64_t i = 0; i < total; ++i) {
            fixture.ledger.append();
            if (i % 10 == 0)
                std::this_thread::sleep_for(2ms);
        }
    }};
    const auto follow = [&](int number) {
        std::int64_t last = 0;
        while (last < total) {
            TestClient client{fixture.server.port()};
            client.send(subscribe_from(last));
            // Each one goes away after a different number of events, in the middle of the stream.
            const auto until = std::min(total, last + 400 + number * 7);
            for (const auto id :
                 ids_in(client.receive_until("id: " + std::to_string(until) + "\n"))) {
                wrong += id == last + 1 ? 0 : 1;
                last = id;
            }
            if (last < until) {
                ++wrong;
                return;
            }
        }
    };
    std::vector<std::jthread> clients;
    for (int i = 0; i < 200; ++i)
        clients.emplace_back(follow, i);
    clients.clear();
    CHECK(wrong == 0);
}

TEST_CASE("the window between subscribing and the backlog neither loses nor repeats")
{
    Hub hub;
    Ledger ledger{hub};
    for (int i = 0; i < 5; ++i)
        ledger.append();
    const auto stream =
        hub.subscribe({.last_event_id = 2, .backlog = [&](std::int64_t after, std::size_t limit) {
                           ledger.append();  // in the backlog and live
                           auto page = ledger.after(after, limit);
                           ledger.append();  // live only
                           return page;
                       }});
    CHECK(ids_in(drain(*stream)) == std::vector<std::int64_t>{3, 4, 5, 6, 7});
    hub.publish({.id = 7, .data = "told already"});
    CHECK(drain(*stream).empty());
}

TEST_CASE("a slow stream ends when its queue is full, and what it holds is without gap")
{
    Hub hub;
    const auto stream = hub.subscribe({.max_waiting = 3});
    for (std::int64_t id = 1; id <= 5; ++id)
        hub.publish({.id = id});
    const auto batch = stream->take();
    CHECK(batch.is_closed);
    CHECK(ids_in(batch.frames) == std::vector<std::int64_t>{1, 2, 3});
}

TEST_CASE("a slow consumer is closed over the wire and resumes where it was")
{
    Fixture fixture;
    fixture.max_waiting = 50;
    TestClient slow{fixture.server.port()};
    slow.send(request("GET", "/events"));
    CHECK(slow.receive_until("retry: 2000\n\n").ends_with("\n\n"));
    constexpr std::int64_t total = 500;  // 50 MB, far more than the kernel keeps for a client
    const std::string large(100'000, 'x');
    for (std::int64_t id = 1; id <= total; ++id)
        fixture.hub.publish({.id = id, .event = "case", .data = large});
    const auto received = ids_in(slow.receive_until("\r\n0\r\n\r\n"));
    CHECK(received.size() < total);
    CHECK(received.size() >= 50);
    for (std::size_t i = 0; i < received.size(); ++i)
        CHECK(received[i] == static_cast<std::int64_t>(i) + 1);
    CHECK(slow.is_closed());
}

TEST_CASE("rights end at once: a revoked stream gets nothing more, not even what waited")
{
    Fixture fixture;
    TestClient revoked{fixture.server.port()};
    TestClient kept{fixture.server.port()};
    revoked.send(request("GET", "/revoked"));
    kept.send(request("GET", "/kept"));
    revoked.receive_until("retry: 2000\n\n");
    kept.receive_until("retry: 2000\n\n");
    fixture.hub.close_streams([](const Subscription& each) {
        return std::any_cast<std::string>(each.owner) == "/revoked";
    });
    fixture.ledger.append();
    CHECK(revoked.receive_until("0\r\n\r\n").find("id:") == std::string::npos);
    CHECK(revoked.is_closed());
    CHECK(ids_in(kept.receive_until("id: 1\n")).size() == 1);

    Hub hub;
    const auto stream = hub.subscribe({});
    hub.publish({.id = 1});
    hub.close_streams([](const Subscription&) { return true; });
    hub.publish({.id = 2});
    CHECK(stream->take().is_closed);
    CHECK(stream->take().frames.empty());
}

TEST_CASE("a filter or a backlog that fails ends its own stream and no other")
{
    Hub hub;
    const auto bad_filter =
        hub.subscribe({.filter = [](const Published&) -> bool { throw std::runtime_error{"x"}; }});
    const auto bad_backlog = hub.subscribe(
        {.last_event_id = 1,
         .backlog = [](std::int64_t, std::size_t) -> std::vector<Published> {
             throw std::runtime_error{"x"};
         }}
    );
    const auto good = hub.subscribe({});
    hub.publish({.id = 1});
    CHECK(bad_filter->take().is_closed);
    drain(*bad_backlog);
    CHECK(bad_backlog->take().is_closed);
    CHECK(ids_in(good->take().frames) == std::vector<std::int64_t>{1});
}

TEST_CASE("a quiet stream shows a sign of life, and a client that goes frees its place")
{
    auto options = test_options();
    options.heartbeat = 50ms;
    options.write_limit = 5s;
    Fixture fixture{options};
    {
        TestClient client{fixture.server.port()};
        client.send(request("GET", "/"));
        CHECK(client.receive_until(":\n\n").ends_with(":\n\n"));
        CHECK(client.receive_until(":\n\n").ends_with(":\n\n"));
        CHECK(fixture.hub.stream_count() == 1);
    }
    for (int i = 0; i < 100 && fixture.hub.stream_count() > 0; ++i)
        std::this_thread::sleep_for(10ms);
    CHECK(fixture.hub.stream_count() == 0);
}

TEST_CASE("stopping ends streams cleanly and soon")
{
    Fixture fixture;
    TestClient client{fixture.server.port()};
    TestClient old{fixture.server.port()};
    client.send(request("GET", "/"));
    old.send("GET / HTTP/1.0\r\n\r\n");
    client.receive_until("retry: 2000\n\n");
    CHECK(old.receive_until("retry: 2000\n\n").find("chunked") == std::string::npos);
    const auto begun = std::chrono::steady_clock::now();
    std::thread stopping{[&] { fixture.server.stop(); }};
    CHECK(client.receive_until("0\r\n\r\n").ends_with("0\r\n\r\n"));
    client.close();
    old.close();
    stopping.join();
    CHECK(std::chrono::steady_clock::now() - begun < 2s);
    fixture.ledger.append();  // publishing into a stopped server is harmless
}
