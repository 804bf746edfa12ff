#pragma once

#include "cases/lifecycle.hpp"
#include "policy/zone.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::intake {

/// The text of a cell as a value of the field, as docs/import.md says; nullopt when it is none.
/// Times are not read here, see `parse_time`.
[[nodiscard]] std::optional<json::value>
to_field_value(const cases::Field& field, std::string_view cell);

/// RFC 3339, or the first of the formats (as strftime has them) that fits the whole text, in the
/// zone.
[[nodiscard]] std::optional<Instant> parse_time(
    std::string_view text,
    const std::vector<std::string>& formats,
    const policy::Zone* zone
);

/// Could a time be read with it?
[[nodiscard]] bool is_time_format(const std::string& format);

}  // namespace redress::intake
