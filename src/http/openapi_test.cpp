#include "http/openapi.hpp"

#include <doctest/doctest.h>

using namespace redress;
using namespace redress::http;

namespace {

struct FileCase {
    std::string subject;
};
BOOST_DESCRIBE_STRUCT(FileCase, (), (subject))

struct Receipt {
    std::int64_t id{};
};
BOOST_DESCRIBE_STRUCT(Receipt, (), (id))

Result<Receipt> nothing(Call&)
{
    return Receipt{};
}

RouteTable table()
{
    return {
        route<FileCase, Receipt>(
            {.name = "file_case",
             .method = "POST",
             .path = "/api/v1/cases",
             .permission = "case.file",
             .status = 201,
             .needs_key = true},
            [](Call&, const FileCase&) -> Result<Receipt> { return Receipt{}; }
        ),
        route<NoBody, Receipt>(
            {.name = "list_cases",
             .method = "GET",
             .path = "/api/v1/cases",
             .query =
                 {{.name = "view", .is_required = true},
                  {.name = "limit", .type = QueryType::number}}},
            nothing
        ),
        route<NoBody, Receipt>(
            {.name = "file", .method = "GET", .path = "/files/{path*}"},
            nothing
        )};
}

std::string document_of(const RouteTable& rows)
{
    return openapi(rows, {.title = "Redress", .version = "1", .description = "d"});
}

}  // namespace

TEST_CASE("OpenAPI is the table, the same bytes each time")
{
    const auto text = document_of(table());
    CHECK(text == document_of(table()));
    const auto document = parse_json(text);
    CHECK(document.at("openapi") == "3.1.0");
    const auto& file = document.at("paths").at("/api/v1/cases").at("post");
    CHECK(file.at("operationId") == "file_case");
    CHECK(file.at("x-permission") == "case.file");
    CHECK(file.at("parameters").at(0).at("name") == "Idempotency-Key");
    CHECK(
        file.at("requestBody").at("content").at("application/json").at("schema").at("$ref") ==
        "#/components/schemas/FileCase"
    );
    CHECK(
        file.at("responses")
            .at("201")
            .at("content")
            .at("application/json")
            .at("schema")
            .at("$ref") == "#/components/schemas/Receipt"
    );
    CHECK(file.at("responses")
              .at("default")
              .at("content")
              .as_object()
              .contains("application/problem+json"));
    CHECK(
        document.at("paths")
            .at("/api/v1/cases")
            .at("get")
            .at("parameters")
            .at(1)
            .at("schema")
            .at("type") == "integer"
    );
    CHECK(
        document.at("paths").at("/files/{path}").at("get").at("parameters").at(0).at("name") ==
        "path"
    );
    CHECK(document.at("components").at("schemas").as_object().contains("Problem"));
    CHECK(text.starts_with("{\n  \"openapi\": \"3.1.0\",\n"));
    CHECK(text.ends_with("}\n"));
}

TEST_CASE("OpenAPI: a row whose body says more than its type tells it itself")
{
    auto rows = table();
    rows.front().request = [more = std::string{"maxLength"}](Schemas& schemas) {
        schemas.put("Strict", {{"type", "string"}, {more, 3}});
        return http::detail::reference_to("Strict");
    };
    const auto document = parse_json(document_of(rows));
    CHECK(document.at("components").at("schemas").at("Strict").at("maxLength") == 3);
    CHECK(
        document.at("paths")
            .at("/api/v1/cases")
            .at("post")
            .at("requestBody")
            .at("content")
            .at("application/json")
            .at("schema")
            .at("$ref") == "#/components/schemas/Strict"
    );
}
