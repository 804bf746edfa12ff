#pragma once

#include <optional>
#include <string>
#include <string_view>

/// RFC 4648. Texts of up to a gigabyte; pure.
namespace redress {

/// Section 4, with padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);
/// The bytes of exactly what to_base64 makes; nullopt for any other text.
[[nodiscard]] std::optional<std::string> from_base64(std::string_view text);

/// Section 5, for addresses and file names: `-` and `_`, no padding.
[[nodiscard]] std::string to_base64url(std::string_view bytes);
/// The bytes of exactly what to_base64url makes; nullopt for any other text.
[[nodiscard]] std::optional<std::string> from_base64url(std::string_view text);

}  // namespace redress
