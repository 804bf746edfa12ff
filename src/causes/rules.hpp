#pragma once

#include "base/refusal.hpp"
#include "causes/model.hpp"

#include <span>
#include <string_view>
#include <vector>

namespace redress::causes {

/// Whether the cause fits into the tree of the others, everything wrong with it at once:
/// "cause_code", "cause_taken", "cause_name", "cause_regulator_code", "cause_parent_unknown",
/// "cause_circle", "cause_too_deep". One with the same id is the one that it replaces.
[[nodiscard]] Result<Cause> checked(Cause cause, std::span<const Cause> others);

/// The tree a house begins with, parents first. Throws std::runtime_error with the line when the
/// text does not hold together.
[[nodiscard]] std::vector<Cause> read_causes(std::string_view toml);
/// The one that is built in.
[[nodiscard]] const std::vector<Cause>& default_causes();

}  // namespace redress::causes
