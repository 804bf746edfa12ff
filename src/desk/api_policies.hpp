#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "http/route.hpp"
#include "policy/library.hpp"

#include <functional>
#include <vector>

namespace redress::desk {

/// What trying out policies needs; references outlive the routes.
struct PolicyServices {
    db::Database& database;
    const Clock& clock;
    const policy::Library& policies;
    /// The files the policies were read from.
    std::function<std::vector<policy::SourceFile>()> files;
};

/// A pack under test is checked, read as sentences and tried on the cases received lately; nothing
/// is stored. And the calendars of a pack.
[[nodiscard]] http::RouteTable policy_trial_routes(const PolicyServices& services);

}  // namespace redress::desk
