#pragma once

#include "desk/api.hpp"

namespace redress::desk {

/// GET /api/v1/search: cases by what was written in them, newest first.
[[nodiscard]] http::Route search_route(const Services& services);

}  // namespace redress::desk
