#pragma once

#include "base/refusal.hpp"
#include "cases/model.hpp"
#include "db/tx.hpp"

namespace redress::app {

/// The command with the names of the files it brings, which must have been sent to this very case.
[[nodiscard]] Result<cases::Command>
with_files(db::Tx& tx, const cases::Case& current, const cases::Command& command);

}  // namespace redress::app
