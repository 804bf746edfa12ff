#include "intake/preview.hpp"

#include <doctest/doctest.h>

namespace redress::intake {
namespace {

constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z

constexpr std::string_view mapping = R"(schema = "redress.import/1"
system = "crm"
[columns]
external_id = "number"
received_at = "when"
description = "what"
[contacts]
phone = "tel"
)";

Preview preview(std::string_view toml, std::string csv)
{
    const PreviewQuestion question{std::string{toml}, std::move(csv), noon, Lang::en};
    return preview_of(question, cases::lifecycle()).value();
}

}  // namespace

TEST_CASE("a preview shows the first rows as they would be imported")
{
    const auto shown = preview(
        mapping,
        "number,when,what,tel,extra\n7,2026-11-20T09:00:00Z,broken,139,x\n8,yesterday,late,138,y\n"
    );
    CHECK(shown.columns == std::vector<std::string>{"number", "when", "what", "tel", "extra"});
    CHECK(shown.unused == std::vector<std::string>{"extra"});
    REQUIRE(shown.rows.size() == 2);
    CHECK(shown.rows[0].line == 2);
    CHECK(shown.rows[0].received_at == parse_rfc3339("2026-11-20T09:00:00Z"));
    CHECK(string_at(shown.rows[0].fields, "description") == "broken");
    CHECK(string_at(shown.rows[0].fields, "contact.phone") == "139");
    CHECK(shown.rows[0].refusals.empty());
    CHECK(shown.rows[1].refusals.size() == 1);
}

TEST_CASE("no more rows are read than are shown")
{
    std::string csv = "number,when,what,tel\n";
    for (int i = 0; i < 100; ++i)
        csv += std::to_string(i) + ",2026-11-20T09:00:00Z,x,1\n";
    CHECK(preview(mapping, csv).rows.size() == preview_rows);
}

TEST_CASE("without a mapping the columns are told, with a wrong one its mistakes")
{
    const auto bare = preview("", "a,b\n1,2\n");
    CHECK(bare.columns.size() == 2);
    CHECK(bare.mistakes.empty());
    CHECK(bare.rows.empty());
    CHECK_FALSE(preview("schema = 1", "a\n").mistakes.empty());
    const auto missing = preview(mapping, "number,what,tel\n1,x,2\n");
    REQUIRE(missing.mistakes.size() == 1);
    CHECK(missing.mistakes.front().contains("when"));
    CHECK(
        preview_of({"", "", noon, Lang::en}, cases::lifecycle()).error().refusals.front().code ==
        "import_empty"
    );
}

}  // namespace redress::intake
