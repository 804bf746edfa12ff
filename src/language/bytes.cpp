#include "language/bytes.hpp"

#include "base/hash.hpp"

#include <bit>

namespace redress::language {
namespace {

constexpr std::size_t checksum_size = 64;

}  // namespace

void ByteWriter::put_number(std::uint64_t value)
{
    for (; value >= 0x80; value >>= 7)
        put_byte(static_cast<std::uint8_t>(value | 0x80));
    put_byte(static_cast<std::uint8_t>(value));
}

void ByteWriter::put_real(float value)
{
    const auto bits = std::bit_cast<std::uint32_t>(value);
    for (unsigned shift = 0; shift < 32; shift += 8)
        put_byte(static_cast<std::uint8_t>(bits >> shift));
}

void ByteWriter::put_text(std::string_view text)
{
    put_number(text.size());
    bytes_ += text;
}

std::uint8_t ByteReader::byte()
{
    if (rest_.empty()) {
        is_whole_ = false;
        return 0;
    }
    const auto value = static_cast<std::uint8_t>(rest_.front());
    rest_.remove_prefix(1);
    return value;
}

std::uint64_t ByteReader::number()
{
    std::uint64_t value = 0;
    for (unsigned shift = 0; shift < 64; shift += 7) {
        const std::uint64_t part = byte();
        value |= (part & 0x7F) << shift;
        if (part < 0x80)
            return value;
    }
    is_whole_ = false;
    return 0;
}

std::size_t ByteReader::count(std::size_t limit)
{
    const std::uint64_t value = number();
    if (value <= limit)
        return value;
    is_whole_ = false;
    return 0;
}

float ByteReader::real()
{
    std::uint32_t bits = 0;
    for (unsigned shift = 0; shift < 32; shift += 8)
        bits |= std::uint32_t{byte()} << shift;
    return std::bit_cast<float>(bits);
}

std::string_view ByteReader::text()
{
    const std::uint64_t size = number();
    if (size > rest_.size()) {
        is_whole_ = false;
        return {};
    }
    const auto text = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return text;
}

std::string sealed(std::string_view heading, std::string_view bytes)
{
    std::string file{heading};
    file += '\n';
    file += bytes;
    return file + sha256_hex(bytes);
}

std::string_view unsealed(std::string_view heading, std::string_view file)
{
    const std::size_t around = heading.size() + 1 + checksum_size;
    if (file.size() < around || !file.starts_with(heading) || file[heading.size()] != '\n')
        return {};
    const auto bytes = file.substr(heading.size() + 1, file.size() - around);
    return sha256_hex(bytes) == file.substr(file.size() - checksum_size) ? bytes
                                                                         : std::string_view{};
}

}  // namespace redress::language
