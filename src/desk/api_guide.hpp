#pragma once

#include "desk/api.hpp"

namespace redress::desk {

/// GET /api/v1/cases/{case_id}/guide: the steps of the conversation, which are done, and what helps
/// with this need and type (E1, E7, D3).
[[nodiscard]] http::Route guide_route(const Services& services);

}  // namespace redress::desk
