#include "cases/api.hpp"
#include "http/openapi.hpp"

#include <doctest/doctest.h>

using namespace redress;
using namespace redress::cases;

namespace {

/// What `redress schema openapi` tells about the body of a command.
json::object schema_of(const json::value& document, std::string_view path)
{
    const auto& content = document.at("paths").at(path).at("post").at("requestBody").at("content");
    const auto& ref = content.at("application/json").at("schema").at("$ref").as_string();
    const std::string_view name =
        std::string_view{ref}.substr(std::string_view{ref}.rfind('/') + 1);
    return document.at("components").at("schemas").at(name).as_object();
}

json::object field_of(const json::value& document, std::string_view id)
{
    return document.at("components").at("schemas").at("input." + std::string{id}).as_object();
}

}  // namespace

TEST_CASE("the API's description tells what each command takes")
{
    const auto document = parse_json(http::openapi(
        routes({}, lifecycle()),
        {.title = "Redress", .version = "1", .description = "d"}
    ));
    const auto assess = schema_of(document, "/api/v1/cases/{case_id}/commands/assess");
    CHECK(assess.at("required") == json::array{"inputs"});
    const auto& inputs = assess.at("properties").at("inputs").as_object();
    CHECK(inputs.at("properties").as_object().contains("severity"));
    CHECK(inputs.at("required").as_array().size() == 7);
    CHECK(inputs.at("additionalProperties").is_object());
    CHECK(field_of(document, "severity").at("maximum") == 5);
    CHECK(field_of(document, "lane").at("enum").as_array().size() == 3);
    CHECK(
        field_of(document, "amount_minor").at("description") ==
        "Amount, in the smallest unit of the currency"
    );

    const auto note = schema_of(document, "/api/v1/cases/{case_id}/commands/add_note");
    CHECK(note.at("properties").at("inputs").at("additionalProperties") == false);
    CHECK(note.at("properties").as_object().contains("at"));
    const auto filing = schema_of(document, "/api/v1/cases");
    CHECK(
        filing.at("properties").at("inputs").at("required") == json::array{"channel", "raw_content"}
    );
    CHECK(filing.at("properties").as_object().contains("external_id"));
}
