#include "policy/when.hpp"

#include <array>
#include <doctest/doctest.h>

namespace redress::policy {
namespace {

bool is_known(std::string_view name)
{
    return name.starts_with("case.") || name.starts_with("event.");
}

bool truth(std::string_view text, const json::object& facts)
{
    const auto condition = parse_when(text, is_known);
    REQUIRE_MESSAGE(condition.has_value(), text);
    return holds(*condition, facts);
}

const json::object facts{
    {"case",
     {{"source", "12345"},
      {"severity", 3},
      {"amount", 2.5},
      {"psd", false},
      {"vip", true},
      {"gap", nullptr},
      {"tags", {"a", "b"}}}},
    {"event", {{"info_requested", true}}}};

}  // namespace

TEST_CASE("when: conditions that hold")
{
    for (const std::string_view text : std::to_array<std::string_view>({
             "true",
             "case.source == '12345'",
             "case.source == \"12345\"",
             "case.severity >= 3 && case.severity < 4",
             "case.severity == 3.0",
             "case.amount > 2 && case.amount <= 2.5",
             "!case.psd",
             "!!case.vip",
             "case.psd == false",
             "case.missing == false",
             "case.gap == false",
             "!(case.missing)",
             "case.missing != 'x'",
             "case.source in ['12315', '12345']",
             "'a' in case.tags",
             "event.info_requested",
             "case.psd || case.vip && true",
             "true || false && false",
             "case.severity > -1",
             "case.source < '2'",
         }))
        CHECK_MESSAGE(truth(text, facts), text);
}

TEST_CASE("when: conditions that do not hold")
{
    for (const std::string_view text : std::to_array<std::string_view>({
             "false",
             "case.missing",
             "case.missing > 0",
             "case.missing <= 0",
             "case.source > 0",
             "case.source == 12345",
             "case.severity == '3'",
             "case.severity in case.source",
             "case.severity in []",
             "(true || false) && false",
             "event.never",
             "case.vip != true",
             "!case.vip || case.psd",
         }))
        CHECK_FALSE_MESSAGE(truth(text, facts), text);
}

TEST_CASE("when: what cannot be read is refused with its place")
{
    struct Row {
        std::string text;
        std::string code;
        std::string detail;
    };
    for (const Row& row : {
             Row{"", "when_syntax", ""},
             Row{"case.a ==", "when_syntax", ""},
             Row{"case.a = 1", "when_syntax", "= 1"},
             Row{"case.a & case.b", "when_syntax", "& case.b"},
             Row{"(case.a", "when_syntax", ""},
             Row{"case.a)", "when_syntax", ")"},
             Row{"'open", "when_syntax", "'open"},
             Row{"[case.a", "when_syntax", ""},
             Row{"12x", "when_syntax", "12x"},
             Row{"f(case.a)", "when_unknown", "f"},
             Row{"kase.a == 1", "when_unknown", "kase.a"},
             Row{"case.a in", "when_syntax", ""},
             Row{std::string(200, '(') + "true", "when_too_long", ""},
             Row{std::string(3000, ' ') + "true", "when_too_long", ""},
         }) {
        const auto condition = parse_when(row.text, is_known);
        REQUIRE_MESSAGE(!condition.has_value(), row.text);
        CHECK_MESSAGE(condition.error().code == row.code, row.text);
        CHECK_MESSAGE(condition.error().detail == row.detail, row.text);
    }
}

TEST_CASE("when: the text is kept for the screen, an empty condition always holds")
{
    CHECK(parse_when("case.psd == false", is_known)->text() == "case.psd == false");
    CHECK(holds(Condition{}, json::object{}));
}

}  // namespace redress::policy
