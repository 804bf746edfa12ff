#pragma once

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "webhooks/model.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::webhooks {

/// What a person may set.
struct WebhookDraft {
    std::string name;
    std::string url;
    std::vector<std::string> events;
};

/// Everything that is wrong with it at once: "webhook_name", "webhook_url",
/// "webhook_events_missing", "webhook_event_unknown". The address itself is judged when it is
/// connected to.
[[nodiscard]] Result<WebhookDraft> checked(WebhookDraft draft);

/// Every event that can be asked for by name.
[[nodiscard]] const std::vector<std::string>& known_events();

/// Whether one of the patterns ("case.closed", "case.*", "*") asks for the event.
[[nodiscard]] bool
wants(const std::vector<std::string>& patterns, std::string_view stream, std::string_view kind);

/// After so many failures in a row, about a day, the subscription is stopped.
inline constexpr std::int64_t max_failures = 16;

/// How long to wait after the nth failure in a row: 5 s doubled each time, at most six hours, of
/// which `chance` (0 to 1) takes away up to half, so that many do not come back at once.
[[nodiscard]] Micros pause_after(std::int64_t failures, double chance);

/// `t=<seconds>,v1=<hex>`, one v1 for each secret: HMAC-SHA-256 over "<seconds>.<body>".
[[nodiscard]] std::string
signature(const std::vector<std::string>& secrets, Instant at, std::string_view body);

}  // namespace redress::webhooks
