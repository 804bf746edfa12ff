#pragma once

#include "desk/api.hpp"

namespace redress::desk {

/// POST and DELETE /api/v1/cases/{case_id}/presence: one is there, writes, or has gone (B5).
[[nodiscard]] http::RouteTable presence_routes(const Services& services);

}  // namespace redress::desk
