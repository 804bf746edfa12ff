#include "http/assets.hpp"

#include <array>
#include <doctest/doctest.h>

using namespace redress;
using namespace redress::http;

namespace {

const Assets& assets()
{
    static constexpr std::array<embedded::File, 6> files{{
        {"index.html", "<html>"},
        {"assets/app-3f9a1c2b.js", "plain"},
        {"assets/app-3f9a1c2b.js.br", "brotli"},
        {"assets/app-3f9a1c2b.js.gz", "gzip"},
        {"orphan.css.gz", "no plain file"},
        {"my-document.html", "x"},
    }};
    static const Assets instance{files};
    return instance;
}

std::string header(const Response& response, std::string_view name)
{
    for (const auto& [key, value] : response.headers)
        if (key == name)
            return value;
    return {};
}

Response get(std::string_view path, Headers headers = {})
{
    const auto found = assets().find({.method = "GET", .headers = std::move(headers)}, path);
    return found.value_or(Response{.status = 404});
}

}  // namespace

TEST_CASE("assets are served as they were built in")
{
    const auto page = get("index.html");
    CHECK(page.content() == "<html>");
    CHECK(page.content_type == "text/html; charset=utf-8");
    CHECK(header(page, "Cache-Control") == "no-cache");
    CHECK(
        header(get("assets/app-3f9a1c2b.js"), "Cache-Control") ==
        "public, max-age=31536000, immutable"
    );
    CHECK(header(get("my-document.html"), "Cache-Control") == "no-cache");
    for (const char* path :
         {"", "/index.html", "../index.html", "orphan.css", "assets", "assets/app-3f9a1c2b.js.br"})
        CHECK_MESSAGE(get(path).status == 404, path);
}

TEST_CASE("a coding is chosen when the client takes it")
{
    const auto coded = [](const char* accepted) {
        const auto response = get("assets/app-3f9a1c2b.js", {{"accept-encoding", accepted}});
        CHECK(header(response, "Vary") == "Accept-Encoding");
        return std::string{response.content()} + "/" + header(response, "Content-Encoding");
    };
    CHECK(coded("gzip, deflate, br") == "brotli/br");
    CHECK(coded("gzip;q=1.0, br;q=0") == "gzip/gzip");
    CHECK(coded("br;q=0.001") == "brotli/br");
    CHECK(coded("identity") == "plain/");
    CHECK(coded("brotli") == "plain/");
}

TEST_CASE("what the client has is not sent again")
{
    const auto etag = header(get("index.html"), "ETag");
    CHECK(etag.size() == 18);
    const auto again = get("index.html", {{"if-none-match", "\"other\", " + etag}});
    CHECK(again.status == 304);
    CHECK(again.content().empty());
    CHECK(header(again, "ETag") == etag);
    CHECK(
        header(get("assets/app-3f9a1c2b.js", {{"accept-encoding", "br"}}), "ETag") !=
        header(get("assets/app-3f9a1c2b.js"), "ETag")
    );
}
