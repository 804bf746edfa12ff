#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <utility>

namespace redress::language {

/// A word and what it means; of words that begin alike the longer one comes first.
template <class Value>
using Word = std::pair<std::string_view, Value>;

/// A place in a folded text that moves on over what is recognised. Copy it to try something.
class Cursor {
public:
    Cursor(std::string_view text, std::size_t at) : text_{text}, at_{at} {}

    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }
    [[nodiscard]] bool is_next(std::string_view literal) const
    {
        return rest().starts_with(literal);
    }

    void skip_blanks()
    {
        while (at_ < text_.size() && text_[at_] == ' ')
            ++at_;
    }

    bool take(std::string_view literal)
    {
        if (!is_next(literal))
            return false;
        at_ += literal.size();
        return true;
    }

    template <std::size_t Count>
    bool take_any(const std::string_view (&literals)[Count])
    {
        for (const std::string_view literal : literals)
            if (take(literal))
                return true;
        return false;
    }

    template <class Value>
    std::optional<Value> take_of(std::span<const Word<Value>> words)
    {
        for (const auto& [literal, value] : words)
            if (take(literal))
                return value;
        return std::nullopt;
    }

    /// A literal that ends where a word ends; blanks after it are skipped.
    bool take_word(std::string_view literal)
    {
        Cursor ahead = *this;
        if (!ahead.take(literal) || ahead.is_inside_word())
            return false;
        ahead.skip_blanks();
        *this = ahead;
        return true;
    }

    template <std::size_t Count>
    bool take_any_word(const std::string_view (&literals)[Count])
    {
        for (const std::string_view literal : literals)
            if (take_word(literal))
                return true;
        return false;
    }

    template <class Value>
    std::optional<Value> take_word_of(std::span<const Word<Value>> words)
    {
        for (const auto& [literal, value] : words)
            if (take_word(literal))
                return value;
        return std::nullopt;
    }

    /// Decimal digits, at most `longest` of them.
    std::optional<int> take_digits(std::size_t longest = 4)
    {
        std::size_t end = at_;
        int number = 0;
        while (end < text_.size() && text_[end] >= '0' && text_[end] <= '9') {
            if (end - at_ == longest)
                return std::nullopt;
            number = number * 10 + (text_[end++] - '0');
        }
        if (end == at_)
            return std::nullopt;
        at_ = end;
        return number;
    }

    [[nodiscard]] bool is_inside_word() const
    {
        return at_ < text_.size() && is_word_byte(text_[at_]);
    }
    [[nodiscard]] bool follows_blank() const { return at_ > 0 && text_[at_ - 1] == ' '; }
    [[nodiscard]] static bool is_word_byte(char byte)
    {
        return (byte >= 'a' && byte <= 'z') || (byte >= '0' && byte <= '9');
    }

private:
    std::string_view text_;
    std::size_t at_;
};

}  // namespace redress::language
