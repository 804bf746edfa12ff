#include "messages/rules_template.hpp"

#include "messages/rules_default_templates.hpp"

#include <doctest/doctest.h>
#include <map>
#include <rapidcheck.h>
#include <set>

namespace redress::messages {
namespace {

std::vector<std::string> codes(const Denied& denied)
{
    std::vector<std::string> all;
    for (const auto& refusal : denied.refusals)
        all.push_back(
            refusal.code + (refusal.params.empty() ? "" : " " + refusal.params.front().second)
        );
    return all;
}

std::vector<std::string> refused(std::string_view body, const Facts& facts = {})
{
    const auto text = render(body, facts);
    return text ? std::vector<std::string>{} : codes(text.error());
}

TemplateDraft draft_of(std::string body)
{
    return {"thanks", "en", "Thanks", std::move(body), TemplateUse::closing, true};
}

}  // namespace

TEST_CASE("variables are filled in and nothing else is touched")
{
    const Facts facts{
        {"customer.name", "<b>王 & \"O'Neil\"</b> {case.ref_no}"},
        {"case.ref_no", "20261121-000042"}};
    CHECK(
        render("Dear {customer.name},\nyour {case.ref_no}: { case.ref_no }.", facts) ==
        "Dear <b>王 & \"O'Neil\"</b> {case.ref_no},\nyour 20261121-000042: 20261121-000042."
    );
    CHECK(render("", {}) == "");
    CHECK(render("{{not a variable}}", {}) == "{not a variable}");
    CHECK(render("{customer.name|尊敬的客户}，您好", {}) == "尊敬的客户，您好");
    CHECK(render("{customer.name|there}", {{"customer.name", ""}}) == "there");
    CHECK(
        render("{deadline.first_response.due}", {{"deadline.first_response.due", "17:00"}}) ==
        "17:00"
    );
}

TEST_CASE("what cannot be filled in is refused by name, all at once")
{
    using All = std::vector<std::string>;
    CHECK(
        refused("{a.b} {customer.name} {x.y|z} {owner.contact|me}") ==
        All{"template_variable_unknown a.b",
            "template_value_missing customer.name",
            "template_variable_unknown x.y"}
    );
    CHECK(
        refused("{deadline.first_response.due}") ==
        All{"template_value_missing deadline.first_response.due"}
    );
    CHECK(refused("{deadline.due}") == All{"template_variable_unknown deadline.due"});
    CHECK(refused("{deadline.a.b.due}") == All{"template_variable_unknown deadline.a.b.due"});
}

TEST_CASE("a brace that fits nowhere is refused with its line")
{
    for (const char* body :
         {"{",
          "}",
          "a {b",
          "{}",
          "{a.b",
          "{A}",
          "{a b}",
          "{a..b}",
          "{.a}",
          "{a.}",
          "{a{b}}",
          "{a\nb}",
          "{|x}"})
        CHECK_MESSAGE(refused(body) == std::vector<std::string>{"template_brace 1"}, body);
    CHECK(refused("one\ntwo {\nthree") == std::vector<std::string>{"template_brace 2"});
}

TEST_CASE("a result that grows without end is refused")
{
    std::string body;
    for (int i = 0; i < 50; ++i)
        body += "{case.description}";
    CHECK(
        refused(body, {{"case.description", std::string(20'000, 'x')}}) ==
        std::vector<std::string>{"template_result_too_long"}
    );
}

TEST_CASE("text without braces is its own rendering, and doubled braces are braces")
{
    CHECK(rc::check("plain", [](const std::string& text) {
        std::string doubled;
        for (const char c : text)
            doubled += c == '{' || c == '}' ? std::string(2, c) : std::string(1, c);
        RC_ASSERT(render(doubled, {}).value() == text);
    }));
}

TEST_CASE("a draft is checked as a whole")
{
    const auto good = checked(draft_of("{owner.display_name} {case.ref_no} {owner.display_name}"));
    REQUIRE(good.has_value());
    CHECK(good->variables == std::vector<std::string>{"case.ref_no", "owner.display_name"});
    CHECK(good->version == 0);

    const auto bad =
        checked({"Thanks!", "fr", " ", "{case.secret} {customer.email}", TemplateUse::other, true});
    REQUIRE_FALSE(bad.has_value());
    CHECK(
        codes(bad.error()) ==
        std::vector<std::string>{
            "template_code 60",
            "template_language",
            "template_text_missing",
            "template_variable_unknown case.secret",
            "template_variable_unknown customer.email"}
    );
    CHECK_FALSE(checked(draft_of("{")).has_value());
    CHECK_FALSE(checked(draft_of(std::string(max_body_code_points + 1, 'x'))).has_value());
}

TEST_CASE("the built-in templates come in both languages, say I and not we, and name a person")
{
    std::map<std::string, std::set<std::string>> languages;
    for (const auto& draft : default_templates()) {
        CAPTURE(draft.code);
        CAPTURE(draft.language);
        languages[draft.code].insert(draft.language);
        CHECK(checked(draft).has_value());
        CHECK(draft.body.find("{owner.display_name}") != std::string::npos);
        CHECK(draft.body.find("{customer.name|") != std::string::npos);
        CHECK(draft.body.find("我们") == std::string::npos);
        for (const auto* we : {" we ", " our ", " us ", "We ", "Our "})
            CHECK(draft.body.find(we) == std::string::npos);
    }
    CHECK(languages.size() >= 8);
    for (const auto& [code, found] : languages)
        CHECK_MESSAGE(found.size() == 2, code);
}

TEST_CASE("a mistake in the built-in templates is said with its line")
{
    const auto said = [](std::string_view toml) {
        try {
            static_cast<void>(read_templates(toml));
        } catch (const std::exception& error) {
            return std::string{error.what()};
        }
        return std::string{};
    };
    const std::string good =
        "[[template]]\ncode = \"a\"\nuse = \"other\"\nzh = { title = \"一\", body = \"一\" }\n";
    CHECK(said(good + "en = { title = \"a\", body = \"b\" }\n").empty());
    CHECK(said(good).find("line 1: en is missing") != std::string::npos);
    CHECK(
        said(good + "en = { title = \"a\", body = \"{x.y}\" }\n")
            .find("template_variable_unknown") != std::string::npos
    );
    CHECK(said("[[template]]\nuse = \"x\"\n").find("missing") != std::string::npos);
}

}  // namespace redress::messages
