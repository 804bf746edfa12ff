#include "app/reading_api.hpp"

#include "base/catalogue.hpp"
#include "desk/json_writer.hpp"
#include "language/coach_rules.hpp"
#include "policy/explain.hpp"

namespace redress::app {

struct CoachRuleView {
    std::string id;
    bool is_wanted{};       ///< a hint when it is missing; otherwise where it stands
    std::int64_t weight{};  ///< what it takes from a score of 100
    std::string title;
    std::string why;
    std::string better;
    std::string source;
    std::int64_t patterns{};
};
struct CoachRuleList {
    std::vector<CoachRuleView> items;
};
BOOST_DESCRIBE_STRUCT(
    CoachRuleView,
    (),
    (id, is_wanted, weight, title, why, better, source, patterns)
)
BOOST_DESCRIBE_STRUCT(CoachRuleList, (), (items))

namespace {

using desk::JsonWriter;
using http::Call;
using http::NoBody;
using http::Response;

void write_head(JsonWriter& out, const policy::Pack& pack, Lang lang)
{
    out.member("id", std::string_view{pack.id});
    out.member("version", std::string_view{pack.version});
    out.member("title", std::string_view{pack.title.in(lang)});
    out.member("jurisdiction", std::string_view{pack.jurisdiction});
    out.member("deadlines", static_cast<std::int64_t>(pack.deadlines.size()));
}

Result<Response> list_policies(const policy::Library& policies, Call& call)
{
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    for (const auto* pack : policies.packs()) {
        out.open('{');
        write_head(out, *pack, call.lang);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return Response{.body = out.take()};
}

Result<Response> show_policy(const policy::Library& policies, Call& call)
{
    const auto* pack = policies.find_pack(call.param("pack_id"), call.param("version"));
    if (pack == nullptr)
        return deny(Denial::not_found, "policy_unknown", "", {{"pack", call.param("pack_id")}});
    JsonWriter out;
    out.open('{');
    write_head(out, *pack, call.lang);
    out.key("rules");
    out.open('[');
    for (const auto& rule : pack->deadlines) {
        out.open('{');
        out.member("id", std::string_view{rule.id});
        out.member("title", std::string_view{rule.title.in(call.lang)});
        out.member("sentence", std::string_view{policy::sentence(rule, call.lang)});
        out.member("ref", std::string_view{rule.ref});
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return Response{.body = out.take()};
}

Result<Response> list_warnings(const policy::Library& policies, const Clock& clock, Call& call)
{
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    for (const auto& warning : policies.warnings(clock.now())) {
        out.open('{');
        out.member("code", std::string_view{warning.code});
        out.member("file", std::string_view{warning.file});
        out.member("detail", std::string_view{policy::reason_of(warning, call.lang)});
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return Response{.body = out.take()};
}

Result<CoachRuleList> list_coach_rules(const Call& call)
{
    CoachRuleList list;
    for (const auto& rule : language::built_in_coach().rules)
        list.items.push_back(
            {rule.id,
             rule.kind == language::RuleKind::wanted,
             rule.weight,
             rule.title.in(call.lang),
             rule.why.in(call.lang),
             rule.better.in(call.lang),
             rule.source,
             std::ssize(rule.match) + std::ssize(rule.alone)}
        );
    return list;
}

Response show_catalogue(Call& call)
{
    const auto lang = lang_of(call.asked("lang").value_or(to_tag(call.lang)));
    JsonWriter out;
    out.open('{');
    for (const auto& [key, text] : list_texts(lang, "page."))
        out.member(key, std::string_view{text});
    out.close('}');
    return {.body = out.take()};
}

}  // namespace

http::RouteTable policy_routes(const policy::Library& policies, const Clock& clock)
{
    return {
        http::route<NoBody, Response>(
            {.name = "list_policies",
             .method = "GET",
             .path = "/api/v1/policies",
             .summary = "The policy packs that are loaded.",
             .permission = "policy_read"},
            [&policies](Call& call) { return list_policies(policies, call); }
        ),
        http::route<NoBody, Response>(
            {.name = "list_policy_warnings",
             .method = "GET",
             .path = "/api/v1/policies/warnings",
             .summary = "What soon makes deadlines wrong: years without a holiday table, packs not "
                        "compared with the law for long.",
             .permission = "policy_admin"},
            [&policies, &clock](Call& call) { return list_warnings(policies, clock, call); }
        ),
        http::route<NoBody, Response>(
            {.name = "show_policy",
             .method = "GET",
             .path = "/api/v1/policies/{pack_id}/{version}",
             .summary = "Every rule of a pack as a sentence, with its reference.",
             .permission = "policy_read"},
            [&policies](Call& call) { return show_policy(policies, call); }
        )};
}

http::RouteTable coach_routes()
{
    return {http::route<NoBody, CoachRuleList>(
        {.name = "list_coach_rules",
         .method = "GET",
         .path = "/api/v1/coach/rules",
         .summary = "What the coach looks for in a reply, and why.",
         .permission = "template_read"},
        [](const Call& call) { return list_coach_rules(call); }
    )};
}

http::RouteTable catalogue_routes()
{
    return {
        {.name = "catalogue",
         .method = "GET",
         .path = "/api/v1/catalogue",
         .summary = "The texts of the pages in a language.",
         .query = {{.name = "lang", .about = "zh or en"}},
         .handler = show_catalogue}};
}

}  // namespace redress::app
