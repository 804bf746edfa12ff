#pragma once

#include "policy/table.hpp"

namespace redress::policy {

/// The statutory holidays and make-up working days of a country, year by year, as its authority
/// announced them.
struct HolidayTable {
    std::string id;
    Text title;
    Date verified_on{};
    std::vector<int> years;  ///< years that are complete
    std::vector<Date> off;
    std::vector<Date> work;
    Origin origin;
};

/// Reads redress.holidays/1; mistakes go to the reading.
[[nodiscard]] HolidayTable read_holidays(const TomlNode& root, const Reading& reading);

}  // namespace redress::policy
