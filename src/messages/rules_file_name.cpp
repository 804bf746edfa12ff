#include "messages/rules_file_name.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <stdexcept>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

namespace redress::messages {
namespace {

constexpr std::string_view fallback_name = "file";
constexpr std::size_t max_ending_code_points = 20;
constexpr std::array<std::string_view, 22> devices{
    "con",  "prn",  "aux",  "nul",  "com1", "com2", "com3", "com4", "com5", "com6", "com7",
    "com8", "com9", "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9"};

/// Control, format (direction, zero width, byte order mark), line separators, lone surrogates,
/// private and unassigned.
bool is_unseen(UChar32 c)
{
    constexpr std::uint32_t mask = U_GC_CC_MASK | U_GC_CF_MASK | U_GC_ZL_MASK | U_GC_ZP_MASK |
                                   U_GC_CS_MASK | U_GC_CO_MASK | U_GC_CN_MASK;
    return (U_GET_GC_MASK(c) & mask) != 0;
}

bool is_reserved(UChar32 c)
{
    return c < 0x80 &&
           std::string_view{"<>:\"|?*%"}.find(static_cast<char>(c)) != std::string_view::npos;
}

icu::UnicodeString composed(std::string_view text)
{
    UErrorCode error = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(error);
    const auto wide = icu::UnicodeString::fromUTF8(to_valid_utf8(text));
    auto result = U_SUCCESS(error) ? normalizer->normalize(wide, error) : wide;
    if (U_FAILURE(error))
        throw std::runtime_error{"ICU cannot normalise text"};
    return result;
}

/// One space for white space, one underscore for what a system reserves, nothing for what nobody
/// sees.
std::string visible(std::string_view text)
{
    const auto wide = composed(text);
    icu::UnicodeString kept;
    for (std::int32_t i = 0; i < wide.length(); i = wide.moveIndex32(i, 1)) {
        const UChar32 c = wide.char32At(i);
        if (is_unseen(c))
            continue;
        if (u_isUWhiteSpace(c))
            kept.append(u' ');
        else
            kept.append(is_reserved(c) ? UChar32{'_'} : c);
    }
    std::string result;
    kept.toUTF8String(result);
    return result;
}

std::string_view without_edges(std::string_view name)
{
    const auto begin = name.find_first_not_of(". ");
    if (begin == std::string_view::npos)
        return {};
    return name.substr(begin, name.find_last_not_of(". ") - begin + 1);
}

bool names_device(std::string_view name)
{
    const auto stem = without_edges(name.substr(0, name.find('.')));
    return std::ranges::find(devices, to_lower_ascii(stem)) != devices.end();
}

std::string shortened(const std::string& name)
{
    if (count_code_points(name) <= max_file_name_code_points)
        return name;
    const auto dot = name.rfind('.');
    const auto ending = dot == std::string::npos ? std::string{} : name.substr(dot);
    const auto ending_size = count_code_points(ending);
    if (ending_size > max_ending_code_points)
        return std::string{first_code_points(name, max_file_name_code_points)};
    const auto stem = first_code_points(name, max_file_name_code_points - ending_size);
    return std::string{without_edges(stem)} + ending;
}

int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    const char lower = c >= 'A' && c <= 'F' ? static_cast<char>(c + 32) : c;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

std::string percent_decoded(std::string_view text)
{
    std::string decoded;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const int high = text[i] == '%' && i + 2 < text.size() ? hex_value(text[i + 1]) : -1;
        const int low = high < 0 ? -1 : hex_value(text[i + 2]);
        if (low < 0) {
            decoded += text[i];
            continue;
        }
        decoded += static_cast<char>(high * 16 + low);
        i += 2;
    }
    return decoded;
}

/// The value of a parameter: a token or a quoted string, what comes behind it left in `rest`.
std::string take_value(std::string_view& rest)
{
    std::string value;
    if (!rest.starts_with('"')) {
        const auto end = rest.find(';');
        value = trim(rest.substr(0, end));
        rest.remove_prefix(std::min(end, rest.size()));
        return value;
    }
    std::size_t i = 1;
    for (; i < rest.size() && rest[i] != '"'; ++i) {
        if (rest[i] == '\\' && i + 1 < rest.size())
            ++i;
        value += rest[i];
    }
    rest.remove_prefix(std::min(i + 1, rest.size()));
    return value;
}

/// RFC 8187: charset'language'percent-encoded; only UTF-8 is read.
std::optional<std::string> extended_value(const std::string& value)
{
    const auto parts = split(value, '\'');
    if (parts.size() != 3 || to_lower_ascii(parts[0]) != "utf-8")
        return std::nullopt;
    return percent_decoded(parts[2]);
}

bool is_attribute_character(unsigned char c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '-' ||
           c == '.' || c == '_';
}

}  // namespace

std::string safe_file_name(std::string_view name)
{
    const auto slash = name.find_last_of("/\\");
    const auto shown = visible(slash == std::string_view::npos ? name : name.substr(slash + 1));
    const auto bare = without_edges(shown);
    std::string safe = shortened((names_device(bare) ? "_" : "") + std::string{bare});
    safe = without_edges(safe);
    return safe.empty() ? std::string{fallback_name} : safe;
}

std::optional<std::string> file_name_in(std::string_view content_disposition)
{
    std::optional<std::string> plain;
    std::optional<std::string> extended;
    auto rest = content_disposition;
    for (auto semicolon = rest.find(';'); semicolon != std::string_view::npos;
         semicolon = rest.find(';')) {
        rest = trim(rest.substr(semicolon + 1));
        const auto equals = rest.find('=');
        if (equals == std::string_view::npos)
            break;
        const auto name = to_lower_ascii(trim(rest.substr(0, equals)));
        rest = trim(rest.substr(equals + 1));
        const auto value = take_value(rest);
        if (name == "filename" && !plain)
            plain = percent_decoded(value);
        else if (name == "filename*" && !extended)
            extended = extended_value(value);
    }
    return extended ? extended : plain;
}

std::string content_disposition(Disposition disposition, std::string_view safe_name)
{
    static constexpr std::string_view digits = "0123456789ABCDEF";
    std::string ascii;
    std::string encoded;
    for (const char c : safe_name) {
        const auto byte = static_cast<unsigned char>(c);
        const bool is_plain = is_attribute_character(byte);
        if (is_plain || c == ' ')
            ascii += c;
        else if ((byte & 0xC0U) != 0x80U)
            ascii += '_';
        if (is_plain)
            encoded += c;
        else
            encoded.append({'%', digits[byte >> 4U], digits[byte & 15U]});
    }
    return std::string{disposition == Disposition::in_line ? "inline" : "attachment"} +
           "; filename=\"" + ascii + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace redress::messages
