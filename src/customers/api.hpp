#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "http/route.hpp"
#include "ledger/ledger.hpp"

/// Customers over HTTP. The actor of a call is a staff::Caller; whoever lacks the permission
/// `sensitive_read` sees contacts masked and no notes.
namespace redress::customers {

/// References outlive the routes.
struct Services {
    db::Database& database;
    ledger::Ledger& ledger;
    const Clock& clock;
};

[[nodiscard]] http::RouteTable routes(const Services& services);

}  // namespace redress::customers
