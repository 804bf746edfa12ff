#pragma once

#include "http/wire.hpp"
#include "webhooks/model.hpp"

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace redress::webhooks {

struct NewWebhook {
    static constexpr auto wire_limits = std::to_array<http::Limit>(
        {{"name", 1, max_name}, {"url", 1, max_url}, {"events", 1, max_events}}
    );
    std::string name;
    std::string url;
    std::vector<std::string> events;    ///< "case.closed", "case.*", "*"
    std::optional<std::int64_t> after;  ///< seq of the last event the receiver has already
};

struct WebhookEdit {
    static constexpr auto wire_limits = NewWebhook::wire_limits;
    std::optional<std::string> name;
    std::optional<std::string> url;
    std::optional<std::vector<std::string>> events;
    std::optional<bool> is_active;
};

struct WebhookView {
    WebhookId id;
    std::int64_t version{};
    std::string name;
    std::string url;
    std::vector<std::string> events;
    WebhookState state{};
    StaffId created_by;
    Instant created_at;
    std::int64_t last_seq{};
    std::int64_t behind{};  ///< events of the chain not looked at yet
    std::int64_t failures{};
    std::optional<Instant> next_attempt_at;  ///< while it fails
};

struct WebhookList {
    std::vector<WebhookView> items;
    std::optional<std::string> next_cursor;
};

struct MadeWebhookView {
    WebhookView webhook;
    std::string secret;
};

struct NewSecretView {
    std::string secret;
    Instant former_until;
};

struct DeliveryView {
    DeliveryId id;
    std::int64_t event_seq{};
    std::string event;
    std::int64_t attempt{};
    Instant at;
    std::int64_t duration_ms{};
    Outcome outcome{};
    std::int64_t status{};
    std::string excerpt;
};

struct DeliveryList {
    std::vector<DeliveryView> items;
    std::optional<std::string> next_cursor;
};

struct EventNames {
    std::vector<std::string> items;
};

struct WebhookPlace {
    std::int64_t at{};
};

BOOST_DESCRIBE_STRUCT(NewWebhook, (), (name, url, events, after))
BOOST_DESCRIBE_STRUCT(WebhookEdit, (), (name, url, events, is_active))
BOOST_DESCRIBE_STRUCT(
    WebhookView,
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
     behind,
     failures,
     next_attempt_at)
)
BOOST_DESCRIBE_STRUCT(WebhookList, (), (items, next_cursor))
BOOST_DESCRIBE_STRUCT(MadeWebhookView, (), (webhook, secret))
BOOST_DESCRIBE_STRUCT(NewSecretView, (), (secret, former_until))
BOOST_DESCRIBE_STRUCT(
    DeliveryView,
    (),
    (id, event_seq, event, attempt, at, duration_ms, outcome, status, excerpt)
)
BOOST_DESCRIBE_STRUCT(DeliveryList, (), (items, next_cursor))
BOOST_DESCRIBE_STRUCT(EventNames, (), (items))
BOOST_DESCRIBE_STRUCT(WebhookPlace, (), (at))

}  // namespace redress::webhooks
