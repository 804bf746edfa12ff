#pragma once

#include "language/span.hpp"

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// What is longer is read up to here; the rest is not looked at.
inline constexpr std::size_t max_text_bytes = std::size_t{1} << 20;

/// A text in the form in which search, classifier, rules and coach compare texts: Unicode NFKC with
/// case folded, full width as half width, traditional characters as simplified ones, curly
/// quotation marks as straight ones. Bytes that are not UTF-8 become U+FFFD, NUL a blank. Each
/// folded character knows which characters of the original it came from. Linear in time; folding a
/// folded text changes nothing.
class Folded {
public:
    Folded() = default;
    explicit Folded(std::string_view utf8) { assign(utf8); }

    /// Folds another text into the memory this one already has.
    void assign(std::string_view utf8);

    [[nodiscard]] std::u32string_view text() const { return text_; }
    [[nodiscard]] std::size_t size() const { return text_.size(); }
    /// Characters of the original that were read.
    [[nodiscard]] std::uint32_t original_size() const { return original_size_; }
    /// Where the folded characters [begin, end) stand in the original; an empty stretch stands
    /// before the character it precedes.
    [[nodiscard]] Span original(std::size_t begin, std::size_t end) const;

private:
    class Writer;
    std::u32string text_;
    std::vector<Span> origins_;
    std::uint32_t original_size_{};
};

/// The same folded text as UTF-8, for matchers that count bytes. Does not refer to the Folded.
class FoldedBytes {
public:
    FoldedBytes() = default;
    explicit FoldedBytes(const Folded& folded) { assign(folded); }

    void assign(const Folded& folded);

    [[nodiscard]] std::string_view text() const { return text_; }
    /// Where the bytes [begin, end) of text() stand in the original.
    [[nodiscard]] Span original(std::size_t begin, std::size_t end) const;

private:
    std::string text_;
    std::vector<Span> origins_;
};

/// Only the folded text, as UTF-8.
[[nodiscard]] std::string to_folded(std::string_view utf8);

/// Writes a scalar value as UTF-8 into at least four bytes; returns how many it took.
std::size_t put_utf8(char32_t character, char* out);

}  // namespace redress::language
