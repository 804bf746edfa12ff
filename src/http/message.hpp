#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redress::http {

class Stream;

/// Names and values in the order they came. Names of requests are lower-cased.
using Headers = std::vector<std::pair<std::string, std::string>>;

/// One request, read whole and checked: see head.hpp for what never gets this far. Bytes of the
/// path and the query are still percent-encoded.
struct Request {
    std::string method{};          ///< upper case as sent, "GET"
    std::string path{};            ///< begins with '/', without the query
    std::string query{};           ///< without '?'
    Headers headers{};             ///< names lower-cased, values trimmed; no CR, LF or NUL inside
    std::string body{};            ///< at most Options::max_body or what Options::body_limit allows
    std::string remote_address{};  ///< the peer, or who a trusted proxy says it is
    std::string trace_id{};        ///< 32 hexadecimal digits, new for each request
    bool is_tls{};
    bool is_cut{};  ///< the body was longer than the limit, and only its beginning is here

    /// The first value of a header (name in lower case), "" when absent.
    [[nodiscard]] std::string_view header(std::string_view lower_name) const;
};

/// One answer. The server adds Content-Length, Date, Connection and the security headers
/// (security.hpp) that the handler has not set itself.
struct Response {
    int status{200};
    std::string content_type{"application/json"};
    Headers headers{};
    std::string body{};
    std::string_view
        embedded{};  ///< used instead of `body` when not empty; lives as long as the program
    std::shared_ptr<Stream> stream{};  ///< set: the answer is this event stream (hub.hpp)
    std::string route{};               ///< pattern of the route for the log, never the raw path

    /// Sets a header, replacing any of that name (compared without case).
    void set(std::string_view name, std::string value);
    [[nodiscard]] bool has(std::string_view name) const;
    [[nodiscard]] std::string_view content() const
    {
        return embedded.empty() ? std::string_view{body} : embedded;
    }
};

}  // namespace redress::http
