#pragma once

#include "language/fold.hpp"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace redress::language {

/// Letters and digits of one word beyond this begin a new token.
inline constexpr std::size_t max_word_characters = 40;

enum class TokenUse {
    index,  ///< of a text that shall be found
    query   ///< of what is looked for
};

/// One search token. `text` lies in the reader and lasts until its next token.
struct Token {
    std::string_view text;     ///< folded, UTF-8, never empty
    std::uint32_t position{};  ///< 0, 1, 2 …; neighbours in the text are neighbours here
    Span span;                 ///< in the original
    bool is_prefix{};  ///< query only: a single Han character; every token that begins so is meant
};

/// Cuts a folded text into search tokens, one at a time and without allocating.
///
/// A run of Han characters or kana gives its overlapping pairs, and when indexed also its last
/// character alone, so that every character begins exactly one token: a word of two or more
/// characters is found as a phrase of its pairs, a single character as the beginning of a token.
/// Everything else gives words of letters, digits, marks and `_`. The tokens of a query stand, with
/// the same distances between their positions, among the tokens of every text that holds it.
class TokenReader {
public:
    /// `folded` must outlive the reader.
    TokenReader(const Folded& folded, TokenUse use) : folded_{&folded}, use_{use} {}

    [[nodiscard]] std::optional<Token> next();

private:
    [[nodiscard]] bool ends_longer_run() const;
    [[nodiscard]] Token read_word();
    [[nodiscard]] Token read_han();
    [[nodiscard]] Token take(std::size_t begin, std::size_t end);

    const Folded* folded_;
    TokenUse use_;
    std::size_t at_{};
    std::uint32_t position_{};
    std::array<char, max_word_characters * 4> bytes_{};
};

/// Number of tokens that an index would hold for the text.
[[nodiscard]] std::size_t count_tokens(const Folded& folded);

/// Characters that are written without blanks between words and are indexed in pairs.
[[nodiscard]] bool is_han(char32_t folded);
/// Letters, digits, marks and `_` of all other scripts.
[[nodiscard]] bool is_word(char32_t folded);

}  // namespace redress::language
