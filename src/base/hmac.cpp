#include "base/hmac.hpp"

#include <fmt/format.h>

#include <array>
#include <openssl/evp.h>
#include <openssl/hmac.h>
#include <stdexcept>

namespace redress {

std::string hmac_sha256_hex(std::string_view key, std::string_view text)
{
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    // Reading the text as unsigned char is what the C interface asks for.
    const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
    if (HMAC(
            EVP_sha256(),
            key.data(),
            static_cast<int>(key.size()),
            bytes,
            text.size(),
            digest.data(),
            &size
        ) == nullptr)
        throw std::runtime_error{"HMAC is not available in the cryptographic library"};
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

}  // namespace redress
