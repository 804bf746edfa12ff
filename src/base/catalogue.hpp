#pragma once

#include "base/refusal.hpp"
#include "base/text.hpp"

#include <string>
#include <string_view>

namespace redress {

/// The text of a key in a language, parameters filled in; the key itself when it is unknown (a test
/// keeps that from happening). Texts live in catalogue/{en,zh}.json, shared by server and pages.
[[nodiscard]] std::string say(
    Lang lang,
    std::string_view key,
    const std::vector<std::pair<std::string, std::string>>& params = {}
);

/// A refusal in a language: the text of "refusal.<code>". A parameter whose value is itself a key
/// is said too.
[[nodiscard]] std::string say(Lang lang, const Refusal& refusal);

/// Every key and text of a language whose key begins with `prefix`.
[[nodiscard]] std::vector<std::pair<std::string, std::string>>
list_texts(Lang lang, std::string_view prefix);

[[nodiscard]] bool has_text(Lang lang, std::string_view key);

}  // namespace redress
