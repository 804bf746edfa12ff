#include "base/hmac.hpp"
#include "webhooks/network.hpp"
#include "webhooks/rules_delivery.hpp"

#include <algorithm>
#include <chrono>
#include <doctest/doctest.h>

namespace redress::webhooks {
namespace {

using namespace std::chrono_literals;

Address address(std::string_view text)
{
    return parse_range(text).value().base;
}

std::vector<std::string> codes_of(const WebhookDraft& draft)
{
    std::vector<std::string> codes;
    const auto result = checked(draft);
    if (!result)
        for (const auto& refusal : result.error().refusals)
            codes.push_back(refusal.code);
    return codes;
}

const WebhookDraft good{"Billing", "https://hooks.example.com/redress", {"case.closed"}};

}  // namespace

TEST_CASE("addresses inside the house, of this machine and reserved ones are not public")
{
    for (const auto* inside :
         {"0.0.0.0",
          "10.1.2.3",
          "100.64.0.1",
          "100.100.100.200",
          "127.0.0.1",
          "127.255.255.254",
          "168.63.129.16",
          "169.254.169.254",
          "172.16.0.1",
          "172.31.255.255",
          "192.0.0.192",
          "192.168.0.1",
          "198.19.0.1",
          "203.0.113.7",
          "224.0.0.1",
          "255.255.255.255",
          "::",
          "::1",
          "::7f00:1",
          "::ffff:127.0.0.1",
          "::ffff:10.0.0.1",
          "64:ff9b::a00:1",
          "64:ff9b:1::1",
          "100::1",
          "2001:0:1::1",
          "2001:db8::1",
          "2002:7f00:1::1",
          "2002:c0a8:1::1",
          "fc00::1",
          "fd00:ec2::254",
          "fe80::1",
          "fec0::1",
          "ff02::1"})
        CHECK_MESSAGE(!is_public(address(inside)), std::string{inside});
}

TEST_CASE("addresses of the internet are public")
{
    for (const auto* outside :
         {"1.1.1.1",
          "9.255.255.255",
          "11.0.0.0",
          "100.63.255.255",
          "100.128.0.0",
          "126.255.255.255",
          "128.0.0.1",
          "168.63.129.15",
          "172.15.255.255",
          "172.32.0.0",
          "223.255.255.255",
          "2400:3200::1",
          "2606:4700:4700::1111",
          "2002:101:101::1",
          "::ffff:8.8.8.8",
          "64:ff9b::808:808"})
        CHECK_MESSAGE(is_public(address(outside)), std::string{outside});
}

TEST_CASE("what the operator allows may be reached, and nothing beside it")
{
    const std::vector allowed{*parse_range("10.1.0.0/16"), *parse_range("fd12:3456::/32")};
    CHECK(may_reach(address("10.1.255.255"), allowed));
    CHECK_FALSE(may_reach(address("10.2.0.0"), allowed));
    CHECK(may_reach(address("fd12:3456:ffff::1"), allowed));
    CHECK_FALSE(may_reach(address("fd12:3457::1"), allowed));
    CHECK_FALSE(may_reach(address("127.0.0.1"), allowed));
    CHECK(may_reach(address("127.0.0.1"), std::vector{*parse_range("0.0.0.0/0")}));
    CHECK_FALSE(may_reach(address("::1"), std::vector{*parse_range("0.0.0.0/0")}));
}

TEST_CASE("ranges are written in one way")
{
    CHECK(parse_range("127.0.0.1")->bits == 128);
    CHECK(parse_range("10.0.0.0/9")->bits == 105);
    for (const auto* wrong :
         {"",
          "10",
          "010.0.0.1",
          "0x7f.0.0.1",
          "10.0.0.0/33",
          "10.0.0.0/",
          "10.0.0.0/8x",
          "::/129",
          "a"})
        CHECK_MESSAGE(!parse_range(wrong), std::string{wrong});
}

TEST_CASE("a subscription says what is wrong with it, all at once")
{
    CHECK(codes_of(good).empty());
    CHECK(
        codes_of({"", "", {}}) ==
        std::vector<std::string>{"webhook_name", "webhook_url", "webhook_events_missing"}
    );
    CHECK(
        codes_of({"x", good.url, {"case.exploded"}}) ==
        std::vector<std::string>{"webhook_event_unknown"}
    );
    CHECK(codes_of({"x", good.url, {"case*"}}).size() == 1);
    CHECK(codes_of({"x", good.url, {"nothing.*"}}).size() == 1);
    CHECK(codes_of({"x", good.url, {"*", "case.*", "customer.customer_merged"}}).empty());
    for (const auto* url :
         {"ftp://example.com/",
          "file:///etc/passwd",
          "gopher://example.com/",
          "https://",
          "https:///path",
          "https://user:secret@example.com/",
          "https://example.com\\@10.0.0.1/",
          "https://exam ple.com/",
          "https://example.com/\r\nHost: inside",
          "https://例子.com/",
          "example.com"})
        CHECK_MESSAGE(codes_of({"x", url, {"*"}}) == std::vector<std::string>{"webhook_url"}, url);
    CHECK(codes_of({"x", "http://example.com/" + std::string(max_url, 'a'), {"*"}}).size() == 1);
    CHECK(
        checked({"x", good.url, {"case.closed", "*", "case.closed"}})->events ==
        std::vector<std::string>{"*", "case.closed"}
    );
}

TEST_CASE("patterns choose events by stream and kind")
{
    CHECK(wants({"*"}, "case", "closed"));
    CHECK(wants({"case.*"}, "case", "closed"));
    CHECK(wants({"case.closed"}, "case", "closed"));
    CHECK_FALSE(wants({"case.closed"}, "case", "closed_again"));
    CHECK_FALSE(wants({"case.closed"}, "case", "close"));
    CHECK_FALSE(wants({"case.*"}, "cases", "closed"));
    CHECK_FALSE(wants({"customer.*"}, "case", "closed"));
    CHECK_FALSE(wants({}, "case", "closed"));
    CHECK(std::ranges::is_sorted(known_events()));
    CHECK(std::ranges::binary_search(known_events(), std::string{"case.closed"}));
}

TEST_CASE("pauses grow to six hours, and chance takes away at most half")
{
    CHECK(pause_after(1, 0) == 5s);
    CHECK(pause_after(2, 0) == 10s);
    CHECK(pause_after(2, 1) == 5s);
    CHECK(pause_after(30, 0) == 6h);
    CHECK(pause_after(30, 1) == 3h);
    Micros whole{};
    for (std::int64_t n = 1; n < max_failures; ++n)
        whole += pause_after(n, 0.5);
    CHECK(whole > 12h);
    CHECK(whole < 30h);
}

TEST_CASE("a signature covers time and body, one for each secret")
{
    const Instant at{1'795'262'400'999'999};
    const auto one = hmac_sha256_hex("new", "1795262400.{}");
    const auto two = hmac_sha256_hex("old", "1795262400.{}");
    CHECK(signature({"new"}, at, "{}") == "t=1795262400,v1=" + one);
    CHECK(signature({"new", "old"}, at, "{}") == "t=1795262400,v1=" + one + ",v1=" + two);
}

}  // namespace redress::webhooks
