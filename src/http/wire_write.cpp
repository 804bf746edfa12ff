#include "http/wire_write.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace redress::http {
namespace {

constexpr std::string_view replacement = "\xEF\xBF\xBD";

/// What a byte costs a writer: 0 copies it, 1 begins a longer UTF-8 sequence, else it is escaped.
constexpr auto kinds = [] {
    std::array<char, 256> table{};
    for (std::size_t byte = 0; byte < 0x20; ++byte)
        table[byte] = 'u';
    table['\n'] = 'n';
    table['\r'] = 'r';
    table['\t'] = 't';
    table['\b'] = 'b';
    table['\f'] = 'f';
    table['"'] = '"';
    table['\\'] = '\\';
    for (std::size_t byte = 0x80; byte < 0x100; ++byte)
        table[byte] = 1;
    return table;
}();

char kind_of(char c)
{
    return kinds[static_cast<unsigned char>(c)];
}

void append_escape(std::string& out, char c)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    out += '\\';
    out += kind_of(c);
    if (kind_of(c) != 'u')
        return;
    out += "00";
    out += digits[static_cast<unsigned char>(c) >> 4U];
    out += digits[static_cast<unsigned char>(c) & 15U];
}

/// Bytes of the sequence that begins here if it is UTF-8, otherwise 0. A whole run is checked at
/// once, since texts are nearly always valid and nearly always long runs of one script.
std::size_t valid_run(std::string_view text)
{
    std::size_t end = 0;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x80)
        ++end;
    return is_valid_utf8(text.substr(0, end)) ? end : 0;
}

template <class Number>
void append_number(std::string& out, Number number)
{
    std::array<char, 32> digits{};
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    out.append(digits.data(), end);
}

}  // namespace

void append_json(std::string& out, std::string_view text)
{
    out += '"';
    while (!text.empty()) {
        std::size_t plain = 0;
        while (plain < text.size() && kind_of(text[plain]) == 0)
            ++plain;
        out += text.substr(0, plain);
        text.remove_prefix(plain);
        if (text.empty())
            break;
        if (kind_of(text.front()) != 1) {
            append_escape(out, text.front());
            text.remove_prefix(1);
        } else if (const auto run = valid_run(text); run > 0) {
            out += text.substr(0, run);
            text.remove_prefix(run);
        } else {
            const auto point = first_code_points(text, 1);
            out += point.size() == 1 ? replacement : point;
            text.remove_prefix(point.size());
        }
    }
    out += '"';
}

void append_json(std::string& out, bool value)
{
    out += value ? "true" : "false";
}

void append_json(std::string& out, std::int64_t value)
{
    append_number(out, value);
}

void append_json(std::string& out, double value)
{
    if (!std::isfinite(value))
        throw std::domain_error{"JSON has no infinity and no NaN"};
    append_number(out, value);
}

void append_json(std::string& out, Instant value)
{
    out += '"';
    out += to_rfc3339(value);
    out += '"';
}

void append_json(std::string& out, const Text& value)
{
    out += R"({"en":)";
    append_json(out, std::string_view{value.en});
    out += R"(,"zh":)";
    append_json(out, std::string_view{value.zh});
    out += '}';
}

void append_json(std::string& out, const json::value& value)
{
    out += json::serialize(value);
}

}  // namespace redress::http
