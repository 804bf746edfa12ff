#pragma once

#include "http/route.hpp"
#include "staff/services.hpp"

/// People, teams, leave, keys and one's own account over HTTP. The actor of a call is a
/// staff::Caller (see api_authenticate.hpp); Route::permission is the name of a Permission.
namespace redress::staff {

/// `services` outlives the routes.
[[nodiscard]] http::RouteTable routes(Services& services);

}  // namespace redress::staff
