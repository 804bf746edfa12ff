#include "messages/api.hpp"

#include "base/hash.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "http/router.hpp"

#include <doctest/doctest.h>
#include <filesystem>

namespace redress::messages {
namespace {

using namespace std::string_literals;

constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z
const std::string png = "\x89PNG\r\n\x1A\n\0\0\0\rIHDR"s;
const std::string files = "/api/v1/cases/7/attachments";

/// The routes of this slice over a fresh database; only case 7 exists for whoever asks.
struct Desk {
    explicit Desk(db::Database& opened)
        : database{opened}, blobs{database}, router{routes(services()), middleware()}
    {
        database.migrate(embedded::migrations(), noon);
        database.set_batch_hooks(ledger.hooks());
    }

    Services services()
    {
        return {
            database,
            ledger,
            clock,
            blobs,
            [this](CaseId id, const staff::Caller& caller) {
                return id == visible && caller.actor.name == "staff:1";
            },
            [](CaseId, Lang) -> Result<Facts> {
                return Facts{{"case.ref_no", "R-1"}};
            }};
    }

    static http::Middleware middleware()
    {
        http::Middleware steps;
        steps.authenticate = [](http::Call& call) -> Result<void> {
            staff::Caller caller;
            caller.actor.name = "staff:1";
            call.actor = caller;
            return {};
        };
        return steps;
    }

    http::Response
    ask(std::string method, std::string path, std::string body = {}, http::Headers headers = {})
    {
        http::Request request;
        request.method = std::move(method);
        const auto question = path.find('?');
        request.path = path.substr(0, question);
        request.query = question == std::string::npos ? std::string{} : path.substr(question + 1);
        request.headers = std::move(headers);
        if (body.starts_with('{'))
            request.headers.emplace_back("content-type", "application/json");
        request.headers.emplace_back("idempotency-key", "k");
        request.body = std::move(body);
        return router(request);
    }

    /// Uploads and downloads again.
    http::Response
    round_trip(const std::string& bytes, const std::string& query, http::Headers headers = {})
    {
        const auto stored = ask("POST", files + query, bytes, std::move(headers));
        REQUIRE_MESSAGE(stored.status == 201, stored.body);
        const auto id = std::string{parse_json(stored.body).at("id").as_string()};
        auto response = ask("GET", "/api/v1/attachments/" + id);
        REQUIRE(response.status == 200);
        CHECK((response.body == bytes));
        return response;
    }

    db::Database& database;
    ledger::Ledger ledger{std::chrono::minutes{480}};
    VirtualClock clock{noon};
    CaseId visible{7};
    TableBlobs blobs;
    http::Router router;
};

std::string header(const http::Response& response, std::string_view wanted)
{
    for (const auto& [name, value] : response.headers)
        if (name == wanted)
            return value;
    return {};
}

std::string code_of(const http::Response& response)
{
    return std::string{parse_json(response.body).at("code").as_string()};
}

}  // namespace

TEST_CASE("a picture may be shown, everything else is only ever a download")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto picture = desk.round_trip(png, "?name=a.png");
        CHECK(picture.content_type == "image/png");
        CHECK(header(picture, "Content-Disposition").starts_with("inline;"));

        const auto svg = desk.round_trip("<svg onload=\"alert(1)\"/>", "?name=a.svg");
        const auto html = desk.round_trip("<script>alert(1)</script>", "?name=photo.png");
        const auto fake = desk.round_trip("\x89PNG"s, "?name=a.png");
        for (const auto* response : {&svg, &html, &fake}) {
            CHECK(response->content_type == "application/octet-stream");
            CHECK(header(*response, "Content-Disposition").starts_with("attachment;"));
        }
        for (const auto* response : {&picture, &svg, &html, &fake}) {
            CHECK(header(*response, "X-Content-Type-Options") == "nosniff");
            CHECK(header(*response, "Content-Security-Policy") == "sandbox; default-src 'none'");
        }
    });
}

TEST_CASE("a file name reaches the disk and the header as a name only")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto evil = desk.round_trip(
            "x",
            "",
            {{"content-disposition",
              "attachment; filename*=UTF-8''..%2F..%2Fetc%2Fpass%0D%0AX-Evil%3A%201%22.txt"}}
        );
        CHECK(
            header(evil, "Content-Disposition") ==
            "attachment; filename=\"passX-Evil_ 1_.txt\"; filename*=UTF-8''passX-Evil_%201_.txt"
        );
        const auto stored = desk.ask(
            "POST",
            files,
            "y",
            {{"content-disposition", "attachment; filename*=UTF-8''%E5%8F%91.txt"}}
        );
        CHECK(parse_json(stored.body).at("file_name") == "发.txt");
        CHECK(parse_json(desk.ask("POST", files, "z").body).at("file_name") == "file");
        CHECK(parse_json(desk.ask("GET", files).body).at("items").as_array().size() == 3);
    });
}

TEST_CASE("files of a case that one may not see are not there")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto stored = desk.ask("POST", files, "x");
        const auto path =
            "/api/v1/attachments/" + std::string{parse_json(stored.body).at("id").as_string()};
        CHECK(desk.ask("GET", path).status == 200);
        desk.visible = CaseId{8};
        for (const auto& response :
             {desk.ask("GET", path),
              desk.ask("GET", files),
              desk.ask("POST", files, "x"),
              desk.ask("GET", "/api/v1/attachments/0")}) {
            CHECK(response.status == 404);
            CHECK(code_of(response) == "not_found");
        }
    });
}

TEST_CASE("empty files are refused, and so is more than fits")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        CHECK(code_of(desk.ask("POST", files)) == "attachment_empty");
        const std::string too_much(max_blob_bytes + 1, 'x');
        const auto refused = store_upload(desk.services(), {CaseId{7}, "big", too_much, "staff:1"});
        REQUIRE_FALSE(refused.has_value());
        CHECK(refused.error().kind == Denial::too_large);
        http::Request head;
        head.method = "POST";
        head.path = files;
        CHECK(desk.router.body_limit(head, 1) == max_blob_bytes);
    });
}

TEST_CASE("templates are written, changed by the version that was seen, and rendered for a case")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto created = desk.ask(
            "POST",
            "/api/v1/templates",
            R"({"code":"thanks","language":"en","title":"Thanks","body":"{case.ref_no} {customer.name|you}","use":"closing"})"
        );
        REQUIRE_MESSAGE(created.status == 201, created.body);
        CHECK(header(created, "ETag") == "\"1\"");
        const auto path =
            "/api/v1/templates/" + std::to_string(parse_json(created.body).at("id").as_int64());
        CHECK(parse_json(desk.ask("POST", path + "/render?case=7").body).at("text") == "R-1 you");
        CHECK(desk.ask("POST", path + "/render?case=8").status == 404);
        CHECK(desk.ask("POST", path + "/render").status == 422);

        const http::Headers seen{{"if-match", "\"1\""}};
        CHECK(desk.ask("PATCH", path, R"({"body":"{no.such}"})", seen).status == 422);
        CHECK(desk.ask("PATCH", path, R"({"body":"{customer.name}"})", seen).status == 200);
        CHECK(code_of(desk.ask("PATCH", path, R"({"title":"x"})", seen)) == "template_stale");
        const auto missing = desk.ask("POST", path + "/render?case=7");
        CHECK(missing.status == 409);
        CHECK(code_of(missing) == "template_value_missing");
        CHECK(header(desk.ask("GET", path), "ETag") == "\"2\"");
        const auto page = parse_json(desk.ask("GET", "/api/v1/templates?limit=1").body).as_object();
        CHECK(page.at("items").as_array().size() == 1);
        CHECK(page.contains("next_cursor"));
        CHECK(page.at("known_variables").as_array().size() > 10);
    });
}

}  // namespace redress::messages
