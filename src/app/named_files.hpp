#pragma once

#include "base/refusal.hpp"
#include "cases/model.hpp"
#include "db/tx.hpp"
#include "messages/store_attachments.hpp"

#include <string>
#include <vector>

namespace redress::app {

/// The command with the names of the files it brings, which must have been sent to this very case.
[[nodiscard]] Result<cases::Command>
with_files(db::Tx& tx, const cases::Case& current, const cases::Command& command);

/// Who sends files, when, and for which case.
struct Sender {
    CaseId case_id;
    std::string actor;
    Instant at;
};

/// Adds files whose bytes are in the blob store, and names them in the command.
[[nodiscard]] Result<void> attach(
    db::Tx& tx,
    std::vector<messages::NewAttachment> files,
    const Sender& sender,
    cases::Command& command
);

}  // namespace redress::app
