#pragma once

#include "base/text.hpp"
#include "policy/zone.hpp"

#include <string>

namespace redress::portal {

/// A time as one would say it: "today, 18:30", "tomorrow, 09:00", "Friday 27 November, 09:00";
/// "今天 18:30", "11月27日 星期五 09:00". The year only where it is another one.
[[nodiscard]] std::string told(Instant at, Instant now, const policy::Zone& zone, Lang lang);

}  // namespace redress::portal
