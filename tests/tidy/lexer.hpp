#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace redress::tidy {

enum class TokenKind { name, number, text, mark };

/// A token of C++ as far as counting needs it. A text's view is its content without quotes; `line`
/// counts from 1.
struct Token {
    TokenKind kind{};
    std::string_view text;
    std::size_t line{};
};

/// A comment of one line, or one line of a block, without its marks.
struct Comment {
    std::string_view text;
    std::size_t line{};
};

struct Include {
    std::string_view path;
    std::size_t line{};
};

/// A source file taken apart; the views point into the text given.
struct Lexed {
    std::vector<Token> tokens;  ///< without comments and preprocessor lines
    std::vector<Comment> comments;
    std::vector<Include> includes;
};

/// Good enough for formatted C++ that compiles: no trigraphs, macros are not expanded.
[[nodiscard]] Lexed lex(std::string_view source);

}  // namespace redress::tidy
