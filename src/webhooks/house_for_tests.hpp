#pragma once

#include "base/clock.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "ledger/ledger.hpp"
#include "webhooks/changes.hpp"
#include "webhooks/courier.hpp"
#include "webhooks/network.hpp"

#include <functional>
#include <string>
#include <vector>

namespace redress::webhooks {

inline constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z
inline constexpr StaffId ada{1};
inline const By by_ada{ada, "staff:1"};

/// One administrator, an empty chain and a courier that may reach this machine. The members' order
/// matters: the database goes before its ledger.
struct House {
    explicit House(db::Dialect dialect);

    /// Appends an event of a case and gives its seq.
    std::int64_t happen(std::string_view kind, std::int64_t entity = 40);
    MadeWebhook subscribe(
        const std::string& url,
        std::vector<std::string> events = {"*"},
        std::optional<std::int64_t> after = 0
    );
    [[nodiscard]] Webhook reread(WebhookId id);
    [[nodiscard]] std::vector<Delivery> log(WebhookId id);
    /// Turns until nothing is due.
    void deliver_all();

    ledger::Ledger ledger{std::chrono::minutes{480}};
    VirtualClock clock{noon};
    db::TestDatabase database;
    std::vector<std::string> stopped;  ///< names of subscriptions that were stopped
    std::int64_t version{};
    Services services;
    Sender sender;
    Courier courier;
};

void in_each_house(const std::function<void(House&)>& test);

}  // namespace redress::webhooks
