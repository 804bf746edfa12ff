#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace redress::http {

/// Decodes the chunked transfer coding (RFC 9112, 7.1) as strictly as it is defined: sizes of at
/// most eight hexadecimal digits, CRLF only, nothing between them. Extensions and trailers are
/// checked and dropped, so that a trailer can never pass for a header.
class ChunkedBody {
public:
    enum class State { needs_more, is_complete, is_malformed, is_too_large };

    explicit ChunkedBody(std::size_t max_body) : max_body_{max_body} {}

    /// Takes what it can from the front of `bytes` and appends the content to `body`. Not to be
    /// called again once the state is anything but needs_more.
    State feed(std::string_view& bytes, std::string& body);

private:
    enum class Part { size, content, content_end, trailer };

    State feed_line(std::string_view& bytes, std::size_t content_size);
    State take_size();

    std::size_t max_body_;
    Part part_{Part::size};
    std::uint64_t left_{};
    std::size_t overhead_{};
    std::string line_;
};

}  // namespace redress::http
