#include "app/portal_house_for_tests.hpp"

#include "portal/api.hpp"
#include "portal/seal.hpp"
#include "portal/store.hpp"

#include <algorithm>
#include <doctest/doctest.h>

namespace redress::app {
namespace {

constexpr std::string_view boundary = "----boundary7MA4YWxk";

http::Middleware middleware()
{
    http::Middleware chain;
    chain.authenticate = [](http::Call& call) -> Result<void> {
        CHECK(call.route.rate_class == portal::rate_class);
        call.actor = staff::Caller{};
        return {};
    };
    return chain;
}

void add_part(std::string& body, const std::string& head, std::string_view content)
{
    body += "--" + std::string{boundary} + "\r\nContent-Disposition: form-data; " + head +
            "\r\n\r\n" + std::string{content} + "\r\n";
}

/// As browsers write names into a form (WHATWG HTML, multipart form data).
std::string as_a_browser_writes(std::string_view name)
{
    std::string text;
    for (const char c : name)
        if (c == '"')
            text += "%22";
        else
            text += c;
    return text;
}

std::string body_of(const Stranger::Fields& fields, const std::vector<Stranger::Chosen>& files)
{
    std::string body;
    for (const auto& [name, value] : fields)
        add_part(body, "name=\"" + name + "\"", value);
    if (files.empty())
        add_part(body, "name=\"files\"; filename=\"\"", "");
    for (const auto& file : files)
        add_part(
            body,
            "name=\"files\"; filename=\"" + as_a_browser_writes(file.name) + "\"",
            file.bytes
        );
    return body + "--" + std::string{boundary} + "--\r\n";
}

}  // namespace

Stranger::Stranger(TestProgram& program, Lang lang)
    : program_{program}, router_{program->routes(), middleware()}
{
    next.remote_address = "192.0.2.7";
    next.headers = {
        {"host", "complain.example"},
        {"accept-language", lang == Lang::zh ? "zh-CN,zh;q=0.9" : "en-GB,en"}};
}

http::Response Stranger::ask(http::Request request)
{
    std::string kept;
    for (const auto& [name, value] : cookies_)
        kept += (kept.empty() ? "" : "; ") + name + "=" + value;
    if (!kept.empty())
        request.headers.emplace_back("cookie", kept);
    last = router_(request);
    keep_cookies(last);
    return last;
}

void Stranger::keep_cookies(const http::Response& response)
{
    for (const auto& [name, value] : response.headers) {
        if (name != "Set-Cookie")
            continue;
        const auto pair = value.substr(0, value.find(';'));
        const auto equals = pair.find('=');
        cookies_[pair.substr(0, equals)] = pair.substr(equals + 1);
        if (value.find("Max-Age=0") != std::string::npos)
            cookies_.erase(pair.substr(0, equals));
    }
}

http::Response Stranger::get(std::string_view path)
{
    auto request = next;
    const auto question = path.find('?');
    request.method = "GET";
    request.path = path.substr(0, question);
    if (question != std::string_view::npos)
        request.query = path.substr(question + 1);
    return ask(std::move(request));
}

std::string Stranger::seal_on(std::string_view path)
{
    const auto page = get(path);
    const std::string mark = "name=\"seal\" value=\"";
    const auto begin = page.body.find(mark);
    REQUIRE_MESSAGE(begin != std::string::npos, page.body);
    const auto from = begin + mark.size();
    return page.body.substr(from, page.body.find('"', from) - from);
}

http::Response
Stranger::post(std::string_view path, const Fields& fields, const std::vector<Chosen>& files)
{
    auto request = next;
    request.method = "POST";
    request.path = path;
    request.headers.emplace_back(
        "content-type",
        "multipart/form-data; boundary=" + std::string{boundary}
    );
    request.body = body_of(fields, files);
    return ask(std::move(request));
}

http::Response
Stranger::send(std::string_view path, const Fields& fields, const std::vector<Chosen>& files)
{
    auto filled = fields;
    filled.emplace("seal", seal_on(path));
    program_.clock().advance(std::chrono::minutes{1});
    return post(path, filled, files);
}

std::string Stranger::file(const Fields& fields, const std::vector<Chosen>& files)
{
    auto filled = fields;
    filled.emplace("what", "新买的冰箱不制冷，打了三次电话没人管");
    filled.emplace("contact", "13800138000");
    const auto answer = send("/", filled, files);
    REQUIRE_MESSAGE(answer.status == 303, answer.body);
    for (const auto& [name, value] : answer.headers)
        if (name == "Location")
            return value;
    FAIL("a redirect without Location");
    return {};
}

cases::Case case_behind(TestProgram& program, std::string_view path)
{
    const auto hash = portal::hash_of_link(path.substr(std::string_view{"/c/"}.size()));
    return program->database.read([&](db::Tx& tx) {
        const auto id = portal::find_link(tx, hash);
        REQUIRE(id.has_value());
        return cases::find_case(tx, *id).value();
    });
}

std::vector<ledger::Event> events_of(TestProgram& program, CaseId id)
{
    constexpr std::int64_t most = 200;
    return program->database.read([&](db::Tx& tx) {
        return ledger::list_of_entity(tx, {"case", id.value}, 0, most);
    });
}

bool has(const http::Response& response, std::string_view text)
{
    return response.body.find(text) != std::string::npos;
}

std::string header(const http::Response& response, std::string_view name)
{
    for (const auto& [each, value] : response.headers)
        if (each == name)
            return value;
    return {};
}

bool has_happened(TestProgram& program, CaseId id, std::string_view kind)
{
    const auto events = events_of(program, id);
    return std::ranges::any_of(events, [&](const auto& event) { return event.kind == kind; });
}

}  // namespace redress::app
