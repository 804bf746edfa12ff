#include "desk/api.hpp"

#include "base/catalogue.hpp"
#include "cases/store.hpp"
#include "desk/api_coach.hpp"
#include "desk/api_guide.hpp"
#include "desk/api_presence.hpp"
#include "desk/api_search.hpp"
#include "desk/api_suggest.hpp"
#include "desk/api_visible.hpp"
#include "desk/case_page.hpp"
#include "desk/json_writer.hpp"
#include "desk/queue.hpp"
#include "desk/row_json.hpp"
#include "http/conditional.hpp"
#include "http/cursor.hpp"
#include "staff/model.hpp"
#include "staff/rules_permissions.hpp"

#include <algorithm>
#include <charconv>

namespace redress::desk {
namespace {

using http::Call;
using http::NoBody;
using http::Response;

const staff::Caller& caller_of(const Call& call)
{
    return call.as<staff::Caller>();
}

Viewer viewer_of(const Call& call, const cases::Case& value)
{
    const auto& caller = caller_of(call);
    return {caller.actor, call.lang, staff::may_see_sensitive(facts_of(value), caller)};
}

Response json_answer(std::string body)
{
    return {.body = std::move(body)};
}

std::string write_queue(
    const QueuePage& page,
    const std::vector<ViewCount>& counts,
    const staff::Roster& roster,
    Lang lang
)
{
    JsonWriter out;
    out.open('{');
    out.key("views");
    out.open('[');
    for (const auto& count : counts) {
        out.open('{');
        out.member("id", name_of(count.view));
        out.member(
            "title",
            std::string_view{say(lang, "view." + std::string{name_of(count.view)})}
        );
        out.member("count", count.count);
        out.member("is_capped", count.is_capped);
        out.close('}');
    }
    out.close(']');
    out.key("items");
    out.open('[');
    for (const auto& row : page.rows) {
        out.open('{');
        write_row(out, row, roster, lang);
        out.close('}');
    }
    out.close(']');
    if (page.next)
        out.member("next_cursor", std::string_view{http::write_cursor(*page.next)});
    out.close('}');
    return out.take();
}

QueueFilter filter_of(const Call& call)
{
    return {
        std::clamp<std::int64_t>(call.asked_number("least_anger").value_or(0), 0, 3),
        std::string{call.asked("channel").value_or("")},
        std::string{call.asked("kind").value_or("")}};
}

Result<Response> queue(const Services& services, Call& call)
{
    const auto view = call.asked_choice<View>("view");
    if (!view)
        return std::unexpected{view.error()};
    QueueQuestion question{
        view->value_or(View::mine),
        caller_of(call).actor.staff,
        services.clock.now(),
        std::nullopt,
        call.asked_number("limit").value_or(50),
        filter_of(call)};
    if (const auto cursor = call.asked("cursor")) {
        const auto place = http::read_cursor<Place>(*cursor);
        if (!place)
            return std::unexpected{place.error()};
        question.after = *place;
    }
    QueuePage page;
    std::vector<ViewCount> counts;
    services.database.read([&](db::Tx& tx) {
        page = list_queue(tx, question);
        counts = count_views(tx, question.reader, question.now);
    });
    return json_answer(write_queue(page, counts, *services.directory.roster(), call.lang));
}

Result<Response> open_case(const Services& services, Call& call)
{
    const auto id = call.id<CaseId>("case_id");
    if (!id)
        return std::unexpected{id.error()};
    std::optional<cases::Case> value;
    std::vector<StoryRow> story;
    services.database.read([&](db::Tx& tx) {
        value = cases::find_case(tx, *id);
        if (value)
            story = list_story(tx, *id, value->version + 1, story_page);
    });
    if (!value || !staff::may_see(facts_of(*value), caller_of(call)))
        return deny(Denial::not_found, "case_unknown");
    call.headers.emplace_back("ETag", http::etag_of(value->version));
    auto answer = json_answer(write_case_page(
        *value,
        story,
        viewer_of(call, *value),
        services.context(services.clock.now()),
        *services.directory.roster()
    ));
    answer.set("ETag", http::etag_of(value->version));
    return answer;
}

Result<Response> story_of(const Services& services, Call& call)
{
    const auto value = visible_case(services, call);
    if (!value)
        return std::unexpected{value.error()};
    const auto before = call.asked_number("before").value_or(value->version + 1);
    const auto limit =
        std::clamp<std::int64_t>(call.asked_number("limit").value_or(story_page), 1, most_rows);
    const auto story = services.database.read([&](db::Tx& tx) {
        return list_story(tx, value->id, before, limit);
    });
    return json_answer(write_story(story, viewer_of(call, *value), *services.directory.roster()));
}

template <class Write>
http::CallHandler case_part(const Services& services, Write write)
{
    return [services, write](Call& call) -> Response {
        const auto value = visible_case(services, call);
        if (!value)
            return http::problem(value.error(), call.reader());
        return json_answer(
            write(*value, viewer_of(call, *value), services.context(services.clock.now()))
        );
    };
}

Result<Response> case_by_reference(const Services& services, Call& call)
{
    const auto ref_no = call.asked("ref_no").value_or("");
    const auto id =
        services.database.read([&](db::Tx& tx) { return cases::find_case_by_ref_no(tx, ref_no); });
    const auto value =
        id ? services.database.read([&](db::Tx& tx) { return cases::find_case(tx, *id); })
           : std::nullopt;
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    if (value && staff::may_see(facts_of(*value), caller_of(call))) {
        out.open('{');
        out.member("id", value->id.value);
        out.member("ref_no", std::string_view{value->ref_no});
        out.member("state", name_of(value->state));
        out.member("version", value->version);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return json_answer(out.take());
}

std::vector<http::Published> backlog(db::Database& database, std::int64_t after, std::size_t limit)
{
    const auto events = database.read([&](db::Tx& tx) {
        return ledger::list_after(tx, after, static_cast<std::int64_t>(limit));
    });
    std::vector<http::Published> frames;
    std::ranges::transform(events, std::back_inserter(frames), published);
    return frames;
}

Result<Response> stream(const Services& services, Call& call)
{
    http::Subscription subscription;
    subscription.last_event_id = call.asked_number("after");
    const auto header = call.request.header("last-event-id");
    std::int64_t last = 0;
    if (std::from_chars(header.data(), header.data() + header.size(), last).ec == std::errc{})
        subscription.last_event_id = last;
    subscription.filter = [](const http::Published& event) {
        return event.event == "case" || event.event == "presence";
    };
    subscription.backlog = [&database = services.database](std::int64_t after, std::size_t limit) {
        return backlog(database, after, limit);
    };
    subscription.owner = caller_of(call).actor.staff;
    return Response{.stream = services.hub.subscribe(std::move(subscription))};
}

http::Route get(std::string name, std::string path, std::string summary, std::string permission)
{
    return {
        .name = std::move(name),
        .method = "GET",
        .path = std::move(path),
        .summary = std::move(summary),
        .permission = std::move(permission)};
}

void add_case_routes(http::RouteTable& table, const Services& services)
{
    const auto add = [&](http::Route row, Result<Response> (*handler)(const Services&, Call&)) {
        table.push_back(http::route<NoBody, Response>(
            std::move(row),
            [services, handler](Call& call) { return handler(services, call); }
        ));
    };
    auto list =
        get("queue",
            "/api/v1/queue",
            "A view of the queue with the counts of all views, the most urgent first.",
            "case_read");
    list.query = {
        {.name = "view",
         .about = "mine, offered, due_soon, furious, promises, waiting, late, open or done"},
        {.name = "least_anger",
         .about = "0 calm, 1 upset, 2 angry, 3 furious, and above",
         .type = http::QueryType::number},
        {.name = "channel", .about = "only this one"},
        {.name = "kind", .about = "only this kind of feedback"},
        {.name = "limit", .about = "1 to 100", .type = http::QueryType::number},
        {.name = "cursor", .about = "next_cursor of the page before"}};
    add(std::move(list), queue);
    auto find = get("find_case", "/api/v1/cases", "The case of a reference number.", "case_read");
    find.query = {{.name = "ref_no", .about = "20261121-000042", .is_required = true}};
    add(std::move(find), case_by_reference);
    add(get("open_case",
            "/api/v1/cases/{case_id}",
            "A case with its story: one request, one screen.",
            "case_read"),
        open_case);
    auto story =
        get("list_story",
            "/api/v1/cases/{case_id}/story",
            "Earlier entries of the story, newest first.",
            "case_read");
    story.query = {
        {.name = "before",
         .about = "version of the earliest entry shown",
         .type = http::QueryType::number},
        {.name = "limit", .about = "1 to 100", .type = http::QueryType::number}};
    add(std::move(story), story_of);
    auto events =
        get("stream_events",
            "/api/v1/events",
            "Server-sent events, resumed by Last-Event-ID.",
            "case_read");
    events.query = {
        {.name = "after",
         .about = "seq of the last event seen, for a new connection that cannot send Last-Event-ID",
         .type = http::QueryType::number}};
    events.answer_type = "text/event-stream";
    events.rate_class = "stream";
    add(std::move(events), stream);
}

}  // namespace

http::Published published(const ledger::Event& event)
{
    JsonWriter out;
    out.open('{');
    out.member("seq", event.seq);
    out.member(event.stream == "case" ? "case_id" : "entity", event.entity);
    out.member("version", event.version);
    out.member("kind", std::string_view{event.kind});
    out.member("at", event.at);
    out.close('}');
    return {event.seq, event.stream, out.take(), {}};
}

http::RouteTable routes(const Services& services)
{
    http::RouteTable table;
    add_case_routes(table, services);
    auto deadlines =
        get("list_deadlines",
            "/api/v1/cases/{case_id}/deadlines",
            "Every clock of a case and why it is due then.",
            "case_read");
    deadlines.handler = case_part(services, write_deadlines);
    table.push_back(std::move(deadlines));
    auto commands =
        get("list_commands",
            "/api/v1/cases/{case_id}/commands",
            "What may be done now, with inputs and what is missing.",
            "case_read");
    commands.handler = case_part(services, write_commands);
    table.push_back(std::move(commands));
    auto rules =
        get("lifecycle",
            "/api/v1/lifecycle",
            "States, commands and fields with their names.",
            "own_account");
    rules.handler = [](Call& call) {
        return json_answer(write_lifecycle(cases::lifecycle(), call.lang));
    };
    table.push_back(std::move(rules));
    table.push_back(search_route(services));
    table.push_back(review_route(services));
    table.push_back(guide_route(services));
    table.push_back(similar_route(services));
    table.push_back(suggest_route(services));
    for (auto& row : presence_routes(services))
        table.push_back(std::move(row));
    return table;
}

}  // namespace redress::desk
