#pragma once

#include "http/route.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace redress::http {

/// Undoes percent-encoding; nullopt for a broken escape, for what is not UTF-8 and for control
/// characters.
[[nodiscard]] std::optional<std::string> decode_percent(std::string_view text);

/// The parameters of a query by their declared names. Refused, all at once: undeclared names, a
/// name given twice, a required one missing, a value of the wrong form.
[[nodiscard]] Result<std::vector<std::pair<std::string_view, std::string>>>
read_query(std::string_view query, const std::vector<QueryParam>& declared);

}  // namespace redress::http
