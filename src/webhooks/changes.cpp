#include "webhooks/changes.hpp"

#include "base/described.hpp"
#include "base/hash.hpp"
#include "webhooks/store.hpp"

#include <algorithm>

namespace redress::webhooks {
namespace {

constexpr std::size_t secret_bytes = 32;

std::string new_secret()
{
    return "whsec_" + random_hex(secret_bytes);
}

std::unexpected<Denied> not_found()
{
    return deny(Denial::not_found, "webhook_not_found");
}

WebhookDraft merged(const Webhook& webhook, const WebhookPatch& patch)
{
    return {
        patch.name.value_or(webhook.name),
        patch.url.value_or(webhook.url),
        patch.events.value_or(webhook.events)};
}

Webhook patched(Webhook webhook, WebhookDraft draft, const WebhookPatch& patch, Instant now)
{
    const bool is_elsewhere = webhook.url != draft.url;
    webhook.name = std::move(draft.name);
    webhook.url = std::move(draft.url);
    webhook.events = std::move(draft.events);
    const bool is_awake = patch.is_active == true && webhook.state != WebhookState::active;
    if (patch.is_active)
        webhook.state = *patch.is_active                        ? WebhookState::active
                        : webhook.state == WebhookState::active ? WebhookState::paused
                                                                : webhook.state;
    if (is_elsewhere || is_awake) {
        webhook.failures = 0;
        webhook.next_attempt_at = now;
    }
    return webhook;
}

}  // namespace

void record(
    const Services& services,
    db::Tx& tx,
    const Webhook& webhook,
    std::string_view kind,
    const std::string& by
)
{
    const auto now = services.clock.now();
    const json::object payload{
        {"name", webhook.name},
        {"url", webhook.url},
        {"events", to_doc(webhook.events)},
        {"state", json::string{name_of(webhook.state)}}};
    services.ledger.append(
        tx,
        {.stream = "webhook",
         .entity = webhook.id.value,
         .version = webhook.version,
         .kind = kind,
         .at = now,
         .recorded_at = now,
         .actor = by,
         .payload = to_canonical_json(payload),
         .personal = {}}
    );
}

Result<MadeWebhook> create_webhook(
    const Services& services,
    const WebhookDraft& draft,
    std::optional<std::int64_t> after,
    const By& by
)
{
    const auto good = checked(draft);
    if (!good)
        return std::unexpected{good.error()};
    const auto secret = new_secret();
    return services.database.write([&](db::Tx& tx) -> Result<MadeWebhook> {
        if (count_webhooks(tx) >= max_webhooks)
            return deny(
                Denial::conflict,
                "webhooks_too_many",
                "",
                {{"max", std::to_string(max_webhooks)}}
            );
        const auto now = services.clock.now();
        const auto head = ledger::find_head(tx).seq;
        const Webhook webhook{
            .id = WebhookId{services.ledger.next_id()},
            .version = 1,
            .name = good->name,
            .url = good->url,
            .events = good->events,
            .state = WebhookState::active,
            .created_by = by.staff,
            .created_at = now,
            .cursor = std::clamp<std::int64_t>(after.value_or(head), 0, head),
            .failures = 0,
            .next_attempt_at = now};
        insert_webhook(tx, webhook, secret);
        record(services, tx, webhook, "webhook_created", by.name);
        return MadeWebhook{webhook, secret};
    });
}

Result<Webhook> change_webhook(
    const Services& services,
    WebhookId id,
    std::int64_t seen_version,
    const WebhookPatch& patch,
    const By& by
)
{
    return services.database.write([&](db::Tx& tx) -> Result<Webhook> {
        const auto before = find_webhook(tx, id);
        if (!before)
            return not_found();
        if (before->version != seen_version)
            return deny(Denial::stale, "webhook_stale");
        auto good = checked(merged(*before, patch));
        if (!good)
            return std::unexpected{good.error()};
        auto after = patched(*before, *std::move(good), patch, services.clock.now());
        if (after == *before)
            return after;
        ++after.version;
        update_webhook(tx, after);
        record(services, tx, after, "webhook_changed", by.name);
        return after;
    });
}

Result<void> remove_webhook(const Services& services, WebhookId id, const By& by)
{
    return services.database.write([&](db::Tx& tx) -> Result<void> {
        auto webhook = find_webhook(tx, id);
        if (!webhook)
            return not_found();
        ++webhook->version;
        record(services, tx, *webhook, "webhook_removed", by.name);
        delete_webhook(tx, id);
        return {};
    });
}

Result<std::string> renew_secret(const Services& services, WebhookId id, const By& by)
{
    const auto secret = new_secret();
    return services.database.write([&](db::Tx& tx) -> Result<std::string> {
        auto webhook = find_webhook(tx, id);
        const auto before = find_secrets(tx, id);
        if (!webhook || !before)
            return not_found();
        const auto until = services.clock.now() + former_secret_lasts;
        update_secrets(tx, id, {secret, before->current, until});
        ++webhook->version;
        update_webhook(tx, *webhook);
        record(services, tx, *webhook, "webhook_changed", by.name);
        return secret;
    });
}

}  // namespace redress::webhooks
