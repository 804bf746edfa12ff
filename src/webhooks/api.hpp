#pragma once

#include "http/route.hpp"
#include "webhooks/courier.hpp"
#include "webhooks/services.hpp"

/// Subscriptions over HTTP. The actor of a call is a staff::Caller.
namespace redress::webhooks {

/// The courier outlives the routes.
[[nodiscard]] http::RouteTable routes(const Services& services, Courier& courier);

}  // namespace redress::webhooks
