#include "language/promise_times.hpp"

#include "language/promise_cursor.hpp"

#include <array>

namespace redress::language {
namespace {

constexpr std::size_t most_times = 2'000;

/// First letters of English times; everything else is not tried.
bool may_begin_english(char byte)
{
    static constexpr std::string_view firsts = "abcdefhijlmnoqstuw0123456789";
    return firsts.find(byte) != std::string_view::npos;
}

/// First characters of Chinese times; everything else is not tried.
bool may_begin_chinese(std::string_view rest)
{
    static constexpr std::string_view firsts =
        "一七三上下不两中九二五今从八六凌十午半即只叁四夜大天年当截打接收早明星晚晨最月未本次正每清礼第翌自营这"
        "赶隔零顶傍到后周";
    static constexpr std::size_t character_bytes = 3;
    return rest.size() >= character_bytes &&
           firsts.find(rest.substr(0, character_bytes)) != std::string_view::npos;
}

std::size_t next_character(std::string_view text, std::size_t at)
{
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U)
        ++at;
    return at;
}

std::optional<TimeNamed> read_time(std::string_view folded, std::size_t at)
{
    const char byte = folded[at];
    const bool is_ascii = static_cast<unsigned char>(byte) < 0x80;
    const bool is_digit = byte >= '0' && byte <= '9';
    const bool is_inside_word = at > 0 && Cursor::is_word_byte(folded[at - 1]);
    if (is_digit && at > 0 && (folded[at - 1] == '.' || folded[at - 1] == '-' || is_inside_word))
        return std::nullopt;
    std::optional<TimeNamed> named;
    if (is_digit || (!is_ascii && may_begin_chinese(folded.substr(at))))
        named = read_chinese_time(folded, at);
    const bool may_be_english = is_ascii && !is_inside_word &&
                                (at == 0 || folded[at - 1] != '\'') && may_begin_english(byte);
    if (!named && may_be_english)
        named = read_english_time(folded, at);
    return named;
}

}  // namespace

std::vector<TimeNamed> find_times(std::string_view folded)
{
    std::vector<TimeNamed> found;
    for (std::size_t at = 0; at < folded.size() && found.size() < most_times;) {
        const auto named = folded[at] == ' ' ? std::nullopt : read_time(folded, at);
        if (named) {
            found.push_back(*named);
            at = named->end;
        } else {
            at = next_character(folded, at);
        }
    }
    return found;
}

}  // namespace redress::language
