#include "webhooks/network.hpp"

#include <algorithm>
#include <arpa/inet.h>
#include <charconv>
#include <cstring>
#include <netinet/in.h>
#include <string>
#include <sys/socket.h>

namespace redress::webhooks {
namespace {

constexpr unsigned v4_prefix = 96;
constexpr unsigned v4_bits = 32;
constexpr unsigned v6_bits = 128;

Address mapped(const in_addr& v4)
{
    Address address{};
    address[10] = 0xFF;
    address[11] = 0xFF;
    std::memcpy(address.data() + 12, &v4, sizeof v4);
    return address;
}

Address whole(const in6_addr& v6)
{
    Address address{};
    std::memcpy(address.data(), &v6, sizeof v6);
    return address;
}

}  // namespace

std::optional<Range> parse_range(std::string_view text)
{
    const auto slash = text.find('/');
    const std::string base{text.substr(0, slash)};
    Range range;
    unsigned most = v6_bits;
    in_addr v4{};
    in6_addr v6{};
    if (inet_pton(AF_INET, base.c_str(), &v4) == 1) {
        range.base = mapped(v4);
        most = v4_bits;
    } else if (inet_pton(AF_INET6, base.c_str(), &v6) == 1) {
        range.base = whole(v6);
    } else {
        return std::nullopt;
    }
    range.bits = most;
    if (slash != std::string_view::npos) {
        const auto digits = text.substr(slash + 1);
        const auto [end, error] =
            std::from_chars(digits.data(), digits.data() + digits.size(), range.bits);
        if (error != std::errc{} || end != digits.data() + digits.size() || range.bits > most)
            return std::nullopt;
    }
    if (most == v4_bits)
        range.bits += v4_prefix;
    return range;
}

std::optional<Address> address_of(const sockaddr& socket_address)
{
    if (socket_address.sa_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &socket_address, sizeof v4);
        return mapped(v4.sin_addr);
    }
    if (socket_address.sa_family == AF_INET6) {
        sockaddr_in6 v6{};
        std::memcpy(&v6, &socket_address, sizeof v6);
        return whole(v6.sin6_addr);
    }
    return std::nullopt;
}

}  // namespace redress::webhooks
