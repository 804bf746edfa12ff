#include "portal/seal.hpp"

#include "base/base64.hpp"
#include "base/hash.hpp"
#include "base/hmac.hpp"
#include "base/text.hpp"

#include <fmt/format.h>

#include <charconv>

namespace redress::portal {
namespace {

constexpr std::size_t nonce_bytes = 16;
constexpr std::size_t link_bytes = 32;
constexpr std::size_t signature_size = 43;  ///< 32 bytes as base64url

std::optional<std::int64_t> to_number(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

/// Hexadecimal digits as base64url.
std::string shortened(std::string_view digits)
{
    std::string bytes;
    for (std::size_t i = 0; i < digits.size(); i += 2) {
        unsigned value = 0;
        std::from_chars(digits.data() + i, digits.data() + i + 2, value, 16);
        bytes += static_cast<char>(value);
    }
    return to_base64url(bytes);
}

}  // namespace

std::string Seal::sign(std::string_view text) const
{
    return shortened(hmac_sha256_hex(secret_, text));
}

std::string Seal::form(std::string_view purpose, Instant now) const
{
    const auto said = fmt::format("{}.{}", now.us, random_hex(nonce_bytes));
    return said + "." + sign(fmt::format("form.{}.{}", purpose, said));
}

std::optional<SealedForm>
Seal::open_form(std::string_view token, std::string_view purpose, Instant now) const
{
    const auto parts = split(token, '.');
    if (parts.size() != 3 || parts[1].size() != 2 * nonce_bytes ||
        parts[2].size() != signature_size)
        return std::nullopt;
    const auto said = token.substr(0, token.rfind('.'));
    const auto issued = to_number(parts[0]);
    const bool is_ours =
        equal_in_constant_time(parts[2], sign(fmt::format("form.{}.{}", purpose, said)));
    if (!is_ours || !issued || now - Instant{*issued} > form_lifetime)
        return std::nullopt;
    return SealedForm{{*issued}, std::string{parts[1]}};
}

std::string Seal::link_of(const SealedForm& form) const
{
    return sign("link." + form.nonce);
}

std::string random_link()
{
    return shortened(random_hex(link_bytes));
}

std::string hash_of_link(std::string_view token)
{
    return sha256_hex({"portal link ", token});
}

}  // namespace redress::portal
