#pragma once

#include "base/text.hpp"
#include "http/route.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace redress::portal {

inline constexpr std::string_view language_cookie = "redress_lang";
/// What the page after a redirect has to say once: one word, see tracking_page.
inline constexpr std::string_view news_cookie = "redress_news";

/// What a request tells about who looks, which is nothing about who they are.
struct Visitor {
    Lang lang{};
    bool chose_language{};  ///< by ?lang=, to be remembered
    bool wants_json{};      ///< our own script asks, and finds its way by itself
    std::string address;    ///< for limits
    std::string origin;     ///< "https://host[:port]", where links begin
    std::string news;
};

/// "zh" or "en", as links and cookies say it.
[[nodiscard]] std::string_view code_of(Lang lang);

/// `public_url` is what the operator says the portal is called outside; "" goes by the request.
/// Host may be anything a stranger wrote: it is only ever told back to the same visitor.
[[nodiscard]] Visitor visitor_of(const http::Request& request, const std::string& public_url);

/// The decoded value of a query parameter, "" when there is none; unknown ones do no harm.
[[nodiscard]] std::string asked(const http::Request& request, std::string_view name);

/// Whether a form may come from where it comes from: browsers that say so must name our own pages.
/// Forms carry signed tokens and links carry secrets; this is a second lock, not the first.
[[nodiscard]] bool is_own_page(const http::Request& request, const std::string& public_url);

/// A Set-Cookie of the portal, for a path, of at most `max_age_s`; 0 takes it back.
struct Cookie {
    std::string_view name;
    std::string_view value;
    std::string_view path;
    long max_age_s{};
};
[[nodiscard]] std::string to_header(const Cookie& cookie, bool is_secure);

}  // namespace redress::portal
