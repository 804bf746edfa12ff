#include "desk/api_search.hpp"

#include "base/catalogue.hpp"
#include "desk/row_json.hpp"
#include "desk/search_page.hpp"
#include "http/cursor.hpp"
#include "search/rules_question.hpp"
#include "staff/model.hpp"

#include <algorithm>

namespace redress::desk {
namespace {

using http::Call;
using http::Response;

void write_excerpt(JsonWriter& out, const search::Excerpt& excerpt)
{
    out.member("excerpt", std::string_view{excerpt.text});
    out.key("marks");
    out.open('[');
    for (const auto& mark : excerpt.marks) {
        out.open('[');
        out.value(std::int64_t{mark.begin});
        out.value(std::int64_t{mark.end});
        out.close(']');
    }
    out.close(']');
}

std::string write_page(const SearchPage& page, const staff::Roster& roster, Lang lang)
{
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    for (const auto& found : page.found) {
        out.open('{');
        write_row(out, found.row, roster, lang);
        if (!found.kind.empty()) {
            out.member("found_kind", std::string_view{found.kind});
            out.member("found_title", std::string_view{say(lang, "event." + found.kind)});
            write_excerpt(out, found.excerpt);
        }
        out.member("found_at", found.at);
        out.close('}');
    }
    out.close(']');
    if (page.next)
        out.member("next_cursor", std::string_view{http::write_cursor(*page.next)});
    out.close('}');
    return out.take();
}

Result<Response> search_answer(const Services& services, Call& call)
{
    auto question = search::read_question(call.asked("q").value_or(""));
    if (!question)
        return std::unexpected{question.error()};
    SearchOrder order{
        *std::move(question),
        call.as<staff::Caller>().actor.staff,
        services.clock.now(),
        {},
        std::clamp<std::int64_t>(call.asked_number("limit").value_or(50), 1, most_rows)};
    if (const auto cursor = call.asked("cursor")) {
        const auto place = http::read_cursor<SearchPlace>(*cursor);
        if (!place)
            return std::unexpected{place.error()};
        order.from = *place;
    }
    const auto roster = services.directory.roster();
    const auto page =
        services.database.read([&](db::Tx& tx) { return search_cases(tx, order, *roster); });
    return Response{.body = write_page(page, *roster, call.lang)};
}

}  // namespace

http::Route search_route(const Services& services)
{
    http::Route row{
        .name = "search",
        .method = "GET",
        .path = "/api/v1/search",
        .summary = "Cases by what was written in them and by filters, newest first.",
        .permission = "case_read"};
    row.query = {
        {.name = "q",
         .about =
             "words, \"phrases\", -unwanted, owner:me state:open due:<2h emotion:angry channel:phone kind:complaint",
         .is_required = true},
        {.name = "limit", .about = "1 to 100", .type = http::QueryType::number},
        {.name = "cursor", .about = "next_cursor of the page before"}};
    return http::route<http::NoBody, Response>(std::move(row), [services](Call& call) {
        return search_answer(services, call);
    });
}

}  // namespace redress::desk
