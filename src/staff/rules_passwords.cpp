#include "staff/rules_passwords.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <string>

namespace redress::staff {
namespace {

bool is_letter(char c)
{
    return c >= 'a' && c <= 'z';
}

bool is_listed(std::span<const std::string_view> list, std::string_view text)
{
    return std::ranges::binary_search(list, text);
}

/// "aaaaaaaa", "abcabcabc", "12121212": a piece of at most four bytes over and over.
bool is_repetition(std::string_view text)
{
    for (std::size_t piece = 1; piece <= 4 && piece * 2 <= text.size(); ++piece)
        if (text.substr(piece) == text.substr(0, text.size() - piece))
            return true;
    return false;
}

/// Every byte one more, or one less, than the byte before; 0 follows 9.
bool is_run(std::string_view text)
{
    const auto steps_by = [text](int step) {
        for (std::size_t i = 1; i < text.size(); ++i) {
            const bool is_wrap = step == 1 ? text[i - 1] == '9' && text[i] == '0'
                                           : text[i - 1] == '0' && text[i] == '9';
            if (text[i] - text[i - 1] != step && !is_wrap)
                return false;
        }
        return true;
    };
    return steps_by(1) || steps_by(-1);
}

/// Digits and signs behind a word: as many as a date of birth has.
constexpr std::size_t max_tail = 8;

/// "" when there is no word or too much behind it.
std::string_view word_of(std::string_view text)
{
    std::string_view word = text;
    while (!word.empty() && !is_letter(word.back()))
        word.remove_suffix(1);
    return text.size() - word.size() <= max_tail ? word : std::string_view{};
}

bool is_login(const std::string& password, const std::string& login)
{
    return password == login || (!word_of(login).empty() && word_of(password) == word_of(login));
}

}  // namespace

bool is_common_password(std::string_view password)
{
    const std::string lower = to_lower_ascii(password);
    return is_listed(common_passwords(), lower) || is_repetition(lower) || is_run(lower) ||
           is_listed(common_password_words(), word_of(lower));
}

Result<void>
check_new_password(std::string_view password, std::string_view login, std::string_view field)
{
    const auto no = [field](std::string code, std::size_t limit = 0) {
        return deny(
            Denial::invalid,
            std::move(code),
            std::string{field},
            {{"limit", std::to_string(limit)}}
        );
    };
    if (password.size() > max_password_bytes)
        return no("password_too_long", max_password_bytes);
    if (!is_valid_utf8(password))
        return no("password_not_text");
    if (count_code_points(password) < min_password_code_points)
        return no("password_too_short", min_password_code_points);
    if (is_login(to_lower_ascii(password), to_lower_ascii(login)))
        return no("password_is_login");
    if (is_common_password(password))
        return no("password_common");
    return {};
}

}  // namespace redress::staff
