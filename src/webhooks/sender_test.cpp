#include "webhooks/sender.hpp"

#include "webhooks/network.hpp"
#include "webhooks/receiver_for_tests.hpp"

#include <doctest/doctest.h>

namespace redress::webhooks {
namespace {

using namespace std::chrono_literals;

std::vector<Range> this_machine()
{
    return {*parse_range("127.0.0.0/8")};
}

Parcel parcel_to(std::string url)
{
    return {std::move(url), "case.closed", "t=1,v1=00", R"({"id":"evt_1"})"};
}

Reply post(const Sender& sender, std::string url)
{
    return sender.post(parcel_to(std::move(url)));
}

}  // namespace

TEST_CASE("a parcel arrives as it was packed")
{
    Receiver receiver;
    receiver.answer_with(http_answer(200, "thanks\r\n\x01 \xFF!"));
    const Sender sender{this_machine()};
    const auto reply = post(sender, receiver.url());
    CHECK(reply.outcome == Outcome::delivered);
    CHECK(reply.status == 200);
    CHECK(reply.excerpt == "thanks    \xEF\xBF\xBD!");
    REQUIRE(receiver.requests().size() == 1);
    const auto request = receiver.requests().front();
    CHECK(request.starts_with("POST /hook HTTP/1.1\r\n"));
    CHECK(header_of(request, "Redress-Event") == "case.closed");
    CHECK(header_of(request, "Redress-Signature") == "t=1,v1=00");
    CHECK(header_of(request, "Content-Type") == "application/json");
    CHECK(body_in(request) == R"({"id":"evt_1"})");
}

TEST_CASE("no spelling of an address inside the house gets a connection")
{
    Receiver receiver;
    const Sender sender;
    for (const auto* host :
         {"127.0.0.1",
          "localhost",
          "LOCALHOST",
          "127.1",
          "2130706433",
          "0x7f000001",
          "0x7f.1",
          "0177.0.0.1",
          "017700000001",
          "0.0.0.0",
          "0",
          "[::1]",
          "[::]",
          "[::ffff:127.0.0.1]",
          "[::ffff:7f00:1]",
          "[64:ff9b::7f00:1]"}) {
        const auto reply = post(sender, receiver.url(host));
        CHECK_MESSAGE(reply.outcome == Outcome::blocked, std::string{host});
        CHECK(reply.status == 0);
    }
    CHECK(receiver.connections() == 0);
}

TEST_CASE("metadata services and private networks are blocked without being asked")
{
    const Sender sender{this_machine()};
    for (const auto* url :
         {"http://169.254.169.254/latest/meta-data/",
          "http://[fd00:ec2::254]/",
          "http://100.100.100.200/",
          "http://10.0.0.1/",
          "http://192.168.1.1:8080/",
          "http://[fe80::1]/"})
        CHECK_MESSAGE(post(sender, url).outcome == Outcome::blocked, std::string{url});
}

TEST_CASE("what is allowed by the operator is reached, and only that")
{
    Receiver receiver;
    const Sender one{{*parse_range("127.0.0.1/32")}};
    CHECK(post(one, receiver.url()).outcome == Outcome::delivered);
    CHECK(post(one, receiver.url("127.0.0.2")).outcome == Outcome::blocked);
}

TEST_CASE("a redirect is an answer, not a way further")
{
    Receiver inside;
    Receiver receiver;
    receiver.answer_with(http_answer(302, "", "Location: " + inside.url() + "\r\n"));
    const Sender sender{this_machine()};
    const auto reply = post(sender, receiver.url());
    CHECK(reply.outcome == Outcome::refused);
    CHECK(reply.status == 302);
    CHECK(inside.connections() == 0);
}

TEST_CASE("other protocols are not spoken")
{
    const Sender sender{this_machine()};
    for (const auto* url : {"file:///etc/passwd", "gopher://127.0.0.1/", "ftp://127.0.0.1/"})
        CHECK_MESSAGE(post(sender, url).outcome == Outcome::unreachable, std::string{url});
}

TEST_CASE("a proxy of the environment is not asked")
{
    Receiver proxy;
    Receiver receiver;
    setenv("http_proxy", proxy.url().c_str(), 1);
    const Sender sender{this_machine()};
    CHECK(post(sender, receiver.url()).outcome == Outcome::delivered);
    unsetenv("http_proxy");
    CHECK(proxy.connections() == 0);
}

TEST_CASE("a huge answer is read a little and counts by its status")
{
    Receiver receiver;
    receiver.answer_with(http_answer(200, std::string(20'000'000, 'a')));
    const Sender sender{this_machine()};
    const auto reply = post(sender, receiver.url());
    CHECK(reply.outcome == Outcome::delivered);
    CHECK(reply.excerpt == std::string(max_excerpt, 'a'));
    receiver.answer_with(http_answer(500, std::string(20'000'000, 'a')));
    CHECK(post(sender, receiver.url()).outcome == Outcome::refused);
}

TEST_CASE("headers without end are cut off")
{
    Receiver receiver;
    std::string headers;
    for (int i = 0; i < 5'000; ++i)
        headers += "X-" + std::to_string(i) + ": filler\r\n";
    receiver.answer_with(http_answer(200, "", headers));
    const Sender sender{this_machine()};
    CHECK(post(sender, receiver.url()).outcome == Outcome::refused);
}

TEST_CASE("an answer that drips, or never comes, ends in time")
{
    Receiver receiver;
    const Sender sender{this_machine(), {.connect = 200ms, .whole = 400ms}};
    receiver.slow_down(50ms);
    receiver.answer_with(http_answer(200, std::string(1'000, 'a')));
    const auto begin = std::chrono::steady_clock::now();
    CHECK(post(sender, receiver.url()).outcome == Outcome::timed_out);
    CHECK(std::chrono::steady_clock::now() - begin < 3s);
}

TEST_CASE("nobody there, no such name, no HTTP: unreachable")
{
    const Sender sender{this_machine()};
    std::string gone;
    {
        const Receiver receiver;
        gone = receiver.url();
    }
    CHECK(post(sender, gone).outcome == Outcome::unreachable);
    CHECK(post(sender, "http://no-such-name.invalid/").outcome == Outcome::unreachable);
    Receiver receiver;
    receiver.answer_with(std::string{"hello\n"});
    CHECK(post(sender, receiver.url()).outcome == Outcome::unreachable);
}

TEST_CASE("what is on its way ends when the program ends")
{
    Receiver receiver;
    receiver.slow_down(50ms);
    receiver.answer_with(http_answer(200, std::string(1'000, 'a')));
    Sender sender{this_machine()};
    const std::jthread other{[&] {
        while (receiver.connections() == 0)
            std::this_thread::sleep_for(1ms);
        sender.cancel();
    }};
    const auto begin = std::chrono::steady_clock::now();
    CHECK(post(sender, receiver.url()).outcome == Outcome::timed_out);
    CHECK(std::chrono::steady_clock::now() - begin < 5s);
}

}  // namespace redress::webhooks
