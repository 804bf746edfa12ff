#pragma once

#include "base/refusal.hpp"
#include "webhooks/rules_delivery.hpp"
#include "webhooks/services.hpp"

#include <optional>
#include <string>

/// Every change of a subscription by a person, written with its event. Secrets never enter the
/// chain. Whether the caller may is asked before, by the route.
namespace redress::webhooks {

/// Subscriptions a house may have.
inline constexpr std::int64_t max_webhooks = 50;
/// How long a replaced secret goes on signing.
inline constexpr std::chrono::hours former_secret_lasts{24};

struct By {
    StaffId staff;
    std::string name;
};

struct MadeWebhook {
    Webhook webhook;
    std::string secret;  ///< told once and never again
};
/// `after`: seq of the last event that the receiver has already; unset begins with what comes next.
[[nodiscard]] Result<MadeWebhook> create_webhook(
    const Services& services,
    const WebhookDraft& draft,
    std::optional<std::int64_t> after,
    const By& by
);

struct WebhookPatch {
    std::optional<std::string> name;
    std::optional<std::string> url;
    std::optional<std::vector<std::string>> events;
    std::optional<bool> is_active;
};
/// A subscription that is set to work again, or gets another address, is tried at once.
[[nodiscard]] Result<Webhook> change_webhook(
    const Services& services,
    WebhookId id,
    std::int64_t seen_version,
    const WebhookPatch& patch,
    const By& by
);
[[nodiscard]] Result<void> remove_webhook(const Services& services, WebhookId id, const By& by);
/// A new secret; the one before signs too for former_secret_lasts.
[[nodiscard]] Result<std::string>
renew_secret(const Services& services, WebhookId id, const By& by);

}  // namespace redress::webhooks
