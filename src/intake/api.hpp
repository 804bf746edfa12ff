#pragma once

#include "http/route.hpp"
#include "intake/import_queue.hpp"

#include <functional>

/// Imports over HTTP. Permission: "import_run".
namespace redress::intake {

/// References outlive the routes.
struct ApiServices {
    db::Database& database;
    ImportQueue& queue;
    std::function<cases::Actor(const http::Call&)> actor_of;
    const Clock& clock;
};

[[nodiscard]] http::RouteTable routes(const ApiServices& services);

}  // namespace redress::intake
