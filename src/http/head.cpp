#include "http/head.hpp"

#include "base/require.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <optional>

namespace redress::http {
namespace {

constexpr std::size_t max_method_size = 20;
constexpr std::size_t max_length_digits = 18;  // every such number fits 64 bits

/// Headers that say one thing; a second one would be read differently by different programs.
constexpr auto single_headers = std::to_array<std::string_view>({
    "authorization",
    "content-encoding",
    "content-length",
    "content-type",
    "expect",
    "host",
    "idempotency-key",
    "if-match",
    "last-event-id",
    "origin",
    "sec-fetch-site",
    "transfer-encoding",
});

using Outcome = std::expected<void, HttpRefusal>;

std::unexpected<HttpRefusal> malformed(std::string_view reason)
{
    return std::unexpected{HttpRefusal{
        400,
        {"request_malformed", {}, {{"reason", "malformed." + std::string{reason}}}}}};
}

bool is_token_char(char c)
{
    const bool is_alnum =
        (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    return is_alnum ||
           (c != '\0' && std::string_view{"!#$%&'*+-.^_`|~"}.find(c) != std::string_view::npos);
}

bool is_token(std::string_view text)
{
    return !text.empty() && std::ranges::all_of(text, is_token_char);
}

bool is_target_char(char c)
{
    return c > ' ' && c < '\x7F' && std::string_view{"#\"<>\\"}.find(c) == std::string_view::npos;
}

std::string_view trim_blanks(std::string_view text)
{
    text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
    return text.substr(0, text.find_last_not_of(" \t") + 1);
}

/// Takes the line up to CRLF off the front; HeadScanner has seen to it that there is one.
std::string_view take_line(std::string_view& bytes)
{
    const auto end = bytes.find("\r\n");
    REQUIRE_THAT(end != std::string_view::npos);
    const auto line = bytes.substr(0, end);
    bytes.remove_prefix(end + 2);
    return line;
}

Outcome read_version(std::string_view version, Head& head)
{
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    const bool has_form = version.size() == 8 && version.starts_with("HTTP/") &&
                          is_digit(version[5]) && version[6] == '.' && is_digit(version[7]);
    if (!has_form)
        return malformed("version");
    if (version != "HTTP/1.1" && version != "HTTP/1.0")
        return std::unexpected{HttpRefusal{505, {"http_version_unknown", {}, {}}}};
    head.is_http_1_0 = version == "HTTP/1.0";
    return {};
}

/// "/path?query", or the same after "http://host", which a server must take as well (RFC
/// 9112, 3.2.2).
Outcome read_target(std::string_view target, Head& head)
{
    if (!std::ranges::all_of(target, is_target_char))
        return malformed("target");
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!to_lower_ascii(target.substr(0, scheme.size())).starts_with(scheme))
            continue;
        const auto authority_end = target.find_first_of("/?", scheme.size());
        if (authority_end == std::string_view::npos || target[authority_end] != '/')
            return malformed("target");
        target.remove_prefix(authority_end);
        break;
    }
    if (!target.starts_with('/'))
        return malformed("target");
    const auto question = target.find('?');
    head.request.path = target.substr(0, question);
    head.request.query =
        question == std::string_view::npos ? std::string_view{} : target.substr(question + 1);
    return {};
}

Outcome read_request_line(std::string_view line, Head& head)
{
    const auto parts = split(line, ' ');
    if (parts.size() != 3 || parts[0].size() > max_method_size || !is_token(parts[0]))
        return malformed("request_line");
    if (const auto version = read_version(parts[2], head); !version)
        return version;
    head.request.method = parts[0];
    return read_target(parts[1], head);
}

Outcome read_header(std::string_view line, Headers& headers)
{
    const auto colon = line.find(':');
    if (colon == std::string_view::npos || !is_token(line.substr(0, colon)))
        return malformed("header");
    if (headers.size() >= max_headers)
        return std::unexpected{
            HttpRefusal{431, {"head_too_many", {}, {{"max", std::to_string(max_headers)}}}}};
    auto name = to_lower_ascii(line.substr(0, colon));
    const bool is_single = std::ranges::find(single_headers, name) != single_headers.end();
    if (is_single && std::ranges::find(headers, name, &Headers::value_type::first) != headers.end())
        return malformed("header_twice");
    headers.emplace_back(std::move(name), trim_blanks(line.substr(colon + 1)));
    return {};
}

bool is_given(const Request& request, std::string_view name)
{
    return std::ranges::find(request.headers, name, &Headers::value_type::first) !=
           request.headers.end();
}

Outcome read_length(Head& head)
{
    const bool has_length = is_given(head.request, "content-length");
    if (is_given(head.request, "transfer-encoding")) {
        if (has_length || head.is_http_1_0)
            return malformed("framing");
        if (to_lower_ascii(head.request.header("transfer-encoding")) != "chunked")
            return std::unexpected{HttpRefusal{501, {"transfer_coding_unknown", {}, {}}}};
        head.is_chunked = true;
    }
    if (!has_length)
        return {};
    const auto digits = head.request.header("content-length");
    const auto [end, error] =
        std::from_chars(digits.data(), digits.data() + digits.size(), head.content_length);
    const bool is_number = error == std::errc{} && end == digits.data() + digits.size();
    return is_number && digits.size() <= max_length_digits ? Outcome{}
                                                           : malformed("content_length");
}

Outcome read_host(const Head& head)
{
    const auto host = head.request.header("host");
    const auto is_host_char = [](char c) {
        return is_token_char(c) || c == ':' || c == '[' || c == ']';
    };
    const bool is_missing = !is_given(head.request, "host");
    if ((is_missing && !head.is_http_1_0) || !std::ranges::all_of(host, is_host_char))
        return malformed("host");
    return {};
}

/// RFC 9110, 10.1.1: HTTP/1.0 clients never wait, so their expectation is ignored.
Outcome read_expectation(Head& head)
{
    const auto expectation = head.request.header("expect");
    if (expectation.empty() || head.is_http_1_0)
        return {};
    if (to_lower_ascii(expectation) != "100-continue")
        return std::unexpected{HttpRefusal{417, {"expectation_unknown", {}, {}}}};
    head.expects_continue = true;
    return {};
}

void read_connection(Head& head)
{
    head.wants_keep_alive = !head.is_http_1_0;
    for (const auto& [name, value] : head.request.headers) {
        if (name != "connection")
            continue;
        const auto options = to_lower_ascii(value);
        for (const auto option : split(options, ',')) {
            if (trim_blanks(option) == "close") {
                head.wants_keep_alive = false;
                return;
            }
            if (trim_blanks(option) == "keep-alive")
                head.wants_keep_alive = true;
        }
    }
}

}  // namespace

HeadScanner::State HeadScanner::scan(std::string_view bytes)
{
    for (; scanned_ < bytes.size(); ++scanned_) {
        const char c = bytes[scanned_];
        if (c == '\n') {
            if (scanned_ == 0 || bytes[scanned_ - 1] != '\r')
                return State::is_malformed;
            const bool is_empty_line = scanned_ - line_start_ == 1;
            line_start_ = scanned_ + 1;
            if (!is_empty_line)
                continue;
            ++scanned_;
            return State::is_complete;
        }
        const bool follows_cr = scanned_ > 0 && bytes[scanned_ - 1] == '\r';
        const bool is_control = (c >= '\0' && c < ' ' && c != '\t' && c != '\r') || c == '\x7F';
        if (follows_cr || is_control)
            return State::is_malformed;
    }
    return State::needs_more;
}

std::expected<Head, HttpRefusal> parse_head(std::string_view bytes)
{
    Head head;
    Outcome outcome = read_request_line(take_line(bytes), head);
    while (outcome) {
        const auto line = take_line(bytes);
        if (line.empty())
            break;
        outcome = line.front() == ' ' || line.front() == '\t'
                      ? malformed("folded_header")
                      : read_header(line, head.request.headers);
    }
    for (const auto read : {read_length, read_expectation})
        if (outcome)
            outcome = read(head);
    if (outcome)
        outcome = read_host(head);
    if (!outcome)
        return std::unexpected{std::move(outcome.error())};
    read_connection(head);
    return head;
}

}  // namespace redress::http
