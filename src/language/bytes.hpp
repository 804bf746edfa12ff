#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace redress::language {

/// Writes numbers and texts one after the other, little end first.
class ByteWriter {
public:
    void put_byte(std::uint8_t value) { bytes_ += static_cast<char>(value); }
    /// 7 bits a byte, the least first.
    void put_number(std::uint64_t value);
    void put_real(float value);
    void put_text(std::string_view text);
    [[nodiscard]] const std::string& bytes() const { return bytes_; }

private:
    std::string bytes_;
};

/// Reads what a ByteWriter wrote. What is missing reads as 0 and makes is_whole() false; nothing
/// throws and nothing is read beyond the end.
class ByteReader {
public:
    explicit ByteReader(std::string_view bytes) : rest_{bytes} {}

    [[nodiscard]] std::uint8_t byte();
    [[nodiscard]] std::uint64_t number();
    /// A number that may not be larger than `limit`.
    [[nodiscard]] std::size_t count(std::size_t limit);
    [[nodiscard]] float real();
    [[nodiscard]] std::string_view text();
    [[nodiscard]] std::string_view rest() const { return rest_; }
    [[nodiscard]] bool is_whole() const { return is_whole_; }
    [[nodiscard]] bool is_at_end() const { return rest_.empty(); }

private:
    std::string_view rest_;
    bool is_whole_{true};
};

/// Puts a heading of one line before the bytes and their SHA-256 after them.
[[nodiscard]] std::string sealed(std::string_view heading, std::string_view bytes);
/// What sealed() was given, or nothing when heading or checksum are others.
[[nodiscard]] std::string_view unsealed(std::string_view heading, std::string_view file);

}  // namespace redress::language
