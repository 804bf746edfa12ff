#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "http/route.hpp"
#include "ledger/ledger.hpp"
#include "messages/model_outbox.hpp"
#include "staff/model.hpp"

#include <functional>

/// Replies that leave later over HTTP. The actor of a call is a staff::Caller.
namespace redress::messages {

/// References outlive the routes.
struct OutboxServices {
    db::Database& database;
    ledger::Ledger& ledger;
    const Clock& clock;
    /// Whether the case exists for the caller.
    std::function<bool(CaseId, const staff::Caller&)> may_see_case;
    /// What the rules would say to it now; `seen_version` is what the sender had on the screen.
    std::function<
        Result<void>(CaseId, const Outgoing&, const staff::Caller&, std::int64_t seen_version)>
        check;
    std::function<std::string(StaffId)> name_of;
};

[[nodiscard]] http::RouteTable outbox_routes(const OutboxServices& services);

}  // namespace redress::messages
