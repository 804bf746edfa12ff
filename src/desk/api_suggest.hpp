#pragma once

#include "desk/api.hpp"

namespace redress::desk {

/// GET /api/v1/cases/{case_id}/similar: the same matter before, and how it was settled (A6, E5).
[[nodiscard]] http::Route similar_route(const Services& services);

/// POST /api/v1/suggestions: the category that a text seems to belong to (D3); a person confirms.
[[nodiscard]] http::Route suggest_route(const Services& services);

}  // namespace redress::desk
