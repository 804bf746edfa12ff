#include "base/digest.hpp"

#include <fmt/format.h>

#include <array>
#include <istream>
#include <openssl/evp.h>
#include <stdexcept>
#include <vector>

namespace redress {

struct Sha256::Context {
    EVP_MD_CTX* raw{EVP_MD_CTX_new()};

    Context() = default;
    ~Context() { EVP_MD_CTX_free(raw); }
    Context(const Context&) = delete;
    Context& operator=(const Context&) = delete;

    static void expect(int answer)
    {
        if (answer != 1)
            throw std::runtime_error{"SHA-256 is not available in the cryptographic library"};
    }
};

Sha256::Sha256() : context_{std::make_unique<Context>()}
{
    Context::expect(EVP_DigestInit_ex(context_->raw, EVP_sha256(), nullptr));
}

Sha256::~Sha256() = default;

void Sha256::add(std::string_view bytes)
{
    Context::expect(EVP_DigestUpdate(context_->raw, bytes.data(), bytes.size()));
    size_ += bytes.size();
}

std::string Sha256::finish()
{
    std::array<unsigned char, 32> digest{};
    unsigned size = 0;
    Context::expect(EVP_DigestFinal_ex(context_->raw, digest.data(), &size));
    return fmt::format("{:02x}", fmt::join(digest, ""));
}

std::string sha256_of(std::istream& stream)
{
    constexpr std::size_t piece_size = std::size_t{256} * 1024;
    Sha256 digest;
    std::vector<char> piece(piece_size);
    while (stream) {
        stream.read(piece.data(), static_cast<std::streamsize>(piece.size()));
        digest.add({piece.data(), static_cast<std::size_t>(stream.gcount())});
    }
    if (stream.bad())
        throw std::runtime_error{"a file could not be read to its end"};
    return digest.finish();
}

}  // namespace redress
