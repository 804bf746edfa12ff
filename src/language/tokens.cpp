#include "language/tokens.hpp"

#include <unicode/uchar.h>

namespace redress::language {
namespace {

bool is_between(char32_t character, char32_t first, char32_t last)
{
    return character >= first && character <= last;
}

}  // namespace

bool is_han(char32_t folded)
{
    if (folded < 0x3005)
        return false;
    return is_between(folded, 0x3400, 0x9FFF) || is_between(folded, 0x20000, 0x323AF) ||
           is_between(folded, 0x3041, 0x3096) || is_between(folded, 0x30A1, 0x30FA) ||
           is_between(folded, 0xF900, 0xFAFF) || folded == 0x3005 || folded == 0x3007 ||
           folded == 0x30FC;
}

bool is_word(char32_t folded)
{
    if (folded < 0x80)
        return is_between(folded, 'a', 'z') || is_between(folded, '0', '9') || folded == '_';
    constexpr std::uint32_t categories = U_GC_L_MASK | U_GC_M_MASK | U_GC_N_MASK;
    const auto point = static_cast<UChar32>(folded);
    return (U_GET_GC_MASK(point) & categories) != 0 && !is_han(folded);
}

std::optional<Token> TokenReader::next()
{
    const auto text = folded_->text();
    for (; at_ < text.size(); ++at_) {
        if (is_word(text[at_]))
            return read_word();
        if (!is_han(text[at_]))
            continue;
        if (use_ == TokenUse::index || !ends_longer_run())
            return read_han();
        ++position_;
    }
    return std::nullopt;
}

bool TokenReader::ends_longer_run() const
{
    const auto text = folded_->text();
    const bool has_next = at_ + 1 < text.size() && is_han(text[at_ + 1]);
    return !has_next && at_ > 0 && is_han(text[at_ - 1]);
}

Token TokenReader::read_word()
{
    const auto text = folded_->text();
    const std::size_t begin = at_;
    while (at_ < text.size() && at_ - begin < max_word_characters && is_word(text[at_]))
        ++at_;
    return take(begin, at_);
}

Token TokenReader::read_han()
{
    const auto text = folded_->text();
    const bool has_next = at_ + 1 < text.size() && is_han(text[at_ + 1]);
    Token token = take(at_, at_ + (has_next ? 2 : 1));
    token.is_prefix = !has_next && use_ == TokenUse::query;
    ++at_;
    return token;
}

Token TokenReader::take(std::size_t begin, std::size_t end)
{
    std::size_t size = 0;
    for (const char32_t character : folded_->text().substr(begin, end - begin))
        size += put_utf8(character, bytes_.data() + size);
    return {{bytes_.data(), size}, position_++, folded_->original(begin, end)};
}

std::size_t count_tokens(const Folded& folded)
{
    TokenReader reader{folded, TokenUse::index};
    std::size_t count = 0;
    while (reader.next())
        ++count;
    return count;
}

}  // namespace redress::language
