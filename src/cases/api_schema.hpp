#pragma once

#include "cases/api.hpp"
#include "http/wire_schema.hpp"

namespace redress::cases {

/// JSON Schema of the body that a command takes, every input with its type, choices and limits.
[[nodiscard]] json::object
schema_of_command(const Transition& row, const Lifecycle& lifecycle, http::Schemas& schemas);

/// The same for a complaint that is filed.
[[nodiscard]] json::object
schema_of_filing(const Transition& row, const Lifecycle& lifecycle, http::Schemas& schemas);

}  // namespace redress::cases
