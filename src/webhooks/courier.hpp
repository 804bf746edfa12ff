#pragma once

#include "base/refusal.hpp"
#include "webhooks/sender.hpp"
#include "webhooks/services.hpp"
#include "webhooks/store.hpp"

#include <chrono>
#include <semaphore>
#include <string>

namespace redress::webhooks {

/// Brings events to those who asked for them.
///
///   due ──lease──▶ event after the cursor ──2xx──▶ cursor moves, next event
///    ▲                     │ else                        │ none left, or the turn is over
///    ├──pause, doubled─────┘ └──max_failures──▶ stopped  │
///    └───────────────────────────────────────────────────┘
///
/// A subscription is worked on by whoever holds its lease, over all nodes, so its events come one
/// at a time in the order of the chain. What was answered but not written down, because the program
/// ended between the two, is sent again under the same id. Any thread; throws db::Fault.
class Courier {
public:
    /// A lease outlives the longest attempt by far, and ends soon enough when a node is gone.
    static constexpr std::chrono::seconds lease_lasts{60};
    /// Then the next subscription has its turn.
    static constexpr std::chrono::seconds turn_lasts{5};

    Courier(Services services, Sender& sender);

    /// One turn for the subscription that has waited longest; false when none has anything to get.
    bool deliver_next();

    /// Sends a test, whatever the state of the subscription; the answer is in the log too.
    [[nodiscard]] Result<Delivery> ping(WebhookId id);
    /// Sends the event of a delivery once more; the cursor stays where it is.
    [[nodiscard]] Result<Delivery> redeliver(WebhookId id, DeliveryId delivery);

private:
    struct Turn;
    [[nodiscard]] std::optional<Webhook> begin(const Lease& lease);
    void work(Turn& turn);
    [[nodiscard]] bool deliver(Turn& turn, const ledger::Event& event);
    [[nodiscard]] bool skip_to(Turn& turn, std::int64_t seq);
    void fail(db::Tx& tx, Turn& turn);
    [[nodiscard]] Delivery
    attempt(const Webhook& webhook, std::int64_t number, const Parcel& parcel) const;
    [[nodiscard]] Parcel parcel(
        const Webhook& webhook,
        const Secrets& secrets,
        std::string event,
        std::string body
    ) const;
    [[nodiscard]] Result<Delivery> send_by_hand(WebhookId id, std::optional<DeliveryId> again);

    Services services_;
    Sender& sender_;
    std::counting_semaphore<> by_hand_{2};  ///< attempts that people wait for
};

/// What is posted for an event: its public part, nothing personal.
[[nodiscard]] std::string body_of(const ledger::Event& event);

}  // namespace redress::webhooks
