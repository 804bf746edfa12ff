#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "ledger/ledger.hpp"
#include "webhooks/model.hpp"

#include <functional>
#include <string>

namespace redress::webhooks {

/// What the slice works with; references outlive it.
struct Services {
    db::Database& database;
    ledger::Ledger& ledger;
    const Clock& clock;
    /// Inside the transaction that stops a subscription: who has to know.
    std::function<void(db::Tx&, const Webhook&)> on_stopped;
};

/// Appends what happened to the subscription to the chain, under its version.
void record(
    const Services& services,
    db::Tx& tx,
    const Webhook& webhook,
    std::string_view kind,
    const std::string& by
);

}  // namespace redress::webhooks
