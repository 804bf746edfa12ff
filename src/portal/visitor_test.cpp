#include "portal/visitor.hpp"

#include <doctest/doctest.h>

using namespace redress;
using namespace redress::portal;

namespace {

http::Request asking(http::Headers headers, std::string query = {})
{
    http::Request request;
    request.method = "POST";
    request.headers = std::move(headers);
    request.query = std::move(query);
    return request;
}

}  // namespace

TEST_CASE("the language is chosen, kept, or what the browser asks for")
{
    const auto lang = [](http::Headers headers, std::string query) {
        return visitor_of(asking(std::move(headers), std::move(query)), "").lang;
    };
    CHECK(lang({}, "") == Lang::en);
    CHECK(lang({{"accept-language", "zh-TW"}}, "") == Lang::zh);
    CHECK(lang({{"accept-language", "zh"}, {"cookie", "a=b; redress_lang=en"}}, "") == Lang::en);
    CHECK(lang({{"cookie", "redress_lang=en"}}, "from=poster&lang=zh") == Lang::zh);
    CHECK(lang({{"cookie", "redress_lang=<script>"}}, "lang=%3C") == Lang::en);
}

TEST_CASE("links begin where the operator says, else where the request went, if that is a host")
{
    const auto origin = [](std::string host, bool is_tls, const std::string& public_url) {
        auto request = asking({{"host", std::move(host)}});
        request.is_tls = is_tls;
        return visitor_of(request, public_url).origin;
    };
    CHECK(origin("a.example:8443", true, "") == "https://a.example:8443");
    CHECK(origin("[::1]:8080", false, "") == "http://[::1]:8080");
    CHECK(origin("a.example", false, "https://b.example") == "https://b.example");
    CHECK(origin("a.example/\"><script>", false, "") == "http://localhost");
}

TEST_CASE("a form that a browser says comes from elsewhere is not ours")
{
    const auto is_own = [](http::Headers headers) {
        headers.emplace_back("host", "a.example");
        return is_own_page(asking(std::move(headers)), "https://out.example");
    };
    CHECK(is_own({}));
    CHECK(is_own({{"sec-fetch-site", "same-origin"}}));
    CHECK(is_own({{"sec-fetch-site", "none"}}));
    CHECK_FALSE(is_own({{"sec-fetch-site", "cross-site"}}));
    CHECK_FALSE(is_own({{"sec-fetch-site", "same-site"}}));
    CHECK(is_own({{"origin", "null"}}));
    CHECK(is_own({{"origin", "http://a.example"}}));
    CHECK(is_own({{"origin", "https://out.example"}}));
    CHECK_FALSE(is_own({{"origin", "http://a.example.evil"}}));
    CHECK_FALSE(is_own({{"sec-fetch-site", "cross-site"}, {"origin", "http://a.example"}}));
}
