#include "http/router.hpp"

#include "base/catalogue.hpp"
#include "http/query.hpp"

#include <doctest/doctest.h>
#include <stdexcept>

using namespace redress;
using namespace redress::http;

namespace {

enum class View { mine, late };
BOOST_DESCRIBE_ENUM(View, mine, late)

struct FileCase {
    std::string subject;
    std::optional<Instant> happened_at;
    static constexpr auto wire_limits = std::to_array<Limit>({{"subject", 1, 200}});
};
BOOST_DESCRIBE_STRUCT(FileCase, (), (subject, happened_at))

struct Receipt {
    std::int64_t id{};
    std::string said;
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (id, said))

Route plain(const std::string& method, const std::string& path)
{
    return route<NoBody, Receipt>(
        {.name = method + path, .method = method, .path = path},
        [](Call& call) -> Result<Receipt> {
            std::string said = call.route.path;
            for (const auto& [name, value] : call.path)
                said += " " + std::string{name} + "=" + value;
            return Receipt{.said = said};
        }
    );
}

Result<Receipt> show_queue(Call& call)
{
    const auto view = call.asked_choice<View>("view");
    if (!view)
        return std::unexpected{view.error()};
    return Receipt{
        .id = call.asked_number("limit").value_or(-1),
        .said = std::string{name_of(**view)}};
}

Result<void> change_case(Call& call, const FileCase&)
{
    const auto id = call.id<CaseId>("case_id");
    if (!id)
        return std::unexpected{id.error()};
    if (call.version != 7)
        return deny(Denial::stale, "cursor_invalid");
    return {};
}

Result<Response> break_down(Call& call)
{
    if (call.param("how") == "fault")
        throw std::runtime_error{"database password is hunter2"};
    throw std::logic_error{"secret detail"};
}

Route filing()
{
    return route<FileCase, Receipt>(
        {.name = "file_case",
         .method = "POST",
         .path = "/api/v1/cases",
         .summary = "Files a complaint.",
         .permission = "case.file",
         .status = 201,
         .needs_key = true,
         .max_body = 16U << 20U},
        [](Call& call, const FileCase& wanted) -> Result<Receipt> {
            call.headers.emplace_back("Location", "/api/v1/cases/9");
            return Receipt{.id = 9, .said = wanted.subject + " " + call.idempotency_key};
        }
    );
}

Route queue()
{
    return route<NoBody, Receipt>(
        {.name = "list_cases",
         .method = "GET",
         .path = "/api/v1/cases",
         .query =
             {{.name = "view", .is_required = true},
              {.name = "limit", .type = QueryType::number},
              {.name = "since", .type = QueryType::instant},
              {.name = "open", .type = QueryType::flag}}},
        show_queue
    );
}

RouteTable table()
{
    return {
        plain("GET", "/api/v1/cases/{case_id}"),
        plain("DELETE", "/api/v1/cases/{id}"),
        plain("GET", "/api/v1/cases/search"),
        plain("GET", "/api/v1/cases/{case_id}/events/{event_id}"),
        plain("GET", "/files/{path*}"),
        filing(),
        queue(),
        route<FileCase, NoContent>(
            {.name = "change_case",
             .method = "PUT",
             .path = "/api/v1/cases/{case_id}",
             .needs_if_match = true},
            change_case
        ),
        route<NoBody, Response>(
            {.name = "break", .method = "GET", .path = "/break/{how}"},
            break_down
        )};
}

Middleware middleware()
{
    Middleware with;
    with.authenticate = [](Call& call) -> Result<void> {
        const auto who = call.request.header("authorization");
        if (who == "nobody")
            return deny(Denial::unauthorised, "not_found");
        call.actor = std::string{who};
        return {};
    };
    with.authorise = [](const Call& call) -> Result<void> {
        if (call.route.permission == "case.file" && call.as<std::string>() == "guest")
            return deny(Denial::forbidden, "not_found");
        return {};
    };
    with.is_fault = [](const std::exception& exception) {
        return dynamic_cast<const std::runtime_error*>(&exception) != nullptr;
    };
    return with;
}

Request request(std::string method, std::string path, std::string query = {})
{
    return {
        .method = std::move(method),
        .path = std::move(path),
        .query = std::move(query),
        .trace_id = "t1"};
}

const Router& router()
{
    static const Router instance{table(), middleware()};
    return instance;
}

std::string code_of(const Response& response)
{
    return std::string{string_at(parse_json(response.body).as_object(), "code")};
}

}  // namespace

TEST_CASE("paths find their rows, literals before names, names decoded")
{
    struct Row {
        const char* method;
        const char* path;
        int status;
        const char* said;
    };
    for (const auto& [method, path, status, said] : std::initializer_list<Row>{
             {"GET", "/api/v1/cases/12", 200, "/api/v1/cases/{case_id} case_id=12"},
             {"HEAD", "/api/v1/cases/12", 200, "/api/v1/cases/{case_id} case_id=12"},
             {"DELETE", "/api/v1/cases/12", 200, "/api/v1/cases/{id} id=12"},
             {"GET", "/api/v1/cases/search", 200, "/api/v1/cases/search"},
             {"DELETE", "/api/v1/cases/search", 200, "/api/v1/cases/{id} id=search"},
             {"GET",
              "/api/v1/cases/search/events/2",
              200,
              "/api/v1/cases/{case_id}/events/{event_id} case_id=search event_id=2"},
             {"GET",
              "/api/v1/cases/a%2Fb%20%E6%8A%95",
              200,
              "/api/v1/cases/{case_id} case_id=a/b 投"},
             {"GET", "/files/a/b.txt", 200, "/files/{path*} path=a/b.txt"},
             {"GET", "/api/v1/cases/%FF", 400, ""},
             {"GET", "/api/v1/cases/%0d%0aSet-Cookie", 400, ""},
             {"GET", "/api/v1/cases/%00", 400, ""},
             {"GET", "/api/v1/cases/%2", 400, ""},
             {"GET", "/api/v1/cases/%zz", 400, ""},
             {"GET", "/api/v1/cases/%+1", 400, ""},
             {"GET", "/api/v1/cases/12/", 404, ""},
             {"GET", "/api/v1/cases/", 404, ""},
             {"GET", "/api//v1/cases", 404, ""},
             {"GET", "/api/v1", 404, ""},
             {"GET", "/", 404, ""},
             {"GET", "/api/v1/cases/12/events", 404, ""},
             {"PATCH", "/api/v1/cases/12", 405, ""},
             {"get", "/api/v1/cases/12", 405, ""},
             {"OPTIONS", "/api/v1/cases", 405, ""},
         }) {
        CAPTURE(method);
        CAPTURE(path);
        const auto response = router()(request(method, path));
        CHECK(response.status == status);
        if (status == 200)
            CHECK(string_at(parse_json(response.body).as_object(), "said") == said);
    }
    CHECK(
        router()(request("PATCH", "/api/v1/cases/12")).headers.back() ==
        std::pair<std::string, std::string>{"Allow", "DELETE, GET, PUT, HEAD"}
    );
    CHECK(router()(request("GET", "/api/v1/cases/12")).route == "/api/v1/cases/{case_id}");
    CHECK(router()(request("GET", "/nothing")).route == "-");
    CHECK(router().body_limit(request("POST", "/api/v1/cases"), 5) == 16U << 20U);
    CHECK(router().body_limit(request("POST", "/elsewhere"), 5) == 5);
}

TEST_CASE("a table with a mistake is not accepted")
{
    for (const auto& paths : std::vector<std::vector<const char*>>{
             {"/a", "/a"},
             {"/a/{x}", "/a/{y}"},
             {"a"},
             {"/a{x}"},
             {"/{x*}/b"},
             {"/a*"}}) {
        RouteTable rows;
        for (const auto* path : paths)
            rows.push_back(plain("GET", path));
        CHECK_THROWS_AS((Router{std::move(rows), {}}), std::logic_error);
    }
}

TEST_CASE("query parameters are declared ones of the declared form")
{
    struct Row {
        const char* query;
        const char* outcome;
    };
    const auto ask = [](const char* query) {
        const auto response = router()(request("GET", "/api/v1/cases", query));
        const auto body = parse_json(response.body);
        if (response.status == 200)
            return std::string{string_at(body.as_object(), "said")} +
                   std::to_string(int_at(body.as_object(), "id"));
        std::string text;
        for (const auto& error : body.at("errors").as_array())
            text += std::string{string_at(error.as_object(), "code")} + "@" +
                    std::string{string_at(error.as_object(), "field")} + " ";
        return text;
    };
    for (const auto& [query, outcome] : std::initializer_list<Row>{
             {"view=mine", "mine-1"},
             {"view=late&limit=50&since=2026-11-20T09%3A40%3A00%2B08%3A00&open=true", "late50"},
             {"&view=mine&", "mine-1"},
             {"", "query_missing@view "},
             {"view=all", "choice_unknown@view "},
             {"view=mine&view=mine", "query_twice@view "},
             {"view=mine&limit=5x&since=now&open=1&sort=up",
              "type_wrong@limit type_wrong@since type_wrong@open query_unknown@sort "},
             {"view=%ff", "percent_wrong@ query_missing@view "},
             {"View=mine", "query_unknown@View query_missing@view "},
         })
        CHECK_MESSAGE(ask(query) == outcome, query);
    CHECK(decode_percent("a%20b%E6%8A%95") == "a b投");
}

TEST_CASE("bodies, keys and versions are asked for before the handler runs")
{
    auto post = request("POST", "/api/v1/cases");
    post.body = R"({"subject":"坏了"})";
    post.headers = {{"content-type", "application/json; charset=utf-8"}};
    CHECK(code_of(router()(post)) == "idempotency_key_missing");
    post.headers.emplace_back("idempotency-key", std::string(129, 'k'));
    CHECK(code_of(router()(post)) == "idempotency_key_invalid");
    post.headers.back().second = "key-1";
    const auto filed = router()(post);
    CHECK(filed.status == 201);
    CHECK(filed.body == R"({"id":9,"said":"坏了 key-1"})");
    CHECK(filed.has("location"));
    post.headers.front().second = "text/plain";
    CHECK(router()(post).status == 415);
    post.headers.front().second = "application/json";
    post.body = R"({"subject":""})";
    CHECK(code_of(router()(post)) == "text_too_short");

    auto put = request("PUT", "/api/v1/cases/5");
    put.headers = {{"content-type", "application/json"}};
    put.body = R"({"subject":"x"})";
    CHECK(router()(put).status == 428);
    put.headers.emplace_back("if-match", "7");
    CHECK(code_of(router()(put)) == "if_match_invalid");
    put.headers.back().second = "\"6\"";
    CHECK(router()(put).status == 412);
    put.headers.back().second = "\"7\"";
    CHECK(router()(put).status == 204);
    for (const char* path :
         {"/api/v1/cases/x",
          "/api/v1/cases/0",
          "/api/v1/cases/-1",
          "/api/v1/cases/99999999999999999999"}) {
        put.path = path;
        CHECK(router()(put).status == 404);
    }
}

TEST_CASE("who may not is told so before anything else is looked at")
{
    auto post = request("POST", "/api/v1/cases");
    post.headers = {{"authorization", "nobody"}};
    CHECK(router()(post).status == 401);
    post.headers.front().second = "guest";
    CHECK(router()(post).status == 403);
}

TEST_CASE("exceptions become 503 or 500 without a word of their own")
{
    std::vector<std::string> told;
    auto with = middleware();
    with.on_exception = [&](const Request&, std::string_view route, const std::exception& exception
                        ) { told.push_back(std::string{route} + ": " + exception.what()); };
    const Router instance{table(), with};
    const auto fault = instance(request("GET", "/break/fault"));
    CHECK(fault.status == 503);
    CHECK(fault.has("retry-after"));
    const auto bug = instance(request("GET", "/break/bug"));
    CHECK(bug.status == 500);
    for (const auto& body : {fault.body, bug.body}) {
        CHECK(body.find("secret") == std::string::npos);
        CHECK(body.find("hunter2") == std::string::npos);
        CHECK(body.find("\"trace_id\":\"t1\"") != std::string::npos);
    }
    CHECK(
        told ==
        std::vector<std::string>{
            "/break/{how}: database password is hunter2",
            "/break/{how}: secret detail"}
    );
}

TEST_CASE("the same key is answered by what wraps the handler")
{
    auto with = middleware();
    int handled = 0;
    std::map<std::string, Response> known;
    with.once = [&](Call& call, const CallHandler& handler) {
        if (const auto found = known.find(call.idempotency_key); found != known.end())
            return found->second;
        ++handled;
        return known[call.idempotency_key] = handler(call);
    };
    const Router instance{table(), with};
    auto post = request("POST", "/api/v1/cases");
    post.body = R"({"subject":"x"})";
    post.headers = {{"content-type", "application/json"}, {"idempotency-key", "k"}};
    CHECK(instance(post).body == instance(post).body);
    CHECK(handled == 1);
}
