#include "base/text.hpp"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace redress {
namespace {

struct CodePoint {
    std::size_t size{};  ///< bytes taken; 1 for an invalid byte
    bool valid{};
};

bool is_continuation(char c)
{
    return (static_cast<unsigned char>(c) & 0xC0U) == 0x80U;
}

/// RFC 3629: shortest form, no surrogates, at most U+10FFFF.
CodePoint decode(std::string_view text)
{
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80)
        return {1, true};
    const std::size_t size = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
    if (lead < 0xC2 || lead > 0xF4 || text.size() < size)
        return {1, false};
    for (std::size_t i = 1; i < size; ++i)
        if (!is_continuation(text[i]))
            return {1, false};
    const auto second = static_cast<unsigned char>(text[1]);
    const bool overlong = (lead == 0xE0 && second < 0xA0) || (lead == 0xF0 && second < 0x90);
    const bool outside = (lead == 0xED && second > 0x9F) || (lead == 0xF4 && second > 0x8F);
    return overlong || outside ? CodePoint{1, false} : CodePoint{size, true};
}

/// The ASCII at the beginning, in whole words of eight bytes.
std::size_t count_leading_ascii(std::string_view text)
{
    constexpr std::uint64_t high_bits = 0x8080808080808080U;
    std::size_t count = 0;
    for (std::uint64_t word = 0; count + sizeof word <= text.size(); count += sizeof word) {
        std::memcpy(&word, text.data() + count, sizeof word);
        if ((word & high_bits) != 0)
            break;
    }
    return count;
}

/// Three bytes for which no lead has a narrower range: nearly every Han character.
bool begins_with_plain_three(const char* text, std::size_t size)
{
    if (size < 3)
        return false;
    const auto lead = static_cast<unsigned char>(text[0]);
    return lead > 0xE0 && lead < 0xF0 && lead != 0xED && is_continuation(text[1]) &&
           is_continuation(text[2]);
}

constexpr std::string_view ideographic_space = "\xE3\x80\x80";
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view ascii_space = " \t\r\n\v\f";

}  // namespace

Lang lang_of(std::string_view tag)
{
    return tag.size() >= 2 && (tag[0] == 'z' || tag[0] == 'Z') && (tag[1] == 'h' || tag[1] == 'H')
               ? Lang::zh
               : Lang::en;
}

std::string_view to_tag(Lang lang)
{
    return lang == Lang::zh ? "zh-CN" : "en";
}

bool is_valid_utf8(std::string_view text)
{
    for (std::size_t at = 0; at < text.size();) {
        if (static_cast<unsigned char>(text[at]) < 0x80)
            at += std::max<std::size_t>(count_leading_ascii(text.substr(at)), 1);
        else if (begins_with_plain_three(text.data() + at, text.size() - at))
            at += 3;
        else if (const auto point = decode(text.substr(at)); point.valid)
            at += point.size;
        else
            return false;
    }
    return true;
}

std::string to_valid_utf8(std::string_view text)
{
    std::string valid;
    valid.reserve(text.size());
    for (; !text.empty();) {
        const auto point = decode(text);
        if (!point.valid)
            valid += "\xEF\xBF\xBD";
        else if (text.front() != '\0')
            valid += text.substr(0, point.size);
        text.remove_prefix(point.size);
    }
    return valid;
}

std::size_t count_code_points(std::string_view text)
{
    std::size_t count = 0;
    for (; !text.empty(); ++count)
        text.remove_prefix(decode(text).size);
    return count;
}

std::string_view first_code_points(std::string_view text, std::size_t limit)
{
    std::size_t bytes = 0;
    for (; limit > 0 && bytes < text.size(); --limit)
        bytes += decode(text.substr(bytes)).size;
    return text.substr(0, bytes);
}

std::string_view trim(std::string_view text)
{
    for (bool again = true; again;) {
        const auto before = text.size();
        text.remove_prefix(std::min(text.find_first_not_of(ascii_space), text.size()));
        text.remove_suffix(text.size() - (text.find_last_not_of(ascii_space) + 1));
        for (const auto space : {ideographic_space, byte_order_mark}) {
            if (text.starts_with(space))
                text.remove_prefix(space.size());
            if (text.ends_with(space))
                text.remove_suffix(space.size());
        }
        again = text.size() != before;
    }
    return text;
}

std::string to_lower_ascii(std::string_view text)
{
    std::string lower{text};
    std::ranges::transform(lower, lower.begin(), [](char c) {
        return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    });
    return lower;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text.remove_prefix(end + 1);
    }
}

std::string
fill(std::string_view pattern, const std::vector<std::pair<std::string, std::string>>& params)
{
    std::string filled;
    for (std::size_t i = 0; i < pattern.size();) {
        const auto close = pattern[i] == '{' ? pattern.find('}', i) : std::string_view::npos;
        if (close == std::string_view::npos) {
            filled += pattern[i++];
            continue;
        }
        const auto name = pattern.substr(i + 1, close - i - 1);
        const auto found =
            std::ranges::find(params, name, &std::pair<std::string, std::string>::first);
        filled +=
            found == params.end() ? std::string{pattern.substr(i, close - i + 1)} : found->second;
        i = close + 1;
    }
    return filled;
}

}  // namespace redress
