#include "webhooks/rules_address.hpp"

#include <algorithm>
#include <cstddef>

namespace redress::webhooks {
namespace {

using Octets = std::array<std::uint8_t, 4>;

constexpr std::size_t v4_at = 12;

constexpr Address mapped(Octets v4)
{
    Address address{};
    address[10] = 0xFF;
    address[11] = 0xFF;
    std::ranges::copy(v4, address.begin() + v4_at);
    return address;
}

constexpr Range v4(std::uint8_t a, std::uint8_t b, std::uint8_t c, std::uint8_t d, unsigned bits)
{
    return {mapped({a, b, c, d}), 96 + bits};
}

constexpr Range v6(std::uint16_t first, std::uint16_t second, unsigned bits)
{
    Address address{};
    address[0] = static_cast<std::uint8_t>(first >> 8U);
    address[1] = static_cast<std::uint8_t>(first & 0xFFU);
    address[2] = static_cast<std::uint8_t>(second >> 8U);
    address[3] = static_cast<std::uint8_t>(second & 0xFFU);
    return {address, bits};
}

constexpr std::array reserved_v4{
    v4(0, 0, 0, 0, 8),
    v4(10, 0, 0, 0, 8),
    v4(100, 64, 0, 0, 10),
    v4(127, 0, 0, 0, 8),
    v4(168, 63, 129, 16, 32),  // public by number; a cloud answers its own machines there
    v4(169, 254, 0, 0, 16),
    v4(172, 16, 0, 0, 12),
    v4(192, 0, 0, 0, 24),
    v4(192, 0, 2, 0, 24),
    v4(192, 88, 99, 0, 24),
    v4(192, 168, 0, 0, 16),
    v4(198, 18, 0, 0, 15),
    v4(198, 51, 100, 0, 24),
    v4(203, 0, 113, 0, 24),
    v4(224, 0, 0, 0, 3)};

constexpr Range global_v6 = v6(0x2000, 0, 3);
constexpr Range six_to_four = v6(0x2002, 0, 16);
constexpr Range nat64 = v6(0x0064, 0xFF9B, 96);
constexpr Range mapped_v4 = {mapped({}), 96};

constexpr std::array reserved_v6{
    v6(0x2001, 0x0000, 23),
    v6(0x2001, 0x0DB8, 32),
    v6(0x3FFF, 0x0000, 20)};

Address embedded_v4(const Address& address, std::size_t at)
{
    Octets octets{};
    std::copy_n(address.begin() + static_cast<std::ptrdiff_t>(at), octets.size(), octets.begin());
    return mapped(octets);
}

bool is_in(std::span<const Range> ranges, const Address& address)
{
    return std::ranges::any_of(ranges, [&](const Range& range) { return holds(range, address); });
}

}  // namespace

bool holds(const Range& range, const Address& address)
{
    const std::size_t whole = range.bits / 8;
    const unsigned rest = range.bits % 8;
    if (!std::equal(
            range.base.begin(),
            range.base.begin() + static_cast<std::ptrdiff_t>(whole),
            address.begin()
        ))
        return false;
    const unsigned mask = (0xFF00U >> rest) & 0xFFU;
    return rest == 0 || ((range.base.at(whole) ^ address.at(whole)) & mask) == 0;
}

bool is_public(const Address& address)
{
    if (holds(mapped_v4, address))
        return !is_in(reserved_v4, address);
    if (holds(six_to_four, address))
        return is_public(embedded_v4(address, 2));
    if (holds(nat64, address))
        return is_public(embedded_v4(address, v4_at));
    return holds(global_v6, address) && !is_in(reserved_v6, address);
}

bool may_reach(const Address& address, std::span<const Range> allowed)
{
    return is_public(address) || is_in(allowed, address);
}

}  // namespace redress::webhooks
