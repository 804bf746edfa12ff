#pragma once

#include "db/tx.hpp"
#include "webhooks/model.hpp"

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Rows of subscriptions and their log. Every function throws db::Fault.
namespace redress::webhooks {

void insert_webhook(db::Tx& tx, const Webhook& webhook, std::string_view secret);
[[nodiscard]] std::optional<Webhook> find_webhook(db::Tx& tx, WebhookId id);
/// Ascending by id.
[[nodiscard]] std::vector<Webhook> list_webhooks(db::Tx& tx, WebhookId after, std::int64_t limit);
[[nodiscard]] std::int64_t count_webhooks(db::Tx& tx);
/// What a person changes: everything but the cursor.
void update_webhook(db::Tx& tx, const Webhook& webhook);
/// With its log.
void delete_webhook(db::Tx& tx, WebhookId id);

[[nodiscard]] std::optional<Secrets> find_secrets(db::Tx& tx, WebhookId id);
void update_secrets(db::Tx& tx, WebhookId id, const Secrets& secrets);

/// Who works on a subscription, and until when nobody else may. Whoever lost it writes nothing.
struct Lease {
    std::string owner;
    Instant until;
};
/// The subscription that has waited longest, that nobody works on and that has not been told
/// everything up to `last_seq` of the chain.
[[nodiscard]] std::optional<Webhook> find_due(db::Tx& tx, Instant now, std::int64_t last_seq);
/// False when somebody else was quicker.
[[nodiscard]] bool take_lease(db::Tx& tx, WebhookId id, const Lease& lease, Instant now);
/// Moves the cursor and renews the lease; false when it is not ours any more.
[[nodiscard]] bool advance(db::Tx& tx, WebhookId id, const Lease& lease, std::int64_t seq);
[[nodiscard]] bool postpone(db::Tx& tx, const Webhook& webhook, std::string_view owner);
/// The next turn is not before `now`, so that those who waited longer go first.
void give_back(db::Tx& tx, WebhookId id, std::string_view owner, Instant now);

void insert_delivery(db::Tx& tx, const Delivery& delivery);
[[nodiscard]] std::optional<Delivery> find_delivery(db::Tx& tx, WebhookId webhook, DeliveryId id);
inline constexpr DeliveryId newest{std::numeric_limits<std::int64_t>::max()};
/// Newest first.
[[nodiscard]] std::vector<Delivery>
list_deliveries(db::Tx& tx, WebhookId webhook, DeliveryId before, std::int64_t limit);
/// Keeps the newest max_log.
void trim_deliveries(db::Tx& tx, WebhookId webhook);

}  // namespace redress::webhooks
