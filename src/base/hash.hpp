#pragma once

#include <cstddef>
#include <initializer_list>
#include <string>
#include <string_view>

namespace redress {

/// SHA-256 of the parts one after the other, as 64 lower-case hexadecimal digits.
[[nodiscard]] std::string sha256_hex(std::initializer_list<std::string_view> parts);
[[nodiscard]] inline std::string sha256_hex(std::string_view text)
{
    return sha256_hex({text});
}

/// `bytes` random bytes of the operating system as hexadecimal digits. Throws std::runtime_error
/// when there are none.
[[nodiscard]] std::string random_hex(std::size_t bytes);

/// Equal without telling by its duration where they differ.
[[nodiscard]] bool equal_in_constant_time(std::string_view a, std::string_view b);

}  // namespace redress
