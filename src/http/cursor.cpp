#include "http/cursor.hpp"

#include "base/hash.hpp"

#include <array>
#include <cstdint>
#include <optional>

namespace redress::http {
namespace {

constexpr std::string_view alphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::size_t sum_digits = 8;
constexpr std::size_t max_cursor_bytes = 2'000;

std::string to_base64url(std::string_view bytes)
{
    std::string text;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char byte : bytes) {
        bits = (bits << 8U) | static_cast<unsigned char>(byte);
        for (held += 8; held >= 6;) {
            held -= 6;
            text += alphabet[(bits >> held) & 63U];
        }
    }
    if (held > 0)
        text += alphabet[(bits << (6 - held)) & 63U];
    return text;
}

/// nullopt unless to_base64url would give exactly this text.
std::optional<std::string> from_base64url(std::string_view text)
{
    std::string bytes;
    std::uint32_t bits = 0;
    unsigned held = 0;
    for (const char c : text) {
        const auto digit = alphabet.find(c);
        if (digit == std::string_view::npos)
            return std::nullopt;
        bits = (bits << 6U) | static_cast<std::uint32_t>(digit);
        held += 6;
        if (held < 8)
            continue;
        held -= 8;
        bytes += static_cast<char>((bits >> held) & 255U);
    }
    return to_base64url(bytes) == text ? std::optional{bytes} : std::nullopt;
}

std::string sum_of(std::string_view json)
{
    return sha256_hex(json).substr(0, sum_digits);
}

}  // namespace

std::string seal_cursor(std::string_view json)
{
    return to_base64url(sum_of(json) + std::string{json});
}

Result<std::string> open_cursor(std::string_view cursor)
{
    const auto bytes = cursor.size() <= max_cursor_bytes ? from_base64url(cursor) : std::nullopt;
    if (!bytes || bytes->size() < sum_digits)
        return deny(Denial::invalid, "cursor_invalid", "cursor");
    auto json = bytes->substr(sum_digits);
    if (sum_of(json) != std::string_view{*bytes}.substr(0, sum_digits))
        return deny(Denial::invalid, "cursor_invalid", "cursor");
    return json;
}

}  // namespace redress::http
