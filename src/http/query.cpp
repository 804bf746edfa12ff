#include "http/query.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <charconv>

namespace redress::http {
namespace {

constexpr std::size_t max_shown = 100;

std::optional<char> read_escape(std::string_view digits)
{
    unsigned value = 0;
    if (digits.size() < 2)
        return std::nullopt;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + 2, value, 16);
    if (error != std::errc{} || end != digits.data() + 2)
        return std::nullopt;
    return static_cast<char>(value);
}

bool has_form(QueryType type, std::string_view text)
{
    switch (type) {
        case QueryType::text:
            return true;
        case QueryType::flag:
            return text == "true" || text == "false";
        case QueryType::instant:
            return parse_rfc3339(text).has_value();
        case QueryType::number: {
            std::int64_t number = 0;
            const auto [end, error] =
                std::from_chars(text.data(), text.data() + text.size(), number);
            return error == std::errc{} && end == text.data() + text.size();
        }
    }
    return false;
}

std::string expected_of(QueryType type)
{
    return type == QueryType::number ? "type.integer" : "type." + std::string{name_of(type)};
}

using Values = std::vector<std::pair<std::string_view, std::string>>;

/// One "name=value"; what is wrong with it, or nothing.
std::optional<Refusal>
read_one(std::string_view part, const std::vector<QueryParam>& declared, Values& values)
{
    std::string plain{part};
    std::ranges::replace(plain, '+', ' ');
    const auto equals = std::min(plain.find('='), plain.size());
    const auto name = decode_percent(std::string_view{plain}.substr(0, equals));
    auto value = decode_percent(std::string_view{plain}.substr(std::min(equals + 1, plain.size())));
    if (!name || !value)
        return Refusal{"percent_wrong", {}, {}};
    const auto field = std::string{first_code_points(*name, max_shown)};
    const auto param = std::ranges::find(declared, *name, &QueryParam::name);
    if (param == declared.end())
        return Refusal{"query_unknown", field, {}};
    if (std::ranges::find(values, *name, &Values::value_type::first) != values.end())
        return Refusal{"query_twice", field, {}};
    if (!has_form(param->type, *value))
        return Refusal{"type_wrong", field, {{"expected", expected_of(param->type)}}};
    values.emplace_back(param->name, std::move(*value));
    return std::nullopt;
}

}  // namespace

std::optional<std::string> decode_percent(std::string_view text)
{
    std::string plain;
    plain.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        auto c = std::optional{text[i]};
        if (c == '%') {
            c = read_escape(text.substr(i + 1));
            i += 2;
        }
        const bool is_control = c && ((*c >= '\0' && *c < ' ') || *c == '\x7F');
        if (!c || is_control)
            return std::nullopt;
        plain += *c;
    }
    return is_valid_utf8(plain) ? std::optional{plain} : std::nullopt;
}

Result<Values> read_query(std::string_view query, const std::vector<QueryParam>& declared)
{
    Values values;
    std::vector<Refusal> refusals;
    for (const auto part : split(query, '&')) {
        if (part.empty())
            continue;
        if (auto refusal = read_one(part, declared, values);
            refusal && refusals.size() < max_reported_refusals)
            refusals.push_back(std::move(*refusal));
    }
    for (const auto& param : declared) {
        const bool is_given =
            std::ranges::find(values, param.name, &Values::value_type::first) != values.end();
        const bool is_told =
            std::ranges::find(refusals, param.name, &Refusal::field) != refusals.end();
        if (param.is_required && !is_given && !is_told)
            refusals.push_back({"query_missing", param.name, {}});
    }
    if (!refusals.empty())
        return std::unexpected{Denied{Denial::invalid, std::move(refusals)}};
    return values;
}

}  // namespace redress::http
