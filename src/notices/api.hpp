#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "http/route.hpp"

/// One's own notifications over HTTP. The actor of a call is a staff::Caller.
namespace redress::notices {

/// References outlive the routes.
struct Services {
    db::Database& database;
    const Clock& clock;
};

[[nodiscard]] http::RouteTable routes(const Services& services);

}  // namespace redress::notices
