#pragma once

#include "policy/calendar.hpp"

#include <memory>
#include <string_view>

namespace redress::language {

/// Business days of a zone: Monday to Friday without the holidays, and with the make-up working
/// days, of the table shipped for the country the zone lies in (policies/calendars), where there is
/// one. nullptr for a zone nobody knows. Made once per zone; any thread.
[[nodiscard]] std::shared_ptr<const policy::Calendar> business_days_of(std::string_view zone);

}  // namespace redress::language
