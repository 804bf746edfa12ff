#include "base/hash.hpp"

#include <array>
#include <memory>
#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/rand.h>
#include <stdexcept>

namespace redress {
namespace {

std::string to_hex(const unsigned char* bytes, std::size_t size)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    std::string hex(size * 2, '0');
    for (std::size_t i = 0; i < size; ++i) {
        hex[2 * i] = digits[bytes[i] >> 4U];
        hex[2 * i + 1] = digits[bytes[i] & 15U];
    }
    return hex;
}

struct FreeContext {
    void operator()(EVP_MD_CTX* context) const { EVP_MD_CTX_free(context); }
};

struct FreeDigest {
    void operator()(EVP_MD* digest) const { EVP_MD_free(digest); }
};

/// Fetched once: looking the algorithm up costs more than hashing an event.
const EVP_MD* sha256()
{
    static const std::unique_ptr<EVP_MD, FreeDigest> digest{
        EVP_MD_fetch(nullptr, "SHA256", nullptr)};
    return digest.get();
}

}  // namespace

std::string sha256_hex(std::initializer_list<std::string_view> parts)
{
    thread_local const std::unique_ptr<EVP_MD_CTX, FreeContext> context{EVP_MD_CTX_new()};
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    bool good =
        context && sha256() != nullptr && EVP_DigestInit_ex2(context.get(), sha256(), nullptr) == 1;
    for (const auto part : parts)
        good = good && EVP_DigestUpdate(context.get(), part.data(), part.size()) == 1;
    if (!good || EVP_DigestFinal_ex(context.get(), digest.data(), &size) != 1)
        throw std::runtime_error{"SHA-256 is not available in the cryptographic library"};
    return to_hex(digest.data(), digest.size());
}

std::string random_hex(std::size_t bytes)
{
    std::string raw(bytes, '\0');
    // Reading the object representation as unsigned char is what the C interface asks for.
    auto* data = reinterpret_cast<unsigned char*>(raw.data());
    if (RAND_bytes(data, static_cast<int>(bytes)) != 1)
        throw std::runtime_error{"the operating system gives no random bytes"};
    return to_hex(data, bytes);
}

bool equal_in_constant_time(std::string_view a, std::string_view b)
{
    return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace redress
