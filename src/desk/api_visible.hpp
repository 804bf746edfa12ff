#pragma once

#include "desk/api.hpp"
#include "staff/rules_permissions.hpp"

namespace redress::desk {

[[nodiscard]] staff::CaseFacts facts_of(const cases::Case& value);

/// The case of the path; `case_unknown` when there is none for the caller.
[[nodiscard]] Result<cases::Case> visible_case(const Services& services, const http::Call& call);

}  // namespace redress::desk
