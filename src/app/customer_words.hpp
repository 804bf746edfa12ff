#pragma once

#include "cases/model.hpp"

#include <optional>

namespace redress::app {

/// The command with what is read in the customer's words among its inputs (D2), unless it has a
/// reading already. Pure; about 0.1 ms for 500 characters, so before the transaction where that can
/// be.
[[nodiscard]] cases::Command with_reading(cases::Command command);

/// The emotion model is read from the program at its first use; this does it now.
void warm_reading();

}  // namespace redress::app
