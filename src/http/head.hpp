#pragma once

#include "base/refusal.hpp"
#include "http/message.hpp"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace redress::http {

/// A refusal that HTTP itself has a status for.
struct HttpRefusal {
    int status{400};
    Refusal refusal;
};

/// Looks for the end of a head in what has arrived so far, each byte once. Bytes that no head may
/// have (NUL and other control characters, CR or LF alone) end the search at once.
class HeadScanner {
public:
    enum class State { needs_more, is_complete, is_malformed };

    /// `bytes` is everything since the head began, grown at the end since the last call.
    State scan(std::string_view bytes);
    /// Bytes of the head with its empty line; valid when complete.
    [[nodiscard]] std::size_t size() const { return scanned_; }

private:
    std::size_t scanned_{};
    std::size_t line_start_{};
};

/// A request line and headers that were understood in exactly one way.
struct Head {
    Request request;  ///< without body
    bool is_http_1_0{};
    bool wants_keep_alive{};
    bool is_chunked{};
    bool expects_continue{};
    std::uint64_t content_length{};
};

inline constexpr std::size_t max_headers = 100;

/// Strict RFC 9112: whatever two programs could read in two ways is refused: both Transfer-Encoding
/// and Content-Length, either of them twice or with anything but one plain value, folded lines,
/// white space before a colon, a missing or second Host, a target that is neither a path nor an
/// http(s) address. `bytes` ends with the empty line, as HeadScanner found it.
[[nodiscard]] std::expected<Head, HttpRefusal> parse_head(std::string_view bytes);

}  // namespace redress::http
