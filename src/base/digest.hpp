#pragma once

#include <cstdint>
#include <iosfwd>
#include <memory>
#include <string>
#include <string_view>

namespace redress {

/// SHA-256 of what comes in pieces. One thread.
class Sha256 {
public:
    /// Throws std::runtime_error when the cryptographic library has none.
    Sha256();
    ~Sha256();
    Sha256(const Sha256&) = delete;
    Sha256& operator=(const Sha256&) = delete;

    void add(std::string_view bytes);
    /// 64 lower-case hexadecimal digits; once, after the last piece.
    [[nodiscard]] std::string finish();
    [[nodiscard]] std::uint64_t size() const { return size_; }

private:
    struct Context;
    std::unique_ptr<Context> context_;
    std::uint64_t size_{};
};

/// SHA-256 of a stream up to its end. Throws std::runtime_error when reading fails.
[[nodiscard]] std::string sha256_of(std::istream& stream);

}  // namespace redress
