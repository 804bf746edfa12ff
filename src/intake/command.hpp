#pragma once

#include "intake/model.hpp"

namespace redress::intake {

/// "zh" when the text holds Chinese characters, otherwise "en".
[[nodiscard]] std::string language_of(std::string_view text);

/// The command that files the Inbound as it is.
[[nodiscard]] cases::Command to_command(const Inbound& inbound, const cases::Actor& actor);

/// The least that makes a case: channel, time and what was received, marked for a human.
[[nodiscard]] cases::Command to_bare_command(
    const Inbound& inbound,
    const cases::Actor& actor,
    const cases::Lifecycle& lifecycle
);

}  // namespace redress::intake
