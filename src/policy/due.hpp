#pragma once

#include <string>
#include <string_view>

namespace redress::policy {

/// Answers one question of `redress policy due`: {"calendar":{…},"start":…,"n":…,"unit":…} with,
/// optionally, "extend" and "pauses". The answer is {"due":"…"} or {"error":"…"}, one line without
/// a line break. Never throws.
[[nodiscard]] std::string answer_due(std::string_view question);

}  // namespace redress::policy
