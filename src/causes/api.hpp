#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "http/route.hpp"
#include "ledger/ledger.hpp"

/// The tree of causes over HTTP. The actor of a call is a staff::Caller.
namespace redress::causes {

/// References outlive the routes.
struct Services {
    db::Database& database;
    ledger::Ledger& ledger;
    const Clock& clock;
};

[[nodiscard]] http::RouteTable routes(const Services& services);

}  // namespace redress::causes
