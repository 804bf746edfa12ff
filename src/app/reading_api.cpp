#include "app/reading_api.hpp"

#include "base/catalogue.hpp"
#include "desk/json_writer.hpp"
#include "ledger/ledger.hpp"
#include "policy/explain.hpp"

#include <algorithm>

namespace redress::app {
namespace {

using desk::JsonWriter;
using http::Call;
using http::NoBody;
using http::Response;

constexpr std::int64_t most_events = 500;

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

Result<Response> list_audit(db::Database& database, Call& call)
{
    const auto after = call.asked_number("after").value_or(0);
    const auto limit =
        std::clamp<std::int64_t>(call.asked_number("limit").value_or(100), 1, most_events);
    const auto events =
        database.read([&](db::Tx& tx) { return ledger::list_after(tx, after, limit); });
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    for (const auto& event : events) {
        out.open('{');
        out.member("seq", event.seq);
        out.member("stream", std::string_view{event.stream});
        out.member("entity", event.entity);
        out.member("version", event.version);
        out.member("kind", std::string_view{event.kind});
        out.member("at", event.at);
        out.member("recorded_at", event.recorded_at);
        out.member("actor", std::string_view{event.actor});
        out.key("payload");
        out.raw(event.payload);
        out.member("commitment", std::string_view{event.commitment});
        out.member("hash", std::string_view{event.hash});
        out.close('}');
    }
    out.close(']');
    if (std::ssize(events) == limit)
        out.member("next_after", events.back().seq);
    out.close('}');
    return Response{.body = out.take()};
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

http::RouteTable audit_routes(db::Database& database)
{
    return {http::route<NoBody, Response>(
        {.name = "list_audit",
         .method = "GET",
         .path = "/api/v1/audit",
         .summary = "Every change in the order of the chain, with its hash.",
         .permission = "audit_read",
         .query =
             {{.name = "after",
               .about = "seq of the last event seen",
               .type = http::QueryType::number},
              {.name = "limit", .about = "1 to 500", .type = http::QueryType::number}}},
        [&database](Call& call) { return list_audit(database, call); }
    )};
}

}  // namespace redress::app
