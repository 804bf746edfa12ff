#include "messages/store_outbox.hpp"

#include "base/document.hpp"
#include "base/require.hpp"
#include "messages/outbox_sql.hpp"

#include <algorithm>

namespace redress::messages {
namespace {

using View = std::string_view;

struct SendRow {
    SendId id;
    CaseId case_id;
    StaffId staff;
    std::string key;
    std::string request_hash;
    std::string state;
    std::string verb;
    std::string body;
    std::string failure;
    Instant send_at;
    Instant created_at;
};
BOOST_DESCRIBE_STRUCT(
    SendRow,
    (),
    (id, case_id, staff, key, request_hash, state, verb, body, failure, send_at, created_at)
)

constexpr db::Command<SendId, CaseId, StaffId, View, View, View, View, Instant, Instant> insert_row{
    "messages.insert_send",
    sql::insert_send};
constexpr db::Query<SendRow, SendId> find_row{"messages.find_send", sql::find_send};
constexpr db::Query<SendRow, StaffId, View> find_row_by_key{
    "messages.find_send_by_key",
    sql::find_send_by_key};
constexpr db::Query<SendRow, CaseId, std::int64_t> list_rows_of_case{
    "messages.list_sends_of_case",
    sql::list_sends_of_case};
constexpr db::Query<SendRow, Instant, std::int64_t> list_rows_due{
    "messages.list_sends_due",
    sql::list_sends_due};
constexpr db::Query<std::int64_t, StaffId> count_waiting{
    "messages.count_waiting_sends",
    sql::count_waiting_sends};
constexpr db::Command<SendId, View, View, View, Instant> end_row{
    "messages.end_send",
    sql::end_send};
constexpr db::Command<Instant, std::int64_t> delete_before{
    "messages.delete_sends_before",
    sql::delete_sends_before};
constexpr db::Command<CaseId> delete_of_case{"messages.forget_sends", sql::forget_sends};

constexpr std::int64_t most_of_case = 100;
/// As long as a request may be sent again (app/answers.hpp).
constexpr Micros keep_ended = std::chrono::hours{48};
constexpr Micros keep_failed = std::chrono::days{30};

std::string body_of(const Outgoing& what)
{
    json::array promises;
    for (const auto& promise : what.promises)
        promises.push_back(
            json::object{{"text", promise.text}, {"due_at", to_rfc3339(promise.due_at)}}
        );
    return to_canonical_json(
        json::object{{"inputs", what.inputs}, {"promises", std::move(promises)}}
    );
}

json::object object_of(std::string_view text)
{
    return text.empty() ? json::object{} : parse_json(text).as_object();
}

ScheduledSend send_of(const SendRow& row)
{
    ScheduledSend send;
    send.id = row.id;
    send.case_id = row.case_id;
    send.staff = row.staff;
    send.key = row.key;
    send.request_hash = row.request_hash;
    const auto state = named<SendState>(row.state);
    REQUIRE_THAT(state.has_value());
    send.state = *state;
    send.what.verb = row.verb;
    const auto body = object_of(row.body);
    if (const auto* inputs = body.if_contains("inputs"))
        send.what.inputs = inputs->as_object();
    if (const auto* promises = body.if_contains("promises"))
        for (const auto& one : promises->as_array())
            send.what.promises.push_back(
                {std::string{string_at(one.as_object(), "text")},
                 *parse_rfc3339(string_at(one.as_object(), "due_at"))}
            );
    send.failure = object_of(row.failure);
    send.send_at = row.send_at;
    send.created_at = row.created_at;
    return send;
}

std::vector<ScheduledSend> sends_of(const std::vector<SendRow>& rows)
{
    std::vector<ScheduledSend> sends;
    std::ranges::transform(rows, std::back_inserter(sends), send_of);
    return sends;
}

Result<void> check_alone(db::Tx& tx, const NewSend& wanted)
{
    if (wanted.is_beside_others)
        return {};
    for (const auto& other : list_sends(tx, wanted.case_id))
        if (other.state == SendState::waiting && other.staff != wanted.staff)
            return deny(
                Denial::conflict,
                "reply_waiting",
                {},
                {{"staff", std::to_string(other.staff.value)}}
            );
    return {};
}

}  // namespace

Result<ScheduledSend>
schedule(db::Tx& tx, ledger::Ledger& ledger, const NewSend& wanted, Instant now)
{
    if (auto earlier = find_send_by_key(tx, wanted.staff, wanted.key)) {
        if (earlier->request_hash != wanted.request_hash)
            return deny(Denial::conflict, "key_reused", "Idempotency-Key");
        return *std::move(earlier);
    }
    if (auto alone = check_alone(tx, wanted); !alone)
        return std::unexpected{alone.error()};
    if (tx.one(count_waiting, wanted.staff).value_or(0) >= max_waiting_sends)
        return deny(
            Denial::conflict,
            "outbox_full",
            {},
            {{"max", std::to_string(max_waiting_sends)}}
        );
    const SendId id{ledger.next_id()};
    tx.run(
        insert_row,
        id,
        wanted.case_id,
        wanted.staff,
        wanted.key,
        wanted.request_hash,
        wanted.what.verb,
        body_of(wanted.what),
        wanted.send_at,
        now
    );
    return *find_send(tx, id);
}

std::optional<ScheduledSend> find_send(db::Tx& tx, SendId id)
{
    const auto row = tx.one(find_row, id);
    return row ? std::optional{send_of(*row)} : std::nullopt;
}

std::optional<ScheduledSend> find_send_by_key(db::Tx& tx, StaffId staff, std::string_view key)
{
    const auto row = tx.one(find_row_by_key, staff, key);
    return row ? std::optional{send_of(*row)} : std::nullopt;
}

std::vector<ScheduledSend> list_sends(db::Tx& tx, CaseId id)
{
    return sends_of(tx.all(list_rows_of_case, id, most_of_case));
}

std::vector<ScheduledSend> list_due(db::Tx& tx, Instant now, std::int64_t limit)
{
    return sends_of(tx.all(list_rows_due, now, limit));
}

Result<void> take_back(db::Tx& tx, const ScheduledSend& named, Instant now)
{
    const auto found = find_send(tx, named.id);
    if (!found || found->staff != named.staff || found->case_id != named.case_id)
        return deny(Denial::not_found, "not_found");
    if (found->state == SendState::sent)
        return deny(Denial::conflict, "already_sent");
    tx.run(end_row, named.id, name_of(SendState::undone), "", "", now + keep_ended);
    return {};
}

void mark_sent(db::Tx& tx, const ScheduledSend& send, Instant now)
{
    tx.run(end_row, send.id, name_of(SendState::sent), "", "", now + keep_ended);
}

void mark_failed(db::Tx& tx, const ScheduledSend& send, const json::object& failure, Instant now)
{
    tx.run(
        end_row,
        send.id,
        name_of(SendState::failed),
        body_of(send.what),
        to_canonical_json(failure),
        now + keep_failed
    );
}

std::int64_t forget_ended(db::Tx& tx, Instant now, std::int64_t limit)
{
    return tx.run(delete_before, now, limit);
}

void forget_sends(db::Tx& tx, CaseId id)
{
    tx.run(delete_of_case, id);
}

}  // namespace redress::messages
