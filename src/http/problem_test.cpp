#include "http/problem.hpp"

#include "base/catalogue.hpp"
#include "base/embedded.hpp"
#include "base/json.hpp"
#include "http/access_log.hpp"
#include "http/conditional.hpp"
#include "http/security.hpp"

#include <doctest/doctest.h>

using namespace redress;
using namespace redress::http;

TEST_CASE("a denial is told in the reader's language, with everything that is wrong")
{
    const Denied denied{
        Denial::invalid,
        {{"text_too_long", "subject", {{"max", "200"}}},
         {"type_wrong", "items[0].at", {{"expected", "type.instant"}}}}};
    const auto en = problem(denied, {Lang::en, "abc"});
    CHECK(en.status == 422);
    CHECK(en.content_type == "application/problem+json");
    CHECK(
        en.body ==
        R"({"type":"urn:redress:problem:text_too_long","title":"Something in it is not right","status":422,)"
        R"("detail":"This may have at most 200 characters. Please shorten it.","code":"text_too_long","trace_id":"abc",)"
        R"("errors":[{"code":"text_too_long","field":"subject","detail":"This may have at most 200 characters. Please shorten it.","params":{"max":"200"}},)"
        R"({"code":"type_wrong","field":"items[0].at","detail":"This should be a time like 2026-11-20T09:40:00Z.","params":{"expected":"type.instant"}}]})"
    );
    const auto zh = parse_json(problem(denied, {Lang::zh, "abc"}).body);
    CHECK(zh.at("title") == "内容有误");
    CHECK(zh.at("detail") == "这里最多 200 个字，请精简一些。");
    CHECK(zh.at("errors").at(1).at("detail") == "这里应当是形如 2026-11-20T09:40:00Z 的时间。");
    CHECK(zh.at("code") == "text_too_long");
}

TEST_CASE("every denial has its status, every status a title in both languages")
{
    const std::vector<std::pair<Denial, int>> statuses{
        {Denial::invalid, 422},
        {Denial::forbidden, 403},
        {Denial::not_found, 404},
        {Denial::conflict, 409},
        {Denial::stale, 412},
        {Denial::too_large, 413},
        {Denial::unauthorised, 401},
        {Denial::too_many, 429}};
    for (const auto& [kind, status] : statuses) {
        CHECK(status_of(kind) == status);
        for (const auto lang : {Lang::en, Lang::zh})
            CHECK(has_text(lang, "problem.title." + std::to_string(status)));
    }
}

TEST_CASE("Accept-Language is weighed")
{
    for (const auto& [header, lang] : std::initializer_list<std::pair<const char*, Lang>>{
             {"", Lang::en},
             {"zh-CN,zh;q=0.9,en;q=0.8", Lang::zh},
             {"en-GB,en;q=0.9,zh;q=0.8", Lang::en},
             {"en;q=0.3, ZH-Hant;q=0.7", Lang::zh},
             {"fr, zh;q=0.1", Lang::zh},
             {"fr", Lang::en},
             {"zh;q=0", Lang::en},
             {"zh;q=nonsense", Lang::en},
             {",,;q=1,*", Lang::en},
         })
        CHECK_MESSAGE(preferred_language(header) == lang, header);
}

TEST_CASE("versions, keys and lists of tags")
{
    CHECK(etag_of(7) == "\"7\"");
    CHECK(parse_if_match(" \"7\" ") == 7);
    for (const char* text :
         {"", "7", "*", "\"\"", "\"07\"", "\"7", "W/\"7\"", "\"7\",\"8\"", "\"7x\"", "\"-\""})
        CHECK_MESSAGE(!parse_if_match(text), text);
    CHECK(matches_none("\"a\", W/\"b\"", "\"b\""));
    CHECK(matches_none("*", "\"b\""));
    CHECK(!matches_none("\"a\"", "\"b\""));
    CHECK(*parse_idempotency_key("\"8e03978e-40d5\"") == "8e03978e-40d5");
    CHECK(parse_idempotency_key(std::string(128, '~')));
    for (const std::string& text :
         {std::string{},
          std::string{"\"\""},
          std::string(129, 'a'),
          std::string{"a b"},
          std::string{"投"}})
        CHECK(!parse_idempotency_key(text));
}

TEST_CASE("a change with a cookie must come from our own pages")
{
    struct Row {
        const char* method;
        Headers headers;
        const char* own;
        bool is_allowed;
    };
    const std::vector<Row> rows{
        {"GET", {}, "https://a.example", true},
        {"POST", {}, "https://a.example", false},
        {"POST", {{"sec-fetch-site", "same-origin"}}, "https://a.example", true},
        {"POST", {{"sec-fetch-site", "same-site"}}, "https://a.example", false},
        {"POST",
         {{"sec-fetch-site", "cross-site"}, {"origin", "https://a.example"}},
         "https://a.example",
         false},
        {"DELETE", {{"origin", "https://a.example"}}, "https://a.example", true},
        {"DELETE", {{"origin", "http://a.example"}}, "https://a.example", false},
        {"DELETE", {{"origin", "https://a.example.evil"}}, "https://a.example", false},
        {"POST", {{"origin", "null"}}, "https://a.example", false},
        {"POST", {{"origin", "http://h:80"}, {"host", "h:80"}}, "", true},
        {"POST", {{"origin", "http://g"}, {"host", "h"}}, "", false},
    };
    for (const auto& [method, headers, own, is_allowed] : rows) {
        CAPTURE(method);
        CHECK(
            check_same_origin({.method = method, .headers = headers}, own).has_value() == is_allowed
        );
    }
}

TEST_CASE("pages and data get their headers; a handler's own stay")
{
    Response page{.content_type = "text/html; charset=utf-8"};
    page.set("Cache-Control", "no-cache");
    add_security_headers(page, true);
    const auto value = [](const Response& response, std::string_view name) {
        for (const auto& [key, text] : response.headers)
            if (key == name)
                return text;
        return std::string{};
    };
    CHECK(value(page, "Content-Security-Policy") == page_policy);
    CHECK(value(page, "Cache-Control") == "no-cache");
    CHECK(!value(page, "Strict-Transport-Security").empty());
    Response data;
    add_security_headers(data, false);
    CHECK(value(data, "Cache-Control") == "no-store");
    CHECK(value(data, "X-Content-Type-Options") == "nosniff");
    CHECK(value(data, "Content-Security-Policy") == data_policy);
    CHECK(value(data, "Strict-Transport-Security").empty());
}

TEST_CASE("a line of the log stays one line")
{
    using namespace std::string_view_literals;
    const auto line = to_log_line(
        {.method = "GET\r\n{\"forged\":1}\0"sv,
         .route = "/a/{b}",
         .status = 200,
         .duration = std::chrono::microseconds{12},
         .trace_id = "t"}
    );
    CHECK(
        line ==
        R"({"method":"GET\r\n{\"forged\":1}\u0000","route":"/a/{b}","status":200,"us":12,"trace_id":"t"})"
    );
}
