#pragma once

#include "app/program.hpp"
#include "portal/api.hpp"

namespace redress::app {

/// How the pages of the portal reach the door; the program outlives it.
[[nodiscard]] portal::Services portal_services(Program& program);

/// What every complainant is told at once, in the case's language: who looks after it and when they
/// will hear next. From the house's template "acknowledgement"; "" when that lacks something here.
[[nodiscard]] std::string
acknowledgement_for(Program& program, db::Tx& tx, const cases::Case& value);

}  // namespace redress::app
