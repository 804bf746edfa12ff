#pragma once

#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What is told to other programs: each event of the chain that a subscription asks for is posted
/// to its address, in the order of the chain, at least once.
namespace redress::webhooks {

using WebhookId = Id<struct WebhookTag>;
using DeliveryId = Id<struct WebhookDeliveryTag>;

/// active ⇄ paused by a person; active → stopped after too many failures in a row, with a notice
/// to the administrators; stopped → active by a person. Nothing is lost meanwhile.
BOOST_DEFINE_ENUM_CLASS(WebhookState, active, paused, stopped)

/// A subscription.
struct Webhook {
    WebhookId id;
    std::int64_t version{};  ///< number of its events so far
    std::string name;
    std::string url;
    std::vector<std::string> events;  ///< "case.closed", "case.*" or "*"; ascending
    WebhookState state{};
    StaffId created_by;
    Instant created_at;
    std::int64_t cursor{};    ///< seq of the last event that was delivered or not asked for
    std::int64_t failures{};  ///< in a row, of the event after the cursor
    Instant next_attempt_at;
    friend bool operator==(const Webhook&, const Webhook&) = default;
};

/// What a body is signed with. The former secret signs too until its end, so that a receiver can
/// change over without losing anything.
struct Secrets {
    std::string current;
    std::string former;  ///< "" for none
    Instant former_until;
};

/// How an attempt ended. Only `delivered` moves the cursor.
BOOST_DEFINE_ENUM_CLASS(
    Outcome,
    delivered,    ///< answered with 2xx
    refused,      ///< answered with something else; a redirect too, none is followed
    timed_out,    ///< no answer in time
    unreachable,  ///< no connection, no such name, TLS not trusted
    blocked       ///< the address is inside the house or reserved and not allowed
)

/// One attempt, in the log.
struct Delivery {
    DeliveryId id;
    WebhookId webhook;
    std::int64_t event_seq{};  ///< 0 for a test
    std::string event;         ///< "case.closed", "ping"
    std::int64_t attempt{};    ///< 1, 2, …; 0 when a person asked for it
    Instant at;
    std::int64_t duration_ms{};
    Outcome outcome{};
    std::int64_t status{};  ///< of the answer, 0 without one
    std::string excerpt;    ///< the first code points of the answer
};

inline constexpr std::size_t max_name = 100;
inline constexpr std::size_t max_url = 1'000;
inline constexpr std::size_t max_events = 100;
inline constexpr std::size_t max_excerpt = 300;  ///< code points
/// Attempts kept for each subscription.
inline constexpr std::int64_t max_log = 500;

BOOST_DESCRIBE_STRUCT(Secrets, (), (current, former, former_until))
BOOST_DESCRIBE_STRUCT(
    Webhook,
    (),
    (id,
     version,
     name,
     url,
     events,
     state,
     created_by,
     created_at,
     cursor,
     failures,
     next_attempt_at)
)

}  // namespace redress::webhooks
