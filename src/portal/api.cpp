#include "portal/api.hpp"

#include "portal/desk.hpp"
#include "portal/filing_page.hpp"
#include "portal/qr.hpp"

#include <memory>

namespace redress::portal {
namespace {

using http::Call;
using http::NoBody;
using http::Response;

/// A button for the house's own site, and where it leads.
struct Snippet {
    std::string url;
    std::string html;
};
BOOST_DESCRIBE_STRUCT(Snippet, (), (url, html))

/// A secret link, told once: only its hash is kept.
struct HandedOut {
    std::string url;
};
BOOST_DESCRIBE_STRUCT(HandedOut, (), (url))

constexpr std::string_view html_type = "text/html; charset=utf-8";

http::Route page_row(std::string name, std::string method, std::string path, std::string summary)
{
    return {
        .name = std::move(name),
        .method = std::move(method),
        .path = std::move(path),
        .summary = std::move(summary),
        .rate_class = std::string{rate_class},
        .has_raw_body = true,
        .max_body = max_body_bytes,
        .keeps_beginning = true,
        .takes_any_query = true,
        .answer_type = std::string{html_type}};
}

Response lost(Desk& desk, Call& call)
{
    const auto visitor = desk.visitor(call);
    const auto frame = desk.frame(visitor, say(visitor.lang, "portal.lost.title"), "/lost");
    auto response = lost_page(frame, 200, "portal.lost.lead", desk.of_house("review_contact"));
    desk.remember_language(response, visitor);
    return response;
}

Response asset(Desk& desk, Call& call)
{
    auto found = desk.assets.find(call.request, call.param("name"));
    return found ? *std::move(found) : http::problem(404, {"no_such_page", {}, {}}, call.reader());
}

Response qr_code(Desk& desk, Call& call)
{
    Response response{.content_type = "image/svg+xml"};
    response.body = qr_svg(desk.visitor(call).origin + "/");
    response.set("Content-Disposition", "inline; filename=\"portal-qr.svg\"");
    return response;
}

Result<Snippet> snippet(Desk& desk, Call& call)
{
    const auto url = desk.visitor(call).origin + "/";
    Html label;
    label.text(say(call.lang, "portal.button"));
    Html address;
    address.text(url);
    return Snippet{url, "<a href=\"" + address.take() + "\">" + label.take() + "</a>"};
}

Result<HandedOut> hand_out(Desk& desk, Call& call)
{
    const auto id = call.id<CaseId>("case_id");
    if (!id)
        return std::unexpected{id.error()};
    if (!desk.services.may_see_case(*id, call))
        return deny(Denial::not_found, "case_unknown");
    const auto token = random_link();
    const auto done = desk.services.hand_out(*id, call, hash_of_link(token));
    if (!done)
        return std::unexpected{done.error()};
    return HandedOut{desk.visitor(call).origin + "/c/" + token};
}

void add_pages(http::RouteTable& table, const std::shared_ptr<Desk>& desk)
{
    const auto add = [&](http::Route row, Response (*handler)(Desk&, Call&)) {
        row.handler = [desk, handler](Call& call) { return handler(*desk, call); };
        table.push_back(std::move(row));
    };
    add(page_row("portal_form", "GET", "/", "The page on which anybody complains."), show_form);
    add(page_row("portal_file", "POST", "/", "Files a complaint and leads to its own page."), file);
    add(page_row("portal_lost", "GET", "/lost", "How to get back to a lost link."), lost);
    add(page_row("portal_track", "GET", "/c/{token}", "A case as its complainant may see it."),
        track);
    add(page_row("portal_act", "POST", "/c/{token}", "What the complainant does about it."), act);
    auto files = page_row(
        "portal_download",
        "GET",
        "/c/{token}/files/{file}",
        "A file of the conversation."
    );
    files.answer_type = "application/octet-stream";
    add(std::move(files), download);
    auto assets =
        page_row("portal_asset", "GET", "/portal/{name}", "Style and script of the pages.");
    assets.answer_type = "text/css";
    add(std::move(assets), asset);
}

void add_house(http::RouteTable& table, const std::shared_ptr<Desk>& desk)
{
    table.push_back(http::route<NoBody, Response>(
        {.name = "portal_qr",
         .method = "GET",
         .path = "/api/v1/portal/qr.svg",
         .summary = "A QR code that leads to the portal.",
         .permission = "policy_admin",
         .answer_type = "image/svg+xml"},
        [desk](Call& call) -> Result<Response> { return qr_code(*desk, call); }
    ));
    table.push_back(http::route<NoBody, Snippet>(
        {.name = "portal_snippet",
         .method = "GET",
         .path = "/api/v1/portal/snippet",
         .summary = "A link to the portal for one's own site, as HTML.",
         .permission = "policy_admin"},
        [desk](Call& call) { return snippet(*desk, call); }
    ));
    table.push_back(http::route<NoBody, HandedOut>(
        {.name = "portal_link",
         .method = "POST",
         .path = "/api/v1/cases/{case_id}/portal-link",
         .summary = "A new secret link for the complainant of a case, who has lost theirs or "
                    "complained by phone. Told once.",
         .permission = "case_write",
         .rate_class = "write",
         .status = 201},
        [desk](Call& call) { return hand_out(*desk, call); }
    ));
}

}  // namespace

http::RouteTable routes(const Services& services)
{
    const auto desk = std::make_shared<Desk>(services);
    http::RouteTable table;
    add_pages(table, desk);
    add_house(table, desk);
    return table;
}

}  // namespace redress::portal
