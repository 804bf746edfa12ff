#pragma once

#include "cases/model.hpp"
#include "policy/clocks.hpp"

#include <vector>

namespace redress::cases {

/// The clocks that the case would have by `now`, had it lived under this pack from the beginning.
/// What happened is taken from its history, what the rules ask about it from how it stands now;
/// extensions, which belong to the pack they were granted under, are left out.
[[nodiscard]] std::vector<policy::Clock>
replayed(const Case& value, const policy::Pack& pack, Instant now);

}  // namespace redress::cases
