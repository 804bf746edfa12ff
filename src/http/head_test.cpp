#include "http/head.hpp"

#include "http/chunked.hpp"
#include "http/test_client.hpp"

#include <atomic>
#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <string>
#include <vector>

using namespace redress;
using namespace redress::http;
using namespace std::string_literals;

namespace {

struct Attack {
    const char* name;
    std::string bytes;
    int status;
};

std::string long_value()
{
    return std::string(20'000, 'a');
}

std::string many_headers()
{
    std::string bytes = "GET / HTTP/1.1\r\nHost: x\r\n";
    for (int i = 0; i < 200; ++i)
        bytes += "X-" + std::to_string(i) + ": 1\r\n";
    return bytes;
}

std::vector<Attack> attacks_on_length()
{
    return {
        {"content length and chunked",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
        {"chunked and content length",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
         400},
        {"two content lengths",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 5\r\n\r\nabcde",
         400},
        {"two equal content lengths",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\nContent-Length: 4\r\n\r\nabcd",
         400},
        {"list of content lengths",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 4, 4\r\n\r\nabcd",
         400},
        {"signed content length",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: +4\r\n\r\nabcd",
         400},
        {"negative content length",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
         400},
        {"hexadecimal content length",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 0x4\r\n\r\nabcd",
         400},
        {"empty content length", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: \r\n\r\n", 400},
        {"content length with a blank",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 1 0\r\n\r\n",
         400},
        {"content length beyond 64 bits",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 18446744073709551620\r\n\r\n",
         400},
        {"two transfer encodings",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n0\r\n\r\n",
         400},
        {"unknown transfer coding",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
         501},
        {"disguised transfer coding",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
         501},
        {"chunked is not last",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n",
         501},
        {"quoted transfer coding",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \"chunked\"\r\n\r\n0\r\n\r\n",
         501},
        {"vertical tab in transfer coding",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: \vchunked\r\n\r\n0\r\n\r\n",
         400},
        {"chunked in HTTP/1.0",
         "POST / HTTP/1.0\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
         400},
    };
}

std::vector<Attack> attacks_on_headers()
{
    return {
        {"blank before the colon",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding : chunked\r\n\r\n0\r\n\r\n",
         400},
        {"folded header",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n",
         400},
        {"blank before the first header", "GET / HTTP/1.1\r\n Host: x\r\n\r\n", 400},
        {"NUL in a header", "GET / HTTP/1.1\r\nHost: x\r\nX: a\0b\r\n\r\n"s, 400},
        {"NUL in the target", "GET /\0 HTTP/1.1\r\nHost: x\r\n\r\n"s, 400},
        {"CR alone in a header", "GET / HTTP/1.1\r\nHost: x\r\nX: a\rY: b\r\n\r\n", 400},
        {"LF alone ends a line", "GET / HTTP/1.1\nHost: x\n\n", 400},
        {"LF alone ends a header", "GET / HTTP/1.1\r\nHost: x\nX: 1\r\n\r\n", 400},
        {"header without a name", "GET / HTTP/1.1\r\nHost: x\r\n: value\r\n\r\n", 400},
        {"header without a colon", "GET / HTTP/1.1\r\nHost: x\r\nnonsense\r\n\r\n", 400},
        {"parenthesis in a name", "GET / HTTP/1.1\r\nHost: x\r\nX(y): 1\r\n\r\n", 400},
        {"control character in a value", "GET / HTTP/1.1\r\nHost: x\r\nX: \x01\r\n\r\n", 400},
        {"DEL in a value", "GET / HTTP/1.1\r\nHost: x\r\nX: \x7F\r\n\r\n", 400},
        {"no host", "GET / HTTP/1.1\r\nX: 1\r\n\r\n", 400},
        {"two hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
        {"host with a path", "GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", 400},
        {"host with a user", "GET / HTTP/1.1\r\nHost: a@b\r\n\r\n", 400},
        {"unknown expectation",
         "POST / HTTP/1.1\r\nHost: x\r\nExpect: a-miracle\r\nContent-Length: 1\r\n\r\nx",
         417},
        {"two authorizations",
         "GET / HTTP/1.1\r\nHost: x\r\nAuthorization: a\r\nAuthorization: b\r\n\r\n",
         400},
    };
}

std::vector<Attack> attacks_on_request_line()
{
    return {
        {"no version", "GET /\r\nHost: x\r\n\r\n", 400},
        {"HTTP/0.9", "GET /\r\n\r\n", 400},
        {"HTTP/2", "GET / HTTP/2.0\r\nHost: x\r\n\r\n", 505},
        {"preface of HTTP/2", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
        {"HTTP/1.2", "GET / HTTP/1.2\r\nHost: x\r\n\r\n", 505},
        {"version in lower case", "GET / http/1.1\r\nHost: x\r\n\r\n", 400},
        {"version with two digits", "GET / HTTP/1.10\r\nHost: x\r\n\r\n", 400},
        {"two blanks", "GET  / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"blank after the version", "GET / HTTP/1.1 \r\nHost: x\r\n\r\n", 400},
        {"tab in the request line", "GET\t/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"blank in the target", "GET /a b HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"blank line first twice", "\r\n\r\nGET / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"method with a colon", "GE:T / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"endless method", std::string(40, 'A') + " / HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"target without a slash", "GET index.html HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"asterisk", "GET * HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"CONNECT", "CONNECT evil:443 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"foreign scheme", "GET ftp://x/ HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"address without a path", "GET http://x HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"fragment in the target", "GET /#a HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"raw bytes in the target", "GET /\xE6\x8A\x95 HTTP/1.1\r\nHost: x\r\n\r\n", 400},
        {"quote in the target", "GET /\" HTTP/1.1\r\nHost: x\r\n\r\n", 400},
    };
}

std::vector<Attack> attacks_by_size()
{
    return {
        {"endless header", "GET / HTTP/1.1\r\nHost: x\r\nX: " + long_value() + "\r\n\r\n", 431},
        {"endless target", "GET /" + long_value() + " HTTP/1.1\r\nHost: x\r\n\r\n", 431},
        {"too many headers", many_headers() + "\r\n", 431},
        {"greeting of TLS", "\x16\x03\x01\x02\x00\x01\x00\x01\xFC\x03\x03"s, 400},
    };
}

std::vector<Attack> attacks_on_chunks()
{
    return {
        {"chunk size is not a number",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
         400},
        {"chunk size with a sign",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n",
         400},
        {"chunk size with 0x",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
         400},
        {"chunk size with a blank",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3 \r\nabc\r\n0\r\n\r\n",
         400},
        {"chunk size that wraps",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n10000000000000003\r\nabc\r\n0\r\n\r\n",
         400},
        {"chunk size ends with LF",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\nabc\r\n0\r\n\r\n",
         400},
        {"chunk longer than said",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
         400},
        {"chunk without an end",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc0\r\n\r\n",
         400},
        {"NUL in a chunk extension",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;a=\0\r\nabc\r\n0\r\n\r\n"s,
         400},
        {"endless chunk extension",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3;" + long_value(),
         400},
        {"CR alone in a trailer",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: a\rb\r\n\r\n",
         400},
        {"chunk beyond the limit",
         "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n7fffffff\r\n",
         413},
        {"body beyond the limit",
         "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9000000\r\n\r\n",
         413},
    };
}

/// Sent as they are; each must be answered with the status and the connection closed, so that
/// nothing after it can be taken for a second request.
std::vector<Attack> attacks()
{
    std::vector<Attack> all;
    for (const auto& some :
         {attacks_on_length(),
          attacks_on_headers(),
          attacks_on_request_line(),
          attacks_by_size(),
          attacks_on_chunks()})
        all.insert(all.end(), some.begin(), some.end());
    return all;
}

}  // namespace

TEST_CASE("what could be read in two ways is refused and the connection closed")
{
    std::atomic<int> handled{0};
    Server server{testing::test_options(), [&](const Request&) {
                      ++handled;
                      return Response{.body = "{}"};
                  }};
    server.start();
    const auto all = attacks();
    CHECK(all.size() >= 70);
    for (const auto& [name, bytes, status] : all) {
        CAPTURE(name);
        testing::TestClient client{server.port()};
        client.send(bytes);
        // A request smuggled behind the attack must never be answered.
        client.send("GET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n");
        const auto answer = client.receive();
        CHECK(answer.status == status);
        CHECK(answer.headers.at("connection") == "close");
        CHECK(answer.headers.at("content-type") == "application/problem+json");
        CHECK(client.receive().status == 0);
    }
    CHECK(handled == 0);
    testing::TestClient client{server.port()};
    CHECK(client.ask(testing::request("GET", "/")).status == 200);
}

TEST_CASE("what is unusual but clear is understood")
{
    const auto head = parse_head(
        "PATCH http://example.org/a/b?c=d&e HTTP/1.1\r\nhost:example.org:8080\r\nX-Name: \t two words \t\r\n"
        "Empty:\r\nConnection: TE, keep-alive\r\nEXPECT: 100-Continue\r\nContent-Length: 007\r\n\r\n"
    );
    REQUIRE(head);
    CHECK(head->request.method == "PATCH");
    CHECK(head->request.path == "/a/b");
    CHECK(head->request.query == "c=d&e");
    CHECK(head->request.header("x-name") == "two words");
    CHECK(head->request.header("empty").empty());
    CHECK(head->content_length == 7);
    CHECK(head->expects_continue);
    CHECK(head->wants_keep_alive);
    CHECK(!parse_head("GET / HTTP/1.0\r\n\r\n")->wants_keep_alive);
    CHECK(parse_head("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n")->wants_keep_alive);
    CHECK(!parse_head("GET / HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, close\r\n\r\n")
               ->wants_keep_alive);
}

TEST_CASE("a head is found wherever it is cut")
{
    const std::string bytes = "GET / HTTP/1.1\r\nHost: x\r\n\r\nrest";
    for (std::size_t first = 0; first < bytes.size() - 4; ++first) {
        HeadScanner scanner;
        CHECK(
            scanner.scan(std::string_view{bytes}.substr(0, first)) == HeadScanner::State::needs_more
        );
        CHECK(scanner.scan(bytes) == HeadScanner::State::is_complete);
        CHECK(scanner.size() == bytes.size() - 4);
    }
}

TEST_CASE("chunks are joined wherever they are cut, extensions and trailers dropped")
{
    const std::string bytes =
        "4;name=\"v\"\r\nwiki\r\nB\r\npedia in \r\n\r\n1\r\n.\r\n0\r\nAuthorization: stolen\r\n\r\nGET";
    for (std::size_t cut = 0; cut < bytes.size() - 3; ++cut) {
        ChunkedBody chunks{100};
        std::string body;
        auto first = std::string_view{bytes}.substr(0, cut);
        CHECK(chunks.feed(first, body) == ChunkedBody::State::needs_more);
        CHECK(first.empty());
        auto second = std::string_view{bytes}.substr(cut);
        CHECK(chunks.feed(second, body) == ChunkedBody::State::is_complete);
        CHECK(second == "GET");
        CHECK(body == "wikipedia in \r\n.");
    }
}

TEST_CASE("a body of one-byte chunks is fine, one of extensions is not")
{
    const auto run = [](const std::string& chunk, int times) {
        ChunkedBody chunks{1'000'000};
        std::string body;
        for (int i = 0; i < times; ++i) {
            std::string_view bytes{chunk};
            if (const auto state = chunks.feed(bytes, body);
                state != ChunkedBody::State::needs_more)
                return state;
        }
        return ChunkedBody::State::needs_more;
    };
    CHECK(run("1\r\nx\r\n", 50'000) == ChunkedBody::State::needs_more);
    CHECK(
        run("1;" + std::string(400, 'a') + "\r\nx\r\n", 50'000) == ChunkedBody::State::is_malformed
    );
}

TEST_CASE("random bytes neither crash the head parser nor pass for a request with two lengths")
{
    rc::check([](const std::vector<std::string>& lines) {
        std::string bytes = "GET / HTTP/1.1\r\nHost: x\r\n";
        for (const auto& line : lines)
            bytes += line + "\r\n";
        bytes += "\r\n";
        HeadScanner scanner;
        if (scanner.scan(bytes) != HeadScanner::State::is_complete)
            return;
        const auto head = parse_head(std::string_view{bytes}.substr(0, scanner.size()));
        if (head)
            RC_ASSERT(head->request.headers.size() <= max_headers);
    });
}
