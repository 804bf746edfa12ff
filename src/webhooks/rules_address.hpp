#pragma once

#include <array>
#include <cstdint>
#include <span>

/// Which addresses may be connected to when somebody else chose them: only those of the public
/// internet, so that a subscription cannot be used to reach what stands inside the house. Pure.
namespace redress::webhooks {

/// An IPv6 address in network order; IPv4 as ::ffff:a.b.c.d.
using Address = std::array<std::uint8_t, 16>;

/// Addresses whose first `bits` of 128 are those of `base`.
struct Range {
    Address base{};
    unsigned bits{};
    friend bool operator==(const Range&, const Range&) = default;
};

[[nodiscard]] bool holds(const Range& range, const Address& address);

/// Not loopback, private, link-local, multicast, reserved, nor one of the addresses at which clouds
/// answer their machines (IANA special-purpose registries, RFC 6890). An IPv4 address inside an
/// IPv6 one (mapped, 6to4, NAT64) is judged as itself.
[[nodiscard]] bool is_public(const Address& address);

/// Public, or in a range that the operator allows.
[[nodiscard]] bool may_reach(const Address& address, std::span<const Range> allowed);

}  // namespace redress::webhooks
