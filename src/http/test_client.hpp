#pragma once

#include "http/server.hpp"

#include <chrono>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>

namespace redress::http::testing {

/// One answer as it came over the wire.
struct Answer {
    int status{};                                ///< 0: the connection ended without one
    std::map<std::string, std::string> headers;  ///< names lower-cased
    std::string body;
};

/// A client that sends exactly the bytes it is told to, well-formed or not. Blocking; every wait
/// ends.
class TestClient {
public:
    explicit TestClient(std::uint16_t port);
    ~TestClient();
    TestClient(const TestClient&) = delete;
    TestClient& operator=(const TestClient&) = delete;

    /// false when the server has closed.
    bool send(std::string_view bytes) const;
    /// The next answer; `is_bare` for answers to HEAD.
    Answer receive(bool is_bare = false);
    Answer ask(std::string_view bytes);
    /// Whatever comes until `text` was seen or the time is over; taken out of the buffer with the
    /// text.
    std::string receive_until(
        std::string_view text,
        std::chrono::milliseconds limit = std::chrono::seconds{10}
    );
    /// Whether the server closes within the limit.
    bool is_closed(std::chrono::milliseconds limit = std::chrono::seconds{5});
    void close();

private:
    bool fill(std::chrono::milliseconds limit);

    int socket_{-1};
    std::string buffer_;
};

/// A request with Host, and a length where there is a body.
std::string request(
    std::string_view method,
    std::string_view target,
    std::string_view body = {},
    std::string_view headers = {}
);

/// Options with a free port and limits short enough for tests.
Options test_options();

}  // namespace redress::http::testing
