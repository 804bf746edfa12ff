#include "webhooks/store.hpp"

#include "base/document.hpp"
#include "base/require.hpp"
#include "webhooks/webhooks_sql.hpp"

namespace redress::webhooks {
namespace {

using std::int64_t;
using std::string;
using std::string_view;

struct WebhookRow {
    WebhookId id;
    int64_t version{};
    string name;
    string url;
    string events;
    string state;
    StaffId created_by;
    Instant created_at;
    int64_t last_seq{};
    int64_t failures{};
    Instant next_attempt_at;
};
BOOST_DESCRIBE_STRUCT(
    WebhookRow,
    (),
    (id,
     version,
     name,
     url,
     events,
     state,
     created_by,
     created_at,
     last_seq,
     failures,
     next_attempt_at)
)

struct DeliveryRow {
    DeliveryId id;
    WebhookId webhook;
    int64_t event_seq{};
    string event;
    int64_t attempt{};
    Instant at;
    int64_t duration_ms{};
    string outcome;
    int64_t status{};
    string excerpt;
};
BOOST_DESCRIBE_STRUCT(
    DeliveryRow,
    (),
    (id, webhook, event_seq, event, attempt, at, duration_ms, outcome, status, excerpt)
)

constexpr db::Command<
    WebhookId,
    string_view,
    string_view,
    string_view,
    string_view,
    StaffId,
    Instant,
    int64_t>
    insert_row{"webhooks.insert_webhook", sql::insert_webhook};
constexpr db::Query<WebhookRow, WebhookId> select_one{"webhooks.find_webhook", sql::find_webhook};
constexpr db::Query<WebhookRow, WebhookId, int64_t> select_page{
    "webhooks.list_webhooks",
    sql::list_webhooks};
constexpr db::Query<int64_t> select_count{"webhooks.count_webhooks", sql::count_webhooks};
constexpr db::Command<
    WebhookId,
    int64_t,
    string_view,
    string_view,
    string_view,
    string_view,
    int64_t,
    Instant>
    update_row{"webhooks.update_webhook", sql::update_webhook};
constexpr db::Command<WebhookId> delete_row{"webhooks.delete_webhook", sql::delete_webhook};
constexpr db::Query<Secrets, WebhookId> select_secrets{"webhooks.find_secrets", sql::find_secrets};
constexpr db::Command<WebhookId, string_view, string_view, Instant> update_secret_columns{
    "webhooks.update_secrets",
    sql::update_secrets};
constexpr db::Query<WebhookRow, Instant, int64_t> select_due{"webhooks.find_due", sql::find_due};
constexpr db::Command<WebhookId, string_view, Instant, Instant> take_row{
    "webhooks.take_lease",
    sql::take_lease};
constexpr db::Command<WebhookId, string_view, int64_t, Instant> advance_row{
    "webhooks.advance",
    sql::advance};
constexpr db::Command<WebhookId, string_view, int64_t, Instant> postpone_row{
    "webhooks.postpone",
    sql::postpone};
constexpr db::Command<WebhookId, string_view, Instant> give_back_row{
    "webhooks.give_back",
    sql::give_back};
constexpr db::Command<
    DeliveryId,
    WebhookId,
    int64_t,
    string_view,
    int64_t,
    Instant,
    int64_t,
    string_view,
    int64_t,
    string_view>
    insert_delivery_row{"webhooks.insert_delivery", sql::insert_delivery};
constexpr db::Query<DeliveryRow, DeliveryId, WebhookId> select_delivery{
    "webhooks.find_delivery",
    sql::find_delivery};
constexpr db::Query<DeliveryRow, WebhookId, DeliveryId, int64_t> select_deliveries{
    "webhooks.list_deliveries",
    sql::list_deliveries};
constexpr db::Command<WebhookId, int64_t> trim_rows{
    "webhooks.trim_deliveries",
    sql::trim_deliveries};
constexpr db::Command<WebhookId> delete_log{"webhooks.delete_deliveries", sql::delete_deliveries};

string text_of(const std::vector<string>& events)
{
    return to_canonical_json(to_doc(events));
}

Webhook webhook_of(WebhookRow row)
{
    Webhook webhook{
        row.id,
        row.version,
        std::move(row.name),
        std::move(row.url),
        {},
        named<WebhookState>(row.state).value(),
        row.created_by,
        row.created_at,
        row.last_seq,
        row.failures,
        row.next_attempt_at};
    from_doc(parse_json(row.events), webhook.events);
    return webhook;
}

std::optional<Webhook> webhook_of(std::optional<WebhookRow> row)
{
    return row ? std::optional{webhook_of(*std::move(row))} : std::nullopt;
}

Delivery delivery_of(DeliveryRow row)
{
    return {
        row.id,
        row.webhook,
        row.event_seq,
        std::move(row.event),
        row.attempt,
        row.at,
        row.duration_ms,
        named<Outcome>(row.outcome).value(),
        row.status,
        std::move(row.excerpt)};
}

}  // namespace

void insert_webhook(db::Tx& tx, const Webhook& webhook, string_view secret)
{
    tx.run(
        insert_row,
        webhook.id,
        webhook.name,
        webhook.url,
        text_of(webhook.events),
        secret,
        webhook.created_by,
        webhook.created_at,
        webhook.cursor
    );
}

std::optional<Webhook> find_webhook(db::Tx& tx, WebhookId id)
{
    return webhook_of(tx.one(select_one, id));
}

std::vector<Webhook> list_webhooks(db::Tx& tx, WebhookId after, int64_t limit)
{
    std::vector<Webhook> webhooks;
    for (auto& row : tx.all(select_page, after, limit))
        webhooks.push_back(webhook_of(std::move(row)));
    return webhooks;
}

int64_t count_webhooks(db::Tx& tx)
{
    return tx.one(select_count).value_or(0);
}

void update_webhook(db::Tx& tx, const Webhook& webhook)
{
    tx.run(
        update_row,
        webhook.id,
        webhook.version,
        webhook.name,
        webhook.url,
        text_of(webhook.events),
        name_of(webhook.state),
        webhook.failures,
        webhook.next_attempt_at
    );
}

void delete_webhook(db::Tx& tx, WebhookId id)
{
    tx.run(delete_log, id);
    tx.run(delete_row, id);
}

std::optional<Secrets> find_secrets(db::Tx& tx, WebhookId id)
{
    return tx.one(select_secrets, id);
}

void update_secrets(db::Tx& tx, WebhookId id, const Secrets& secrets)
{
    tx.run(update_secret_columns, id, secrets.current, secrets.former, secrets.former_until);
}

std::optional<Webhook> find_due(db::Tx& tx, Instant now, int64_t last_seq)
{
    return webhook_of(tx.one(select_due, now, last_seq));
}

bool take_lease(db::Tx& tx, WebhookId id, const Lease& lease, Instant now)
{
    return tx.run(take_row, id, lease.owner, lease.until, now) == 1;
}

bool advance(db::Tx& tx, WebhookId id, const Lease& lease, int64_t seq)
{
    return tx.run(advance_row, id, lease.owner, seq, lease.until) == 1;
}

bool postpone(db::Tx& tx, const Webhook& webhook, string_view owner)
{
    return tx.run(postpone_row, webhook.id, owner, webhook.failures, webhook.next_attempt_at) == 1;
}

void give_back(db::Tx& tx, WebhookId id, string_view owner, Instant now)
{
    tx.run(give_back_row, id, owner, now);
}

void insert_delivery(db::Tx& tx, const Delivery& delivery)
{
    tx.run(
        insert_delivery_row,
        delivery.id,
        delivery.webhook,
        delivery.event_seq,
        delivery.event,
        delivery.attempt,
        delivery.at,
        delivery.duration_ms,
        name_of(delivery.outcome),
        delivery.status,
        delivery.excerpt
    );
}

std::optional<Delivery> find_delivery(db::Tx& tx, WebhookId webhook, DeliveryId id)
{
    auto row = tx.one(select_delivery, id, webhook);
    return row ? std::optional{delivery_of(*std::move(row))} : std::nullopt;
}

std::vector<Delivery>
list_deliveries(db::Tx& tx, WebhookId webhook, DeliveryId before, int64_t limit)
{
    std::vector<Delivery> deliveries;
    for (auto& row : tx.all(select_deliveries, webhook, before, limit))
        deliveries.push_back(delivery_of(std::move(row)));
    return deliveries;
}

void trim_deliveries(db::Tx& tx, WebhookId webhook)
{
    tx.run(trim_rows, webhook, max_log);
}

}  // namespace redress::webhooks
