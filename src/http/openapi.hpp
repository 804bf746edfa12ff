#pragma once

#include "http/route.hpp"

#include <string>

namespace redress::http {

/// What the document calls the interface.
struct ApiTitle {
    std::string title{};
    std::string version{};
    std::string description{};
};

/// The OpenAPI 3.1 document of a route table: rows in their order, components by name, two spaces
/// of indentation and a line end at the end, so that equal tables give equal bytes.
[[nodiscard]] std::string openapi(const RouteTable& table, const ApiTitle& head);

/// JSON with two spaces of indentation, keys in their order.
[[nodiscard]] std::string pretty_json(const json::value& value);

}  // namespace redress::http
