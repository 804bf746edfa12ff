#pragma once

#include "app/verification.hpp"
#include "db/database.hpp"
#include "http/route.hpp"

namespace redress::app {

/// The chain page by page, from either end, with hashes and without what is personal; and whether
/// it holds.
[[nodiscard]] http::RouteTable audit_routes(db::Database& database, Verification& verification);

}  // namespace redress::app
