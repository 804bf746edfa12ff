#pragma once

#include <string>
#include <string_view>

namespace redress::intake {

/// RFC 4648, section 4, with padding.
[[nodiscard]] std::string to_base64(std::string_view bytes);
/// The bytes of what to_base64 made; throws std::runtime_error for anything else.
[[nodiscard]] std::string from_base64(std::string_view text);

}  // namespace redress::intake
