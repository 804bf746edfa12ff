#include "http/conditional.hpp"
#include "http/cursor.hpp"
#include "messages/api_routes.hpp"
#include "messages/api_wire.hpp"
#include "messages/store_templates.hpp"

#include <algorithm>

namespace redress::messages {
namespace {

using http::Call;
using http::NoBody;
using http::route;

constexpr std::int64_t default_page = 100;
constexpr std::int64_t max_page = 500;

TemplateAuthor author_of(const Services& services, const Call& call)
{
    return {services.clock.now(), call.as<staff::Caller>().actor.name};
}

void tag(Call& call, const Template& value)
{
    call.headers.emplace_back("ETag", http::etag_of(value.version));
}

Result<TemplateView> answered(Call& call, const Result<Template>& value)
{
    if (!value)
        return std::unexpected{value.error()};
    tag(call, *value);
    return view_of(*value);
}

Result<Template> asked_template(const Services& services, const Call& call)
{
    const auto id = call.id<TemplateId>("template_id");
    if (!id)
        return std::unexpected{id.error()};
    auto found = services.database.read([&](db::Tx& tx) { return find_template(tx, *id); });
    if (!found)
        return deny(Denial::not_found, "template_not_found");
    return std::move(*found);
}

Result<TemplatePage> list(const Services& services, const Call& call)
{
    TemplatePlace after;
    if (const auto cursor = call.asked("cursor")) {
        auto place = http::read_cursor<TemplatePlace>(*cursor);
        if (!place)
            return std::unexpected{place.error()};
        after = std::move(*place);
    }
    const auto limit =
        std::clamp(call.asked_number("limit").value_or(default_page), std::int64_t{1}, max_page);
    const auto found =
        services.database.read([&](db::Tx& tx) { return list_templates(tx, after, limit); });
    TemplatePage page;
    for (const auto& each : found)
        page.items.push_back(view_of(each));
    page.known_variables.assign(known_variables().begin(), known_variables().end());
    if (static_cast<std::int64_t>(found.size()) == limit)
        page.next_cursor =
            http::write_cursor(TemplatePlace{found.back().code, found.back().language});
    return page;
}

Result<TemplateView> create(const Services& services, Call& call, const NewTemplate& wanted)
{
    const TemplateDraft draft{
        wanted.code,
        wanted.language,
        wanted.title,
        wanted.body,
        wanted.use,
        wanted.is_active.value_or(true)};
    const auto author = author_of(services, call);
    return answered(call, services.database.write([&](db::Tx& tx) {
        return create_template(tx, services.ledger, draft, author);
    }));
}

Result<TemplateView> change(const Services& services, Call& call, const TemplateEdit& edit)
{
    const auto id = call.id<TemplateId>("template_id");
    if (!id)
        return std::unexpected{id.error()};
    const TemplateTarget target{*id, call.version.value_or(0)};
    const TemplateChange wanted{edit.title, edit.body, edit.use, edit.is_active};
    const auto author = author_of(services, call);
    return answered(call, services.database.write([&](db::Tx& tx) {
        return change_template(tx, services.ledger, target, wanted, author);
    }));
}

Result<RenderedTemplate> rendered(const Services& services, const Call& call)
{
    const auto found = asked_template(services, call);
    if (!found)
        return std::unexpected{found.error()};
    const CaseId case_id{call.asked_number("case").value_or(0)};
    if (const auto seen = see_case(services, case_id, call); !seen)
        return std::unexpected{seen.error()};
    const auto facts = services.facts(case_id, lang_of(found->language));
    if (!facts)
        return std::unexpected{facts.error()};
    auto text = render(found->body, *facts);
    if (!text)
        return std::unexpected{text.error()};
    return RenderedTemplate{std::move(*text)};
}

void add_reading(http::RouteTable& table, const Services& services)
{
    table.push_back(route<NoBody, TemplatePage>(
        {.name = "list_templates",
         .method = "GET",
         .path = "/api/v1/templates",
         .summary = "Texts to begin from, by code and language, and the variables they may name.",
         .permission = "template_read",
         .query =
             {{"cursor", "Where the page begins: next_cursor of the page before."},
              {"limit", "Most rows of a page, 1 to 500.", http::QueryType::number}}},
        [services](const Call& call) { return list(services, call); }
    ));
    table.push_back(route<NoBody, TemplateView>(
        {.name = "show_template",
         .method = "GET",
         .path = "/api/v1/templates/{template_id}",
         .summary = "One template.",
         .permission = "template_read"},
        [services](Call& call) { return answered(call, asked_template(services, call)); }
    ));
    table.push_back(route<NoBody, RenderedTemplate>(
        {.name = "render_template",
         .method = "POST",
         .path = "/api/v1/templates/{template_id}/render",
         .summary = "The text with what is known of a case filled in, as plain text.",
         .permission = "template_read",
         .query = {{"case", "The case's id.", http::QueryType::number, true}}},
        [services](const Call& call) { return rendered(services, call); }
    ));
}

void add_writing(http::RouteTable& table, const Services& services)
{
    table.push_back(route<NewTemplate, TemplateView>(
        {.name = "create_template",
         .method = "POST",
         .path = "/api/v1/templates",
         .summary = "A new template in one language.",
         .permission = "template_write",
         .status = 201,
         .needs_key = true},
        [services](Call& call, const NewTemplate& wanted) { return create(services, call, wanted); }
    ));
    table.push_back(route<TemplateEdit, TemplateView>(
        {.name = "change_template",
         .method = "PATCH",
         .path = "/api/v1/templates/{template_id}",
         .summary = "Changes a template, or takes it out of use.",
         .permission = "template_write",
         .needs_if_match = true},
        [services](Call& call, const TemplateEdit& edit) { return change(services, call, edit); }
    ));
}

}  // namespace

http::RouteTable template_routes(const Services& services)
{
    http::RouteTable table;
    add_reading(table, services);
    add_writing(table, services);
    return table;
}

}  // namespace redress::messages
