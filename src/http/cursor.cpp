#include "http/cursor.hpp"

#include "base/base64.hpp"
#include "base/hash.hpp"

#include <optional>

namespace redress::http {
namespace {

constexpr std::size_t sum_digits = 8;
constexpr std::size_t max_cursor_bytes = 2'000;

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
