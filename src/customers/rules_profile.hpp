#pragma once

#include "base/refusal.hpp"
#include "customers/model.hpp"

#include <cstddef>
#include <string>
#include <string_view>

namespace redress::customers {

/// The profile in its normal form, or everything that is wrong with it. What stands in `before` was
/// accepted once and is not looked at again. Consents without a time get `now`.
[[nodiscard]] Result<Profile> checked(Profile profile, const Profile& before, Instant now);

[[nodiscard]] Profile with_change(Profile profile, const ProfileChange& change);

/// What leads from one profile to the other.
[[nodiscard]] ProfileChange difference(const Profile& before, const Profile& after);

/// One line without control and direction characters, white space collapsed, cut at `limit` code
/// points.
[[nodiscard]] std::string single_line(std::string_view text, std::size_t limit);

}  // namespace redress::customers
