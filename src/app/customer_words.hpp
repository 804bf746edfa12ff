#pragma once

#include "cases/model.hpp"
#include "language/emotion.hpp"

#include <filesystem>
#include <memory>

namespace redress::app {

/// The command with what is read in the customer's words among its inputs (D2), unless it has a
/// reading already. Pure; about 0.1 ms for 500 characters, so before the transaction where that can
/// be.
[[nodiscard]] cases::Command
with_reading(cases::Command command, const language::EmotionReader& reader);

/// By the model in `file`, or by the one built into the program when it is "". Throws
/// std::runtime_error with what to do when the file is no model.
[[nodiscard]] std::shared_ptr<const language::EmotionReader> emotion_reader(
    const std::filesystem::path& file
);

}  // namespace redress::app
