#include "messages/api_outbox.hpp"

#include "base/hash.hpp"
#include "messages/store_outbox.hpp"

#include <algorithm>
#include <array>

namespace redress::messages {

struct SendForm {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"verb", 1, 40}, {"promises", 0, max_promises_of_send}});
    std::string verb;
    json::object inputs;
    std::optional<std::vector<PromisedIn>> promises;
    std::optional<Instant> send_at;  ///< absent: as soon as it cannot be taken back any more
    std::optional<bool> is_beside_others;
};

struct Sender {
    StaffId id;
    std::string name;
};

struct SendView {
    SendId id;
    CaseId case_id;
    std::string verb;
    SendState state{};
    std::string text;
    Sender by;
    Instant send_at;
    Instant created_at;
    std::optional<std::string> failure;  ///< in the reader's language
    std::optional<json::object> inputs;  ///< of one's own, to go on writing
    std::optional<std::vector<PromisedIn>> promises;
};

struct SendList {
    std::vector<SendView> items;
};

BOOST_DESCRIBE_STRUCT(SendForm, (), (verb, inputs, promises, send_at, is_beside_others))
BOOST_DESCRIBE_STRUCT(Sender, (), (id, name))
BOOST_DESCRIBE_STRUCT(
    SendView,
    (),
    (id, case_id, verb, state, text, by, send_at, created_at, failure, inputs, promises)
)
BOOST_DESCRIBE_STRUCT(SendList, (), (items))

namespace {

using http::Call;
using http::NoBody;
using http::NoContent;
using http::route;

constexpr std::array<std::string_view, 4> words_to_customers{
    "respond_first",
    "send_message",
    "send_letter",
    "update_progress"};

StaffId staff_of(const Call& call)
{
    return call.as<staff::Caller>().actor.staff;
}

SendView view_of(const ScheduledSend& send, const OutboxServices& services, const Call& call)
{
    const auto& said = send.what.inputs;
    const auto text = string_at(said, "text");
    SendView view{
        .id = send.id,
        .case_id = send.case_id,
        .verb = send.what.verb,
        .state = send.state,
        .text = std::string{text.empty() ? string_at(said, "progress_text") : text},
        .by = {send.staff, services.name_of(send.staff)},
        .send_at = send.send_at,
        .created_at = send.created_at};
    if (send.state == SendState::failed)
        view.failure = std::string{string_at(send.failure, call.lang == Lang::zh ? "zh" : "en")};
    if (send.staff == staff_of(call)) {
        view.inputs = said;
        view.promises = send.what.promises;
    }
    return view;
}

/// The case of the path, if it exists for the caller.
Result<CaseId> visible_case(const OutboxServices& services, const Call& call)
{
    const auto id = call.id<CaseId>("case_id");
    if (!id || !services.may_see_case(*id, call.as<staff::Caller>()))
        return deny(Denial::not_found, "case_unknown");
    return *id;
}

Result<Instant> time_of(const SendForm& form, Instant now)
{
    const auto at = std::max(form.send_at.value_or(now), now + undo_window);
    if (at > now + longest_wait)
        return deny(
            Denial::invalid,
            "send_too_late",
            "send_at",
            {{"days", std::to_string(std::chrono::floor<std::chrono::days>(longest_wait).count())}}
        );
    return at;
}

/// Who else is answering is told by name.
Denied with_name(Denied denied, const OutboxServices& services)
{
    for (auto& refusal : denied.refusals) {
        const auto named = std::ranges::find(refusal.params, "staff", [](const auto& param) {
            return param.first;
        });
        if (named != refusal.params.end())
            *named = {"name", services.name_of(StaffId{std::stoll(named->second)})};
    }
    return denied;
}

Result<SendView> schedule_one(const OutboxServices& services, Call& call, const SendForm& form)
{
    const auto id = visible_case(services, call);
    if (!id)
        return std::unexpected{id.error()};
    if (std::ranges::find(words_to_customers, form.verb) == words_to_customers.end())
        return deny(Denial::invalid, "choice_unknown", "verb", {{"value", form.verb}});
    if (!staff_of(call))
        return deny(Denial::forbidden, "not_found");
    const auto now = services.clock.now();
    const auto at = time_of(form, now);
    if (!at)
        return std::unexpected{at.error()};
    NewSend wanted{
        .case_id = *id,
        .staff = staff_of(call),
        .key = call.idempotency_key,
        .request_hash = sha256_hex({call.request.path, "\n", call.request.body}),
        .what = {form.verb, form.inputs, form.promises.value_or(std::vector<PromisedIn>{})},
        .send_at = *at,
        .is_beside_others = form.is_beside_others.value_or(false)};
    const auto known = services.database.read([&](db::Tx& tx) {
        return find_send_by_key(tx, wanted.staff, wanted.key);
    });
    if (!known)
        if (auto fine =
                services
                    .check(*id, wanted.what, call.as<staff::Caller>(), call.version.value_or(0));
            !fine)
            return std::unexpected{fine.error()};
    const auto send = services.database.write([&](db::Tx& tx) {
        return schedule(tx, services.ledger, wanted, now);
    });
    if (!send)
        return std::unexpected{with_name(send.error(), services)};
    return view_of(*send, services, call);
}

Result<SendList> list(const OutboxServices& services, const Call& call)
{
    const auto id = visible_case(services, call);
    if (!id)
        return std::unexpected{id.error()};
    SendList all;
    for (const auto& send : services.database.read([&](db::Tx& tx) { return list_sends(tx, *id); }))
        if (send.state == SendState::waiting || send.staff == staff_of(call))
            all.items.push_back(view_of(send, services, call));
    return all;
}

Result<void> undo(const OutboxServices& services, const Call& call)
{
    const auto id = visible_case(services, call);
    const auto send = call.id<SendId>("send_id");
    if (!id || !send)
        return deny(Denial::not_found, "not_found");
    ScheduledSend named;
    named.id = *send;
    named.case_id = *id;
    named.staff = staff_of(call);
    return services.database.write([&](db::Tx& tx) {
        return take_back(tx, named, services.clock.now());
    });
}

}  // namespace

http::RouteTable outbox_routes(const OutboxServices& services)
{
    http::RouteTable table;
    table.push_back(route<SendForm, SendView>(
        {.name = "schedule_send",
         .method = "POST",
         .path = "/api/v1/cases/{case_id}/outbox",
         .summary = "Sends a reply in ten seconds, or at a chosen time; until then it can be taken "
                    "back. Promises are made together with it.",
         .permission = "case_write",
         .rate_class = "write",
         .status = 201,
         .needs_key = true,
         .needs_if_match = true},
        [services](Call& call, const SendForm& form) { return schedule_one(services, call, form); }
    ));
    table.push_back(route<NoBody, SendList>(
        {.name = "list_sends",
         .method = "GET",
         .path = "/api/v1/cases/{case_id}/outbox",
         .summary = "Replies on their way, and those of one's own that could not be sent.",
         .permission = "case_read"},
        [services](const Call& call) { return list(services, call); }
    ));
    table.push_back(route<NoBody, NoContent>(
        {.name = "undo_send",
         .method = "DELETE",
         .path = "/api/v1/cases/{case_id}/outbox/{send_id}",
         .summary = "Takes a reply back before it leaves, or puts a failed one away.",
         .permission = "case_write",
         .rate_class = "write"},
        [services](const Call& call) { return undo(services, call); }
    ));
    return table;
}

}  // namespace redress::messages
