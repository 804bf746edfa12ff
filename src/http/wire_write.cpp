#include "http/wire_write.hpp"

#include <array>
#include <charconv>
#include <cmath>
#include <stdexcept>

namespace redress::http {
namespace {

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
    if (is_valid_utf8(text))
        append_json_text(out, text);
    else
        append_json_text(out, to_valid_utf8(text));
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
