#pragma once

#include "policy/table.hpp"

namespace redress::policy {

/// Adds what lifecycle.toml names: states, transitions, events, roles.
void read_lifecycle(const TomlNode& root, Vocabulary& vocabulary);
/// Adds the fields of fields.toml.
void read_fields(const TomlNode& root, Vocabulary& vocabulary);

/// Bindings as written: pack id, condition text, line.
struct BindingDraft {
    std::string pack;
    std::string when;
    Origin origin;
};
[[nodiscard]] std::vector<BindingDraft> read_bindings(const TomlNode& root, const Reading& reading);

}  // namespace redress::policy
