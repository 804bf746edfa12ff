#pragma once

#include "app/program.hpp"
#include "messages/model.hpp"
#include "staff/model.hpp"

namespace redress::app {

/// What templates may name about a case.
[[nodiscard]] messages::Facts template_facts(Program& program, const cases::Case& value, Lang lang);
[[nodiscard]] Result<messages::Facts> template_facts(Program& program, CaseId id, Lang lang);

[[nodiscard]] bool may_see_case(Program& program, CaseId id, const staff::Caller& caller);

}  // namespace redress::app
