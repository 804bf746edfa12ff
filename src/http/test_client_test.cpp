#include "http/test_client.hpp"

#include "base/text.hpp"

#include <fmt/format.h>

#include <arpa/inet.h>
#include <array>
#include <charconv>
#include <doctest/doctest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

namespace redress::http::testing {
namespace {

using std::chrono::steady_clock;

/// What is in front of the n-th "\r\n" aware separator.
std::string take(std::string& from, std::size_t size, std::size_t separator)
{
    auto part = from.substr(0, size);
    from.erase(0, size + separator);
    return part;
}

}  // namespace

TestClient::TestClient(std::uint16_t port) : socket_{::socket(AF_INET, SOCK_STREAM, 0)}
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    // The socket interface takes every kind of address through one type.
    REQUIRE(::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0);
}

TestClient::~TestClient()
{
    close();
}

void TestClient::close()
{
    if (socket_ >= 0)
        ::close(socket_);
    socket_ = -1;
}

bool TestClient::send(std::string_view bytes) const
{
    while (!bytes.empty()) {
        const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0)
            return false;
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
}

bool TestClient::fill(std::chrono::milliseconds limit)
{
    pollfd waiting{socket_, POLLIN, 0};
    if (::poll(&waiting, 1, static_cast<int>(limit.count())) <= 0)
        return false;
    std::array<char, 65'536> bytes{};
    const auto received = ::recv(socket_, bytes.data(), bytes.size(), 0);
    if (received <= 0)
        return false;
    buffer_.append(bytes.data(), static_cast<std::size_t>(received));
    return true;
}

std::string TestClient::receive_until(std::string_view text, std::chrono::milliseconds limit)
{
    const auto deadline = steady_clock::now() + limit;
    std::size_t found = 0;
    while ((found = buffer_.find(text)) == std::string::npos) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0 || !fill(left))
            return std::exchange(buffer_, {});
    }
    return take(buffer_, found + text.size(), 0);
}

Answer TestClient::receive(bool is_bare)
{
    Answer answer;
    const auto head = receive_until("\r\n\r\n");
    if (!head.ends_with("\r\n\r\n") || !head.starts_with("HTTP/1."))
        return answer;
    std::from_chars(head.data() + 9, head.data() + 12, answer.status);
    for (const auto line : split(head, '\n'))
        if (const auto colon = line.find(": "); colon != std::string_view::npos)
            answer.headers[to_lower_ascii(line.substr(0, colon))] = trim(line.substr(colon + 2));
    const auto length = answer.headers.find("content-length");
    if (is_bare || length == answer.headers.end())
        return answer;
    const auto size = std::stoul(length->second);
    while (buffer_.size() < size && fill(std::chrono::seconds{10})) {
    }
    answer.body = take(buffer_, size, 0);
    return answer;
}

Answer TestClient::ask(std::string_view bytes)
{
    send(bytes);
    return receive();
}

bool TestClient::is_closed(std::chrono::milliseconds limit)
{
    const auto deadline = steady_clock::now() + limit;
    for (;;) {
        const auto left =
            std::chrono::duration_cast<std::chrono::milliseconds>(deadline - steady_clock::now());
        if (left.count() <= 0)
            return false;
        if (!fill(left))
            return steady_clock::now() < deadline;
    }
}

std::string request(
    std::string_view method,
    std::string_view target,
    std::string_view body,
    std::string_view headers
)
{
    const auto length =
        body.empty() ? std::string{} : fmt::format("Content-Length: {}\r\n", body.size());
    return fmt::format(
        "{} {} HTTP/1.1\r\nHost: test\r\n{}{}\r\n{}",
        method,
        target,
        length,
        headers,
        body
    );
}

Options test_options()
{
    Options options;
    options.port = 0;
    options.workers = 4;
    options.head_limit = std::chrono::milliseconds{400};
    options.body_limit_time = std::chrono::milliseconds{400};
    options.idle_limit = std::chrono::milliseconds{3'000};
    options.write_limit = std::chrono::milliseconds{1'000};
    options.handler_limit = std::chrono::milliseconds{5'000};
    options.drain_limit = std::chrono::milliseconds{5'000};
    return options;
}

}  // namespace redress::http::testing
