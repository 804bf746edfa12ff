#include "portal/visitor.hpp"

#include "http/query.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace redress::portal {
namespace {

std::string_view cookie_in(std::string_view header, std::string_view name)
{
    for (const auto part : split(header, ';')) {
        const auto pair = trim(part);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return pair.substr(equals + 1);
    }
    return {};
}

bool is_language(std::string_view text)
{
    return text == "zh" || text == "en";
}

/// A host and port as RFC 3986 has them; anything else would end up in links.
bool is_host(std::string_view text)
{
    return !text.empty() && text.size() <= 255 && std::ranges::all_of(text, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
               c == '.' || c == '-' || c == ':' || c == '[' || c == ']';
    });
}

std::string origin_of(const http::Request& request, const std::string& public_url)
{
    if (!public_url.empty())
        return public_url;
    const auto host = request.header("host");
    return std::string{request.is_tls ? "https://" : "http://"} +
           std::string{is_host(host) ? host : "localhost"};
}

}  // namespace

std::string_view code_of(Lang lang)
{
    return lang == Lang::zh ? "zh" : "en";
}

std::string asked(const http::Request& request, std::string_view name)
{
    for (const auto pair : split(request.query, '&')) {
        const auto equals = std::min(pair.find('='), pair.size());
        if (pair.substr(0, equals) == name && equals < pair.size())
            return http::decode_percent(pair.substr(equals + 1)).value_or("");
    }
    return {};
}

Visitor visitor_of(const http::Request& request, const std::string& public_url)
{
    Visitor visitor;
    const auto cookies = request.header("cookie");
    const auto chosen = asked(request, "lang");
    const auto kept = cookie_in(cookies, language_cookie);
    visitor.chose_language = is_language(chosen);
    visitor.lang = visitor.chose_language ? lang_of(chosen)
                   : is_language(kept)
                       ? lang_of(kept)
                       : http::preferred_language(request.header("accept-language"));
    visitor.wants_json = request.header("accept") == "application/json";
    visitor.address = request.remote_address;
    visitor.origin = origin_of(request, public_url);
    visitor.news = cookie_in(cookies, news_cookie);
    return visitor;
}

bool is_own_page(const http::Request& request, const std::string& public_url)
{
    const auto site = request.header("sec-fetch-site");
    if (!site.empty())
        return site == "same-origin" || site == "none";
    const auto origin = request.header("origin");
    if (origin.empty() || origin == "null")
        return true;
    const auto behind_scheme = origin.find("://");
    const auto authority =
        behind_scheme == std::string_view::npos ? origin : origin.substr(behind_scheme + 3);
    return authority == request.header("host") || origin == public_url;
}

std::string to_header(const Cookie& cookie, bool is_secure)
{
    return fmt::format(
        "{}={}; Path={}; Max-Age={}; HttpOnly; SameSite=Lax{}",
        cookie.name,
        cookie.value,
        cookie.path,
        cookie.max_age_s,
        is_secure ? "; Secure" : ""
    );
}

}  // namespace redress::portal
