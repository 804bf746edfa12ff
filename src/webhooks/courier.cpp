#include "webhooks/courier.hpp"

#include "base/hash.hpp"
#include "base/require.hpp"
#include "webhooks/rules_delivery.hpp"

#include <algorithm>

namespace redress::webhooks {
namespace {

constexpr std::int64_t page = 200;

double chance()
{
    return static_cast<double>(std::stoul(random_hex(3), nullptr, 16)) / 0xFFFFFF;
}

std::string name_of(const ledger::Event& event)
{
    return event.stream + "." + event.kind;
}

/// Gives a place back however the work ends.
struct FreePlace {
    explicit FreePlace(std::counting_semaphore<>& all) : places{all} {}
    ~FreePlace() { places.release(); }
    FreePlace(const FreePlace&) = delete;
    FreePlace& operator=(const FreePlace&) = delete;
    std::counting_semaphore<>& places;
};

std::string ping_body(Instant at)
{
    const json::object body{
        {"id", "ping_" + random_hex(8)},
        {"type", "ping"},
        {"at", to_rfc3339(at)},
        {"data", json::object{}}};
    return to_canonical_json(body);
}

}  // namespace

/// The time a subscription is worked on by this thread.
struct Courier::Turn {
    Webhook webhook;
    Lease lease;
    std::chrono::steady_clock::time_point end;

    [[nodiscard]] bool is_over() const { return std::chrono::steady_clock::now() >= end; }
};

std::string body_of(const ledger::Event& event)
{
    const json::object body{
        {"id", "evt_" + std::to_string(event.seq)},
        {"type", name_of(event)},
        {"seq", event.seq},
        {"stream", event.stream},
        {"entity", event.entity},
        {"version", event.version},
        {"at", to_rfc3339(event.at)},
        {"recorded_at", to_rfc3339(event.recorded_at)},
        {"actor", event.actor},
        {"data", parse_json(event.payload)}};
    return to_canonical_json(body);
}

Courier::Courier(Services services, Sender& sender)
    : services_{std::move(services)}, sender_{sender}
{}

bool Courier::deliver_next()
{
    const Lease lease{random_hex(8), services_.clock.now() + lease_lasts};
    auto webhook = begin(lease);
    if (!webhook)
        return false;
    Turn turn{*std::move(webhook), lease, std::chrono::steady_clock::now() + turn_lasts};
    work(turn);
    services_.database.write([&](db::Tx& tx) {
        give_back(tx, turn.webhook.id, turn.lease.owner, services_.clock.now());
        trim_deliveries(tx, turn.webhook.id);
    });
    return true;
}

std::optional<Webhook> Courier::begin(const Lease& lease)
{
    const auto now = services_.clock.now();
    const auto due = services_.database.read([&](db::Tx& tx) {
        return find_due(tx, now, ledger::find_head(tx).seq);
    });
    if (!due)
        return std::nullopt;
    return services_.database.write([&](db::Tx& tx) -> std::optional<Webhook> {
        if (!take_lease(tx, due->id, lease, now))
            return std::nullopt;
        return find_webhook(tx, due->id);
    });
}

void Courier::work(Turn& turn)
{
    while (!turn.is_over()) {
        const auto events = services_.database.read([&](db::Tx& tx) {
            return ledger::list_after(tx, turn.webhook.cursor, page);
        });
        for (const auto& event : events) {
            if (!wants(turn.webhook.events, event.stream, event.kind))
                continue;
            if (turn.is_over() || !deliver(turn, event))
                return;
        }
        if (events.empty() || !skip_to(turn, events.back().seq))
            return;
        if (std::ssize(events) < page)
            return;
    }
}

/// Past events that nobody asked for.
bool Courier::skip_to(Turn& turn, std::int64_t seq)
{
    if (turn.webhook.cursor == seq)
        return true;
    turn.lease.until = services_.clock.now() + lease_lasts;
    turn.webhook.cursor = seq;
    return services_.database.write([&](db::Tx& tx) {
        return advance(tx, turn.webhook.id, turn.lease, seq);
    });
}

bool Courier::deliver(Turn& turn, const ledger::Event& event)
{
    const auto secrets =
        services_.database.read([&](db::Tx& tx) { return find_secrets(tx, turn.webhook.id); });
    if (!secrets)
        return false;
    auto delivery = attempt(
        turn.webhook,
        turn.webhook.failures + 1,
        parcel(turn.webhook, *secrets, name_of(event), body_of(event))
    );
    delivery.event_seq = event.seq;
    turn.lease.until = services_.clock.now() + lease_lasts;
    return services_.database.write([&](db::Tx& tx) {
        auto current = find_webhook(tx, turn.webhook.id);
        if (!current)
            return false;
        turn.webhook = *std::move(current);
        delivery.id = DeliveryId{services_.ledger.next_id()};
        insert_delivery(tx, delivery);
        if (delivery.outcome != Outcome::delivered) {
            fail(tx, turn);
            return false;
        }
        turn.webhook.cursor = event.seq;
        turn.webhook.failures = 0;
        return advance(tx, turn.webhook.id, turn.lease, event.seq) &&
               turn.webhook.state == WebhookState::active;
    });
}

void Courier::fail(db::Tx& tx, Turn& turn)
{
    auto& webhook = turn.webhook;
    ++webhook.failures;
    webhook.next_attempt_at = services_.clock.now() + pause_after(webhook.failures, chance());
    if (!postpone(tx, webhook, turn.lease.owner))
        return;
    if (webhook.failures < max_failures || webhook.state != WebhookState::active)
        return;
    webhook.state = WebhookState::stopped;
    ++webhook.version;
    update_webhook(tx, webhook);
    record(services_, tx, webhook, "webhook_stopped", "system");
    services_.on_stopped(tx, webhook);
}

Parcel Courier::parcel(
    const Webhook& webhook,
    const Secrets& secrets,
    std::string event,
    std::string body
) const
{
    const auto now = services_.clock.now();
    std::vector<std::string> keys{secrets.current};
    if (!secrets.former.empty() && now < secrets.former_until)
        keys.push_back(secrets.former);
    auto signed_with = signature(keys, now, body);
    return {webhook.url, std::move(event), std::move(signed_with), std::move(body)};
}

Delivery Courier::attempt(const Webhook& webhook, std::int64_t number, const Parcel& parcel) const
{
    const auto at = services_.clock.now();
    auto reply = sender_.post(parcel);
    return {
        {},
        webhook.id,
        0,
        parcel.event,
        number,
        at,
        reply.duration_ms,
        reply.outcome,
        reply.status,
        std::move(reply.excerpt)};
}

Result<Delivery> Courier::ping(WebhookId id)
{
    return send_by_hand(id, std::nullopt);
}

Result<Delivery> Courier::redeliver(WebhookId id, DeliveryId delivery)
{
    return send_by_hand(id, delivery);
}

Result<Delivery> Courier::send_by_hand(WebhookId id, std::optional<DeliveryId> again)
{
    struct Load {
        std::optional<Webhook> webhook;
        std::optional<Secrets> secrets;
        std::optional<ledger::Event> event;
    };
    const auto load = services_.database.read([&](db::Tx& tx) {
        Load found{find_webhook(tx, id), find_secrets(tx, id), {}};
        const auto before = again ? find_delivery(tx, id, *again) : std::nullopt;
        if (before && before->event_seq > 0)
            found.event = ledger::list_after(tx, before->event_seq - 1, 1).at(0);
        return found;
    });
    if (!load.webhook || !load.secrets)
        return deny(Denial::not_found, "webhook_not_found");
    if (again && !load.event)
        return deny(Denial::not_found, "webhook_delivery_not_found");
    if (!by_hand_.try_acquire())
        return deny(Denial::too_many, "webhook_busy");
    const FreePlace place{by_hand_};
    auto delivery = attempt(
        *load.webhook,
        0,
        load.event
            ? parcel(*load.webhook, *load.secrets, name_of(*load.event), body_of(*load.event))
            : parcel(*load.webhook, *load.secrets, "ping", ping_body(services_.clock.now()))
    );
    delivery.event_seq = load.event ? load.event->seq : 0;
    return services_.database.write([&](db::Tx& tx) -> Result<Delivery> {
        if (!find_webhook(tx, id))
            return deny(Denial::not_found, "webhook_not_found");
        delivery.id = DeliveryId{services_.ledger.next_id()};
        insert_delivery(tx, delivery);
        trim_deliveries(tx, id);
        return delivery;
    });
}

}  // namespace redress::webhooks
