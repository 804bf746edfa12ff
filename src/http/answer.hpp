#pragma once

#include "base/instant.hpp"
#include "http/message.hpp"

#include <string>
#include <string_view>

namespace redress::http {

/// How an answer goes over its connection.
struct Framing {
    bool is_http_1_0{};
    bool keeps_alive{};
    bool is_stream{};         ///< chunked, or until the end of the connection for HTTP/1.0
    std::string_view date{};  ///< IMF-fixdate; "" sends none
};

/// Status line, headers and the empty line.
[[nodiscard]] std::string head_of(const Response& response, const Framing& framing);

/// 204 and 304 have no content whatever the response holds.
[[nodiscard]] bool has_content(int status);

/// Whether every header is one line of a legal name and value; anything else would let text of ours
/// become a header of theirs.
[[nodiscard]] bool has_legal_headers(const Response& response);

/// "Sun, 06 Nov 1994 08:49:37 GMT"
[[nodiscard]] std::string to_http_date(Instant at);

}  // namespace redress::http
