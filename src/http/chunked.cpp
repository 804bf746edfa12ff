#include "http/chunked.hpp"

#include <algorithm>
#include <charconv>

namespace redress::http {
namespace {

constexpr std::size_t max_line = 512;
constexpr std::size_t max_size_digits = 8;
/// Framing a client may send beyond eight bytes for each byte of content.
constexpr std::size_t free_overhead = 16U << 10U;

bool is_hex(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

bool is_text(std::string_view text)
{
    return std::ranges::all_of(text, [](char c) {
        return (c >= ' ' && c != '\x7F') || c == '\t' || c < '\0';
    });
}

}  // namespace

ChunkedBody::State ChunkedBody::feed(std::string_view& bytes, std::string& body)
{
    while (!bytes.empty()) {
        if (part_ != Part::content) {
            if (const auto state = feed_line(bytes, body.size()); state != State::needs_more)
                return state;
            continue;
        }
        if (left_ > max_body_ - body.size())
            return State::is_too_large;
        const auto size = std::min<std::uint64_t>(left_, bytes.size());
        body += bytes.substr(0, size);
        bytes.remove_prefix(size);
        left_ -= size;
        if (left_ == 0)
            part_ = Part::content_end;
    }
    // Said as soon as it is known, not after the client has sent it all.
    return part_ == Part::content && left_ > max_body_ - body.size() ? State::is_too_large
                                                                     : State::needs_more;
}

/// Collects a line up to CRLF, then acts on it.
ChunkedBody::State ChunkedBody::feed_line(std::string_view& bytes, std::size_t content_size)
{
    const auto end = bytes.find('\n');
    const auto part = bytes.substr(0, end == std::string_view::npos ? bytes.size() : end + 1);
    line_ += part;
    overhead_ += part.size();
    bytes.remove_prefix(part.size());
    if (line_.size() > max_line || overhead_ > free_overhead + 8 * content_size)
        return State::is_malformed;
    if (end == std::string_view::npos)
        return State::needs_more;
    if (!line_.ends_with("\r\n") || !is_text(std::string_view{line_}.substr(0, line_.size() - 2)))
        return State::is_malformed;
    line_.resize(line_.size() - 2);
    State state = State::needs_more;
    if (part_ == Part::size)
        state = take_size();
    else if (part_ == Part::trailer)
        state = line_.empty() ? State::is_complete : State::needs_more;
    else if (!line_.empty())
        state = State::is_malformed;
    else
        part_ = Part::size;
    line_.clear();
    return state;
}

ChunkedBody::State ChunkedBody::take_size()
{
    const auto digits =
        static_cast<std::size_t>(std::ranges::find_if_not(line_, is_hex) - line_.begin());
    const bool has_extension = digits < line_.size();
    if (digits == 0 || digits > max_size_digits || (has_extension && line_[digits] != ';'))
        return State::is_malformed;
    std::from_chars(line_.data(), line_.data() + digits, left_, 16);
    part_ = left_ == 0 ? Part::trailer : Part::content;
    return State::needs_more;
}

}  // namespace redress::http
