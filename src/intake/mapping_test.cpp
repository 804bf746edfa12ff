#include "intake/mapping.hpp"

#include "base/catalogue.hpp"
#include "intake/field_value.hpp"
#include "intake/row_mapping.hpp"

#include <doctest/doctest.h>

namespace redress::intake {
namespace {

constexpr Instant now{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z

constexpr std::string_view good = R"(schema = "redress.import/1"
system = "crm"
[columns]
external_id = "No"
received_at = "When"
description = ["What", "More"]
channel = "Channel"
anonymous = "Anon"
[contacts]
phone = "Phone"
[constants]
language = "zh"
[received_at]
formats = ["%Y-%m-%d %H:%M", "%Y年%m月%d日"]
zone = "Asia/Shanghai"
[values.channel]
"电话" = "phone"
"*" = "import"
)";

std::string replaced(std::string_view from, std::string_view to)
{
    std::string text{good};
    text.replace(text.find(from), from.size(), to);
    return text;
}

TEST_CASE("a mapping that holds together")
{
    const auto loaded = load_mapping(good, cases::lifecycle());
    for (const auto& mistake : loaded.mistakes)
        MESSAGE(to_text(mistake, "crm.toml", Lang::en));
    REQUIRE(loaded.mapping);
    CHECK(loaded.mapping->system == "crm");
    CHECK(loaded.mapping->columns.size() == 3);
    CHECK(loaded.mapping->constants.at("language") == "zh");
    CHECK(loaded.mapping->hash.size() == 64);
}

TEST_CASE("every mistake is named with its line, in both languages")
{
    const struct {
        std::string text;
        int line;
        std::string code;
    } examples[] = {
        {"schema = ", 1, "syntax"},
        {replaced("import/1", "import/2"), 1, "schema"},
        {replaced("system = \"crm\"", ""), 1, "system_missing"},
        {replaced("system = \"crm\"", "system = \"crm\"\ncolour = 1"), 3, "unknown_key"},
        {replaced("system = \"crm\"", "system = \"crm\"\ndelimiter = \"x\""), 3, "delimiter"},
        {replaced("system = \"crm\"", "system = \"crm\"\nencoding = \"x\""), 3, "encoding"},
        {replaced("system = \"crm\"", "system = 3"), 2, "not_text"},
        {replaced("channel = \"Channel\"", "chanel = \"Channel\""), 7, "not_a_field"},
        {replaced("channel = \"Channel\"", "severity = \"Channel\""), 7, "not_a_field"},
        {replaced("channel = \"Channel\"", "channel = []"), 7, "not_texts"},
        {replaced("anonymous = \"Anon\"", "complainant_contacts = \"Anon\""), 8, "contacts_column"},
        {replaced("phone = \"Phone\"", "pigeon = \"Phone\""), 10, "contact_kind"},
        {replaced("language = \"zh\"", "language = \"fr\""), 12, "constant"},
        {replaced("language = \"zh\"", "channel = \"phone\""), 12, "twice"},
        {replaced("%Y年%m月%d日", "%H:%M"), 14, "format"},
        {replaced("Asia/Shanghai", "Asia/Atlantis"), 13, "zone"},
        {replaced("\"电话\" = \"phone\"", "\"电话\" = \"telepathy\""), 17, "value"},
        {replaced("[values.channel]", "[values.product]"), 16, "values_without_column"},
        {replaced("received_at = \"When\"", ""), 1, "received_at_missing"},
        {replaced("description = ", "product = "), 1, "description_missing"},
    };
    for (const auto& example : examples) {
        INFO(example.text);
        const auto loaded = load_mapping(example.text, cases::lifecycle());
        CHECK_FALSE(loaded.mapping);
        REQUIRE_FALSE(loaded.mistakes.empty());
        const auto is_it = [&](const MappingMistake& one) { return one.code == example.code; };
        const auto found = std::ranges::find_if(loaded.mistakes, is_it);
        REQUIRE(found != loaded.mistakes.end());
        CHECK(found->line == example.line);
        for (const auto lang : {Lang::en, Lang::zh}) {
            CHECK(has_text(lang, "mapping." + example.code));
            CHECK(to_text(*found, "m.toml", lang).find('{') == std::string::npos);
        }
    }
}

TEST_CASE("all mistakes are told at once")
{
    auto text = replaced("zone = \"Asia/Shanghai\"", "zone = \"Mars\"");
    text.replace(text.find("phone = \"Phone\""), 15, "pigeon = \"P\"  ");
    CHECK(load_mapping(text, cases::lifecycle()).mistakes.size() == 2);
}

TEST_CASE("cells become values of their field")
{
    using enum cases::Field::Type;
    cases::Field channel{
        .id = "channel",
        .type = choice,
        .label = {},
        .choices = {{"phone", {"Phone", "电话"}}}};
    CHECK(to_field_value(channel, " PHONE ") == json::value("phone"));
    CHECK(to_field_value(channel, "电话") == json::value("phone"));
    CHECK_FALSE(to_field_value(channel, "fax"));
    const auto value = [](cases::Field::Type type, std::string_view cell) {
        cases::Field field;
        field.type = type;
        return to_field_value(field, cell);
    };
    CHECK(value(boolean, "是") == json::value(true));
    CHECK(value(boolean, "No") == json::value(false));
    CHECK_FALSE(value(boolean, "maybe"));
    CHECK(value(whole, "1,200") == json::value(std::int64_t{1200}));
    CHECK_FALSE(value(whole, "12x"));
    CHECK(value(money_minor, "¥1,299.50") == json::value(std::int64_t{129'950}));
    CHECK(value(money_minor, "99元") == json::value(std::int64_t{9'900}));
    CHECK(value(money_minor, "0.5") == json::value(std::int64_t{50}));
    for (const auto* wrong : {"1.234", "-1", "1.x", "", ".", "9999999999999999"})
        CHECK_FALSE(value(money_minor, wrong));
    CHECK(value(list, "a; b\nc;") == json::value(json::array{"a", "b", "c"}));
    CHECK(value(prose, " kept ") == json::value(" kept "));
    CHECK(value(text, " cut ") == json::value("cut"));
}

TEST_CASE("times are read with their format, zone and all of the text")
{
    const auto shanghai = policy::Zone::find("Asia/Shanghai");
    const std::vector<std::string> formats{"%Y-%m-%d %H:%M", "%Y/%m/%d", "%Y年%m月%d日 %H:%M:%S"};
    const auto time = [&](std::string_view text) {
        const auto read = parse_time(text, formats, shanghai.get());
        return read ? to_rfc3339(*read) : "none";
    };
    CHECK(time("2026-03-01 09:30") == "2026-03-01T01:30:00Z");
    CHECK(time(" 2026/03/01 ") == "2026-02-28T16:00:00Z");
    CHECK(time("2026年03月01日 09:30:15") == "2026-03-01T01:30:15Z");
    CHECK(time("2026-03-01T09:30:00+01:00") == "2026-03-01T08:30:00Z");
    for (const auto* wrong : {"2026-02-30 09:30", "2026-03-01 09:30x", "03/01/2026", "", "soon"})
        CHECK(time(wrong) == "none");
    CHECK(is_time_format("%d.%m.%Y"));
    CHECK_FALSE(is_time_format("%H:%M"));
    CHECK_FALSE(is_time_format("nonsense"));
}

Result<Inbound> inbound_of(std::vector<std::string> cells)
{
    static const auto loaded = load_mapping(good, cases::lifecycle());
    const auto rows = RowMapping::bind(
        loaded.mapping.value(),
        {"No", "When", "What", "More", "Channel", "Anon", "Phone"},
        cases::lifecycle()
    );
    REQUIRE(rows);
    CsvRow row{.line = 7, .cells = std::move(cells), .trouble = {}};
    return rows->to_inbound(row, {"filehash", now});
}

TEST_CASE("a row becomes an Inbound")
{
    const auto inbound =
        inbound_of({" 17 ", "2026-03-01 09:30", "slow", "rude", "电话", "", "'+86 139"});
    REQUIRE(inbound);
    CHECK(inbound->external_id == "crm:17");
    CHECK(inbound->channel == "import");
    CHECK(inbound->fields.at("channel") == "phone");
    CHECK(inbound->fields.at("description") == "slow\nrude");
    CHECK(inbound->fields.at("language") == "zh");
    CHECK(inbound->fields.at("received_at") == "2026-03-01T01:30:00Z");
    CHECK_FALSE(inbound->fields.contains("anonymous"));
    CHECK(inbound->sender.contacts.at("phone") == "+86 139");
    CHECK(
        inbound_of({"", "2026-03-01 09:30", "x", "", "fax", "", ""})->external_id == "filehash:7"
    );
}

TEST_CASE("everything wrong with a row is told at once")
{
    const auto codes = [](std::vector<std::string> cells) {
        std::vector<std::string> all;
        const auto inbound = inbound_of(std::move(cells));
        if (!inbound)
            for (const auto& refusal : inbound.error().refusals)
                all.push_back(refusal.code);
        return all;
    };
    using Codes = std::vector<std::string>;
    CHECK(codes({"1", "soon", "x", "", "", "maybe", ""}) == Codes{"import_value", "import_time"});
    CHECK(codes({"1", "2027-03-01 09:30", "x", "", "", "", ""}) == Codes{"import_time_in_future"});
    CHECK(codes({"1", "1066年10月14日", "x", "", "", "", ""}) == Codes{"import_time_too_old"});
    CHECK(codes({"1", "2026-03-01 09:30", "x"}) == Codes{"import_ragged"});
    CHECK(codes({"1", "2026-03-01 09:30", "x", "", "", "", "", "", "y"}) == Codes{"import_ragged"});
    CHECK(codes({"1", "2026-03-01 09:30", "x", "", "", "", "", "", " "}).empty());
}

TEST_CASE("headings that are missing or ambiguous are named")
{
    const auto loaded = load_mapping(good, cases::lifecycle());
    const auto rows = RowMapping::bind(
        *loaded.mapping,
        {"No", "When", "What", "What", "Channel", " Anon ", "Phone"},
        cases::lifecycle()
    );
    REQUIRE_FALSE(rows);
    REQUIRE(rows.error().refusals.size() == 2);
    CHECK(rows.error().refusals[0].code == "import_heading_twice");
    CHECK(rows.error().refusals[1].code == "import_heading_missing");
    CHECK(say(Lang::zh, rows.error().refusals[1]).find("More") != std::string::npos);
}

}  // namespace
}  // namespace redress::intake
