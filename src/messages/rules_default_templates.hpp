#pragma once

#include "messages/rules_template.hpp"

#include <string_view>
#include <vector>

namespace redress::messages {

/// The templates of default_templates.toml, every code in both languages. Read once; any thread.
[[nodiscard]] const std::vector<TemplateDraft>& default_templates();

/// [[template]] with code, use, en and zh = {title, body}. Throws std::runtime_error naming the
/// place of a mistake.
[[nodiscard]] std::vector<TemplateDraft> read_templates(std::string_view toml);

}  // namespace redress::messages
