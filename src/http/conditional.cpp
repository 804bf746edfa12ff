#include "http/conditional.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace redress::http {
namespace {

bool is_visible_ascii(char c)
{
    return c > ' ' && c < '\x7F';
}

bool is_quoted(std::string_view text)
{
    return text.size() >= 2 && text.front() == '"' && text.back() == '"';
}

std::string_view without_weakness(std::string_view tag)
{
    return tag.starts_with("W/") ? tag.substr(2) : tag;
}

/// "host[:port]" of "https://host[:port]".
std::string_view authority_of(std::string_view origin)
{
    const auto scheme = origin.find("://");
    return scheme == std::string_view::npos ? std::string_view{} : origin.substr(scheme + 3);
}

}  // namespace

std::string etag_of(std::int64_t version)
{
    return '"' + std::to_string(version) + '"';
}

Result<std::int64_t> parse_if_match(std::string_view header)
{
    const auto tag = trim(header);
    std::int64_t version = 0;
    if (is_quoted(tag)) {
        const auto [end, error] =
            std::from_chars(tag.data() + 1, tag.data() + tag.size() - 1, version);
        if (error == std::errc{} && end == tag.data() + tag.size() - 1 && etag_of(version) == tag)
            return version;
    }
    return deny(Denial::invalid, "if_match_invalid", "If-Match");
}

bool matches_none(std::string_view if_none_match, std::string_view etag)
{
    if (trim(if_none_match) == "*")
        return true;
    const auto parts = split(if_none_match, ',');
    return std::ranges::any_of(parts, [&](std::string_view each) {
        return without_weakness(trim(each)) == without_weakness(etag);
    });
}

Result<std::string> parse_idempotency_key(std::string_view header)
{
    constexpr std::size_t max_size = 128;
    const auto key = is_quoted(header) ? header.substr(1, header.size() - 2) : header;
    if (key.empty() || key.size() > max_size || !std::ranges::all_of(key, is_visible_ascii))
        return deny(Denial::invalid, "idempotency_key_invalid", "Idempotency-Key");
    return std::string{key};
}

bool is_safe(std::string_view method)
{
    return method == "GET" || method == "HEAD" || method == "OPTIONS" || method == "TRACE";
}

Result<void> check_same_origin(const Request& request, std::string_view own_origin)
{
    if (is_safe(request.method))
        return {};
    const auto site = request.header("sec-fetch-site");
    const auto origin = request.header("origin");
    bool is_own =
        site == "same-origin";  // no page can set this header; plain HTTP has it only on localhost
    if (site.empty() && own_origin.empty())
        is_own = !origin.empty() && authority_of(origin) == request.header("host");
    else if (site.empty())
        is_own = origin == own_origin;
    if (!is_own)
        return deny(Denial::forbidden, "other_origin");
    return {};
}

}  // namespace redress::http
