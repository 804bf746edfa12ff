#pragma once

#include "desk/api.hpp"

namespace redress::desk {

/// POST /api/v1/cases/{case_id}/review: what the coach says to a draft for this case (E3, E4), and
/// what the customer seems to feel (D2). Writes nothing.
[[nodiscard]] http::Route review_route(const Services& services);

}  // namespace redress::desk
