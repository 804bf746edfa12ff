#pragma once

#include "webhooks/rules_address.hpp"

#include <optional>
#include <string_view>

struct sockaddr;

namespace redress::webhooks {

/// "10.1.0.0/16", "fd12::/16" or one address without "/"; nullopt for anything else. Decimal and
/// octal spellings are not addresses here.
[[nodiscard]] std::optional<Range> parse_range(std::string_view text);

/// Of an IPv4 or IPv6 socket; nullopt for every other family.
[[nodiscard]] std::optional<Address> address_of(const sockaddr& socket_address);

}  // namespace redress::webhooks
