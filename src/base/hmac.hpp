#pragma once

#include <string>
#include <string_view>

namespace redress {

/// HMAC-SHA-256 (RFC 2104) as 64 lower-case hexadecimal digits. Throws std::runtime_error when the
/// cryptographic library has none.
[[nodiscard]] std::string hmac_sha256_hex(std::string_view key, std::string_view text);

}  // namespace redress
