#include "webhooks/api.hpp"

#include "http/conditional.hpp"
#include "http/cursor.hpp"
#include "staff/model.hpp"
#include "webhooks/api_wire.hpp"
#include "webhooks/changes.hpp"
#include "webhooks/store.hpp"

#include <algorithm>

namespace redress::webhooks {
namespace {

using http::Call;
using http::NoBody;
using http::NoContent;
using http::route;

constexpr std::int64_t most_items = 100;

By by_of(const Call& call)
{
    const auto& caller = call.as<staff::Caller>();
    return {caller.actor.staff, caller.actor.name};
}

std::int64_t asked_limit(const Call& call)
{
    return std::clamp(call.asked_number("limit").value_or(50), std::int64_t{1}, most_items);
}

Result<std::optional<std::int64_t>> asked_place(const Call& call)
{
    const auto cursor = call.asked("cursor");
    if (!cursor)
        return std::optional<std::int64_t>{};
    const auto place = http::read_cursor<WebhookPlace>(*cursor);
    if (!place)
        return std::unexpected{place.error()};
    return place->at;
}

WebhookView view_of(const Webhook& webhook, std::int64_t head)
{
    return {
        .id = webhook.id,
        .version = webhook.version,
        .name = webhook.name,
        .url = webhook.url,
        .events = webhook.events,
        .state = webhook.state,
        .created_by = webhook.created_by,
        .created_at = webhook.created_at,
        .last_seq = webhook.cursor,
        .behind = std::max<std::int64_t>(head - webhook.cursor, 0),
        .failures = webhook.failures,
        .next_attempt_at =
            webhook.failures > 0 ? std::optional{webhook.next_attempt_at} : std::nullopt};
}

DeliveryView view_of(const Delivery& delivery)
{
    return {
        delivery.id,
        delivery.event_seq,
        delivery.event,
        delivery.attempt,
        delivery.at,
        delivery.duration_ms,
        delivery.outcome,
        delivery.status,
        delivery.excerpt};
}

Result<WebhookList> list(const Services& services, const Call& call)
{
    const auto place = asked_place(call);
    if (!place)
        return std::unexpected{place.error()};
    const auto limit = asked_limit(call);
    return services.database.read([&](db::Tx& tx) -> Result<WebhookList> {
        const auto head = ledger::find_head(tx).seq;
        WebhookList page;
        for (const auto& webhook : list_webhooks(tx, WebhookId{place->value_or(0)}, limit))
            page.items.push_back(view_of(webhook, head));
        if (std::ssize(page.items) == limit)
            page.next_cursor = http::write_cursor(WebhookPlace{page.items.back().id.value});
        return page;
    });
}

Result<MadeWebhookView> create(const Services& services, const Call& call, const NewWebhook& wish)
{
    auto made =
        create_webhook(services, {wish.name, wish.url, wish.events}, wish.after, by_of(call));
    if (!made)
        return std::unexpected{made.error()};
    return MadeWebhookView{
        view_of(made->webhook, services.ledger.last_seq()),
        std::move(made->secret)};
}

Result<WebhookView> show(const Services& services, Call& call)
{
    const auto id = call.id<WebhookId>("webhook_id");
    if (!id)
        return std::unexpected{id.error()};
    return services.database.read([&](db::Tx& tx) -> Result<WebhookView> {
        const auto webhook = find_webhook(tx, *id);
        if (!webhook)
            return deny(Denial::not_found, "webhook_not_found");
        call.headers.emplace_back("ETag", http::etag_of(webhook->version));
        return view_of(*webhook, ledger::find_head(tx).seq);
    });
}

Result<WebhookView> change(const Services& services, Call& call, const WebhookEdit& edit)
{
    const auto id = call.id<WebhookId>("webhook_id");
    if (!id)
        return std::unexpected{id.error()};
    const auto changed = change_webhook(
        services,
        *id,
        call.version.value_or(0),
        {edit.name, edit.url, edit.events, edit.is_active},
        by_of(call)
    );
    if (!changed)
        return std::unexpected{changed.error()};
    call.headers.emplace_back("ETag", http::etag_of(changed->version));
    return view_of(*changed, services.ledger.last_seq());
}

Result<void> remove(const Services& services, const Call& call)
{
    const auto id = call.id<WebhookId>("webhook_id");
    if (!id)
        return std::unexpected{id.error()};
    return remove_webhook(services, *id, by_of(call));
}

Result<NewSecretView> renew(const Services& services, const Call& call)
{
    const auto id = call.id<WebhookId>("webhook_id");
    if (!id)
        return std::unexpected{id.error()};
    auto secret = renew_secret(services, *id, by_of(call));
    if (!secret)
        return std::unexpected{secret.error()};
    return NewSecretView{*std::move(secret), services.clock.now() + former_secret_lasts};
}

Result<DeliveryList> list_log(const Services& services, const Call& call)
{
    const auto id = call.id<WebhookId>("webhook_id");
    const auto place = asked_place(call);
    if (!id || !place)
        return std::unexpected{id ? place.error() : id.error()};
    const auto limit = asked_limit(call);
    return services.database.read([&](db::Tx& tx) -> Result<DeliveryList> {
        if (!find_webhook(tx, *id))
            return deny(Denial::not_found, "webhook_not_found");
        const DeliveryId before{place->value_or(newest.value)};
        DeliveryList page;
        for (const auto& delivery : list_deliveries(tx, *id, before, limit))
            page.items.push_back(view_of(delivery));
        if (std::ssize(page.items) == limit)
            page.next_cursor = http::write_cursor(WebhookPlace{page.items.back().id.value});
        return page;
    });
}

Result<DeliveryView> ping(Courier& courier, const Call& call)
{
    const auto id = call.id<WebhookId>("webhook_id");
    if (!id)
        return std::unexpected{id.error()};
    const auto sent = courier.ping(*id);
    if (!sent)
        return std::unexpected{sent.error()};
    return view_of(*sent);
}

Result<DeliveryView> redeliver(Courier& courier, const Call& call)
{
    const auto id = call.id<WebhookId>("webhook_id");
    const auto delivery = call.id<DeliveryId>("delivery_id");
    if (!id || !delivery)
        return std::unexpected{id ? delivery.error() : id.error()};
    const auto sent = courier.redeliver(*id, *delivery);
    if (!sent)
        return std::unexpected{sent.error()};
    return view_of(*sent);
}

http::Route row(std::string name, std::string method, std::string path, std::string summary)
{
    return {
        .name = std::move(name),
        .method = std::move(method),
        .path = "/api/v1/webhooks" + path,
        .summary = std::move(summary),
        .permission = "key_admin"};
}

std::vector<http::QueryParam> page_query()
{
    return {
        {"cursor", "next_cursor of the page before."},
        {"limit", "Items per page, 1 to 100.", http::QueryType::number}};
}

void add_reading(http::RouteTable& table, const Services& services)
{
    auto all = row("list_webhooks", "GET", "", "Who is told about events, and how far.");
    all.query = page_query();
    table.push_back(route<NoBody, WebhookList>(std::move(all), [services](const Call& call) {
        return list(services, call);
    }));
    auto names = row("list_webhook_events", "GET", "", "Every event that can be asked for.");
    names.path = "/api/v1/webhook-events";
    table.push_back(route<NoBody, EventNames>(std::move(names), [](const Call&) {
        return Result<EventNames>{EventNames{known_events()}};
    }));
    table.push_back(route<NoBody, WebhookView>(
        row("show_webhook", "GET", "/{webhook_id}", "One subscription."),
        [services](Call& call) { return show(services, call); }
    ));
    auto log =
        row("list_webhook_deliveries",
            "GET",
            "/{webhook_id}/deliveries",
            "The latest attempts, newest first.");
    log.query = page_query();
    table.push_back(route<NoBody, DeliveryList>(std::move(log), [services](const Call& call) {
        return list_log(services, call);
    }));
}

void add_writing(http::RouteTable& table, const Services& services)
{
    // No idempotency key: the answer holds a secret that must not be kept for a second time.
    auto make = row("create_webhook", "POST", "", "Subscribes, and tells the secret, once.");
    make.status = 201;
    table.push_back(route<NewWebhook, MadeWebhookView>(
        std::move(make),
        [services](const Call& call, const NewWebhook& wish) {
            return create(services, call, wish);
        }
    ));
    auto edit = row("change_webhook", "PATCH", "/{webhook_id}", "Changes, pauses or resumes it.");
    edit.needs_if_match = true;
    table.push_back(route<WebhookEdit, WebhookView>(
        std::move(edit),
        [services](Call& call, const WebhookEdit& wish) { return change(services, call, wish); }
    ));
    table.push_back(route<NoBody, NoContent>(
        row("remove_webhook", "DELETE", "/{webhook_id}", "Ends a subscription, with its log."),
        [services](const Call& call) { return remove(services, call); }
    ));
    table.push_back(route<NoBody, NewSecretView>(
        row("renew_webhook_secret",
            "POST",
            "/{webhook_id}/secret",
            "A new secret; the one before signs too for a day."),
        [services](const Call& call) { return renew(services, call); }
    ));
}

void add_sending(http::RouteTable& table, Courier& courier)
{
    table.push_back(route<NoBody, DeliveryView>(
        row("ping_webhook", "POST", "/{webhook_id}/ping", "Sends a test and says what came back."),
        [&courier](const Call& call) { return ping(courier, call); }
    ));
    table.push_back(route<NoBody, DeliveryView>(
        row("redeliver",
            "POST",
            "/{webhook_id}/deliveries/{delivery_id}/redeliver",
            "Sends the event of a delivery once more."),
        [&courier](const Call& call) { return redeliver(courier, call); }
    ));
}

}  // namespace

http::RouteTable routes(const Services& services, Courier& courier)
{
    http::RouteTable table;
    add_reading(table, services);
    add_writing(table, services);
    add_sending(table, courier);
    return table;
}

}  // namespace redress::webhooks
