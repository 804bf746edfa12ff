#include "app/audit_api.hpp"

#include "app/app_sql.hpp"
#include "desk/json_writer.hpp"
#include "ledger/ledger.hpp"

#include <algorithm>
#include <iterator>

namespace redress::app {

struct VerificationView {
    bool is_running{};
    std::int64_t done{};
    std::int64_t of{};
    std::optional<Instant> started_at;
    std::optional<Instant> finished_at;
    std::optional<bool> holds;                ///< absent until it is known
    std::optional<std::int64_t> first_break;  ///< seq of the first event that is wrong or missing
    std::optional<std::string> text;          ///< what it means, in the reader's language
};
BOOST_DESCRIBE_STRUCT(
    VerificationView,
    (),
    (is_running, done, of, started_at, finished_at, holds, first_break, text)
)

namespace {

using desk::JsonWriter;
using http::Call;
using http::NoBody;
using http::Response;

constexpr std::int64_t most_events = 500;
/// Events looked at for one page of a narrowed list.
constexpr std::int64_t most_looked_at = 20'000;

constexpr db::Query<ledger::Event, std::int64_t, std::int64_t> list_before{
    "app.list_events_before",
    sql::list_events_before};

struct Narrowing {
    std::optional<std::string_view> stream;
    std::optional<std::string_view> kind;
    std::optional<std::string_view> actor;
    std::optional<std::int64_t> entity;

    [[nodiscard]] bool takes(const ledger::Event& event) const
    {
        return (!stream || event.stream == *stream) && (!kind || event.kind == *kind) &&
               (!actor || event.actor == *actor) && (!entity || event.entity == *entity);
    }
};

struct AuditPage {
    std::vector<ledger::Event> events;
    std::int64_t last{};  ///< seq of the last event looked at
    bool has_more{};
};

/// Pages from `from` on, in the direction asked for, until the page is full.
template <class ReadPage>
AuditPage collect(const Narrowing& narrowing, std::int64_t from, std::int64_t limit, ReadPage read)
{
    AuditPage page{{}, from, true};
    for (std::int64_t looked_at = 0; looked_at < most_looked_at;) {
        auto events = read(page.last);
        for (auto& event : events) {
            page.last = event.seq;
            if (narrowing.takes(event))
                page.events.push_back(std::move(event));
            if (std::ssize(page.events) == limit)
                return page;
        }
        looked_at += std::ssize(events);
        if (std::ssize(events) < most_events) {
            page.has_more = false;
            return page;
        }
    }
    return page;
}

void write_event(JsonWriter& out, const ledger::Event& event)
{
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

Result<Response> list_audit(db::Database& database, Call& call)
{
    const auto limit =
        std::clamp<std::int64_t>(call.asked_number("limit").value_or(100), 1, most_events);
    const Narrowing narrowing{
        call.asked("stream"),
        call.asked("kind"),
        call.asked("actor"),
        call.asked_number("entity")};
    const auto before = call.asked_number("before");
    const auto page = before ? collect(
                                   narrowing,
                                   *before,
                                   limit,
                                   [&](std::int64_t from) {
                                       return database.read([&](db::Tx& tx) {
                                           return tx.all(list_before, from, most_events);
                                       });
                                   }
                               )
                             : collect(
                                   narrowing,
                                   call.asked_number("after").value_or(0),
                                   limit,
                                   [&](std::int64_t from) {
                                       return database.read([&](db::Tx& tx) {
                                           return ledger::list_after(tx, from, most_events);
                                       });
                                   }
                               );
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    for (const auto& event : page.events)
        write_event(out, event);
    out.close(']');
    if (page.has_more)
        out.member(before ? "next_before" : "next_after", page.last);
    out.close('}');
    return Response{.body = out.take()};
}

VerificationView view_of(const VerificationState& state, Lang lang)
{
    VerificationView view{
        .is_running = state.is_running,
        .done = state.done,
        .of = state.of,
        .started_at = state.started_at,
        .finished_at = state.finished_at};
    if (!state.verdict)
        return view;
    view.holds = !state.verdict->first_break;
    if (state.verdict->first_break)
        view.first_break = state.verdict->first_break->seq;
    view.text = ledger::to_text(*state.verdict, lang);
    return view;
}

http::Route list_row()
{
    return {
        .name = "list_audit",
        .method = "GET",
        .path = "/api/v1/audit",
        .summary = "Every change in the order of the chain, or against it, with its hash.",
        .permission = "audit_read",
        .query = {
            {.name = "after",
             .about = "seq of the last event seen",
             .type = http::QueryType::number},
            {.name = "before",
             .about = "newest first, from before this seq",
             .type = http::QueryType::number},
            {.name = "stream", .about = "only this stream, such as case or staff"},
            {.name = "entity", .about = "only this id", .type = http::QueryType::number},
            {.name = "kind", .about = "only this kind of event"},
            {.name = "actor", .about = "only what this actor did, such as staff:12"},
            {.name = "limit", .about = "1 to 500", .type = http::QueryType::number}}};
}

}  // namespace

http::RouteTable audit_routes(db::Database& database, Verification& verification)
{
    return {
        http::route<NoBody, Response>(
            list_row(),
            [&database](Call& call) { return list_audit(database, call); }
        ),
        http::route<NoBody, VerificationView>(
            {.name = "verify_audit",
             .method = "POST",
             .path = "/api/v1/audit/verify",
             .summary = "Begins to follow the whole chain, unless that is being done.",
             .permission = "audit_read"},
            [&verification](const Call& call) -> Result<VerificationView> {
                verification.start();
                return view_of(verification.state(), call.lang);
            }
        ),
        http::route<NoBody, VerificationView>(
            {.name = "show_verification",
             .method = "GET",
             .path = "/api/v1/audit/verify",
             .summary = "How far following the chain is, or how it ended.",
             .permission = "audit_read"},
            [&verification](const Call& call) -> Result<VerificationView> {
                return view_of(verification.state(), call.lang);
            }
        )};
}

}  // namespace redress::app
