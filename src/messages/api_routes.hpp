#pragma once

#include "messages/api.hpp"

namespace redress::messages {

[[nodiscard]] http::RouteTable attachment_routes(const Services& services);
[[nodiscard]] http::RouteTable template_routes(const Services& services);

/// Refused as not found unless the case exists for whoever calls.
[[nodiscard]] Result<void> see_case(const Services& services, CaseId id, const http::Call& call);

}  // namespace redress::messages
