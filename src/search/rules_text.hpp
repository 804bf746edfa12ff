#pragma once

#include "cases/lifecycle.hpp"
#include "cases/model.hpp"
#include "language/span.hpp"
#include "search/model.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace redress::search {

/// Tokens of one entry beyond this are not indexed; PostgreSQL counts positions no further.
inline constexpr std::size_t most_tokens = 16'383;

/// What people wrote in an event: its personal half and the texts among its public fields, each
/// text once. Fields that not everybody may see are left out, since a hit would tell of them.
[[nodiscard]] std::vector<std::string>
texts_of(const cases::Event& event, const cases::Lifecycle& lifecycle);

/// The tokens in order with blanks between them, as FTS5's ascii tokenizer takes them; "" when
/// there are none. Texts do not run on into each other.
[[nodiscard]] std::string to_token_list(const std::vector<std::string>& texts);
/// The same as a tsvector.
[[nodiscard]] std::string to_tsvector(const std::vector<std::string>& texts);

/// An entry that no question finds: U+FFFD is part of no word.
inline constexpr std::string_view token_list_of_nothing = "\xEF\xBF\xBD";
inline constexpr std::string_view tsvector_of_nothing = "'\xEF\xBF\xBD':1";

/// A stretch of a text around what was found.
struct Excerpt {
    std::string text;
    std::vector<language::Span> marks;  ///< in characters of `text`
};

/// Around the first mark that occurs in any of the texts, else the beginning of the first text.
[[nodiscard]] Excerpt
excerpt_of(const std::vector<std::string>& texts, const std::vector<std::u32string>& marks);

}  // namespace redress::search
