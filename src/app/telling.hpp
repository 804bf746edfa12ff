#pragma once

#include "db/tx.hpp"
#include "staff/services.hpp"
#include "webhooks/model.hpp"
#include "webhooks/rules_address.hpp"

#include <string>
#include <vector>

/// What the house adds to telling other programs.
namespace redress::app {

/// A subscription that stopped is for whoever can mend it: a notice to every administrator.
void tell_of_stopped(db::Tx& tx, staff::Services& staff, const webhooks::Webhook& webhook);

/// The ranges an operator wrote. Throws std::runtime_error on anything else.
[[nodiscard]] std::vector<webhooks::Range> allowed_ranges(const std::vector<std::string>& texts);

}  // namespace redress::app
