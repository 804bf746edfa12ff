#pragma once

#include "base/refusal.hpp"

#include <cstddef>
#include <span>
#include <string_view>

namespace redress::staff {

inline constexpr std::size_t min_password_code_points = 8;
/// More is refused before anything is computed from it.
inline constexpr std::size_t max_password_bytes = 1024;

/// Whether a new password will do: long enough, not too long, UTF-8, not one that everybody tries
/// first, not the login. There are no rules about digits or signs (NIST SP 800-63B 5.1.1.2).
/// `field` is the input the refusal speaks of.
[[nodiscard]] Result<void>
check_new_password(std::string_view password, std::string_view login, std::string_view field);

/// One of the passwords that are tried first: on the list, a listed word with digits and signs
/// behind it, one character or a short piece over and over, or a run such as "87654321".
[[nodiscard]] bool is_common_password(std::string_view password);

/// The list, lower case and ascending; and words that stay common with anything but letters behind.
[[nodiscard]] std::span<const std::string_view> common_passwords();
[[nodiscard]] std::span<const std::string_view> common_password_words();

}  // namespace redress::staff
