#include "base/base64.hpp"

#include "base/require.hpp"

#include <algorithm>
#include <openssl/evp.h>

namespace redress {
namespace {

constexpr std::size_t most_bytes = std::size_t{1} << 30U;

// OpenSSL speaks of bytes as unsigned char.
const unsigned char* bytes_of(std::string_view text)
{
    return reinterpret_cast<const unsigned char*>(text.data());
}

unsigned char* bytes_of(std::string& text)
{
    return reinterpret_cast<unsigned char*>(text.data());
}

void swap_alphabet(std::string& text, std::string_view from, std::string_view to)
{
    for (std::size_t i = 0; i < from.size(); ++i)
        std::ranges::replace(text, from[i], to[i]);
}

std::size_t padding_of(std::string_view text)
{
    return text.ends_with("==") ? 2 : text.ends_with('=') ? 1 : 0;
}

}  // namespace

std::string to_base64(std::string_view bytes)
{
    REQUIRE_THAT(bytes.size() <= most_bytes);
    std::string text((bytes.size() + 2) / 3 * 4 + 1, '\0');
    const int size =
        EVP_EncodeBlock(bytes_of(text), bytes_of(bytes), static_cast<int>(bytes.size()));
    text.resize(static_cast<std::size_t>(size));
    return text;
}

std::optional<std::string> from_base64(std::string_view text)
{
    if (text.size() % 4 != 0 || text.size() > most_bytes)
        return std::nullopt;
    std::string bytes(text.size() / 4 * 3, '\0');
    const int size =
        EVP_DecodeBlock(bytes_of(bytes), bytes_of(text), static_cast<int>(text.size()));
    const auto padding = padding_of(text);
    if (size < static_cast<int>(padding))
        return std::nullopt;
    bytes.resize(static_cast<std::size_t>(size) - padding);
    // The library forgives blanks and stray bits; one text for the same bytes is enough.
    return to_base64(bytes) == text ? std::optional{std::move(bytes)} : std::nullopt;
}

std::string to_base64url(std::string_view bytes)
{
    auto text = to_base64(bytes);
    text.resize(text.size() - padding_of(text));
    swap_alphabet(text, "+/", "-_");
    return text;
}

std::optional<std::string> from_base64url(std::string_view text)
{
    if (text.find_first_of("+/=") != std::string_view::npos)
        return std::nullopt;
    std::string padded{text};
    swap_alphabet(padded, "-_", "+/");
    padded.append((4 - padded.size() % 4) % 4, '=');
    return from_base64(padded);
}

}  // namespace redress
