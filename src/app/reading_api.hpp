#pragma once

#include "base/clock.hpp"
#include "http/route.hpp"
#include "policy/library.hpp"

namespace redress::app {

/// GET /api/v1/policies and one of them: every rule as a sentence, with its reference; and what is
/// soon wrong with them.
[[nodiscard]] http::RouteTable policy_routes(const policy::Library& policies, const Clock& clock);
/// GET /api/v1/coach/rules: what the coach looks for in a reply, and why.
[[nodiscard]] http::RouteTable coach_routes();
/// GET /api/v1/catalogue: the texts of the pages in a language, for everybody.
[[nodiscard]] http::RouteTable catalogue_routes();

}  // namespace redress::app
