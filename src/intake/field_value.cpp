#include "intake/field_value.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <date/date.h>
#include <sstream>

namespace redress::intake {
namespace {

using OptionalValue = std::optional<json::value>;

OptionalValue to_bool(std::string_view cell)
{
    constexpr std::array<std::string_view, 6> yes{"yes", "true", "1", "y", "是", "有"};
    constexpr std::array<std::string_view, 6> no{"no", "false", "0", "n", "否", "无"};
    const std::string word = to_lower_ascii(cell);
    if (std::ranges::find(yes, word) != yes.end())
        return true;
    if (std::ranges::find(no, word) != no.end())
        return false;
    return std::nullopt;
}

/// Without currency signs and thousands separators.
std::string bare_number(std::string_view cell)
{
    constexpr std::array<std::string_view, 6> signs{"¥", "￥", "元", "$", "€", "£"};
    std::string digits{trim(cell)};
    for (const auto sign : signs)
        if (const auto at = digits.find(sign); at != std::string::npos)
            digits.erase(at, sign.size());
    std::erase_if(digits, [](char c) { return c == ',' || c == ' '; });
    return digits;
}

template <class Number>
std::optional<Number> parse_number(std::string_view digits)
{
    Number number{};
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    if (error != std::errc{} || end != digits.data() + digits.size())
        return std::nullopt;
    return number;
}

OptionalValue to_whole(std::string_view cell)
{
    const auto number = parse_number<std::int64_t>(bare_number(cell));
    return number ? OptionalValue{*number} : std::nullopt;
}

OptionalValue to_number(std::string_view cell)
{
    const auto number = parse_number<double>(bare_number(cell));
    return number ? OptionalValue{*number} : std::nullopt;
}

/// Major units with at most two decimals.
OptionalValue to_money(std::string_view cell)
{
    constexpr std::int64_t minor_per_major = 100;
    constexpr std::int64_t most_major = 1'000'000'000'000;
    const std::string digits = bare_number(cell);
    const auto point = digits.find('.');
    const auto major = parse_number<std::int64_t>(std::string_view{digits}.substr(0, point));
    std::string decimals = point == std::string::npos ? "" : digits.substr(point + 1);
    const bool are_digits =
        std::ranges::all_of(decimals, [](char c) { return c >= '0' && c <= '9'; });
    if (!major || *major < 0 || *major > most_major || decimals.size() > 2 || !are_digits)
        return std::nullopt;
    decimals.resize(2, '0');
    return *major * minor_per_major + (decimals[0] - '0') * 10 + (decimals[1] - '0');
}

OptionalValue to_choice(const cases::Field& field, std::string_view cell)
{
    const std::string word = to_lower_ascii(trim(cell));
    for (const auto& [id, label] : field.choices)
        if (word == id || word == to_lower_ascii(label.en) || word == label.zh)
            return json::string{id};
    return std::nullopt;
}

std::vector<std::string_view> items_of(std::string_view cell)
{
    std::vector<std::string_view> items;
    for (std::size_t at = 0; at <= cell.size();) {
        const auto end = std::min(cell.find_first_of(";\n", at), cell.size());
        if (const auto item = trim(cell.substr(at, end - at)); !item.empty())
            items.push_back(item);
        at = end + 1;
    }
    return items;
}

OptionalValue to_list(const cases::Field& field, std::string_view cell)
{
    json::array list;
    for (const auto item : items_of(cell)) {
        auto value = field.type == cases::Field::Type::choices ? to_choice(field, item)
                                                               : OptionalValue{json::string{item}};
        if (!value)
            return std::nullopt;
        list.push_back(std::move(*value));
    }
    return list;
}

}  // namespace

std::optional<json::value> to_field_value(const cases::Field& field, std::string_view cell)
{
    using enum cases::Field::Type;
    switch (field.type) {
        case text:
            return json::string{trim(cell)};
        case prose:
            return json::string{cell};
        case boolean:
            return to_bool(trim(cell));
        case whole:
        case staff:
        case case_ref:
            return to_whole(cell);
        case money_minor:
            return to_money(cell);
        case number:
            return to_number(cell);
        case choice:
            return to_choice(field, cell);
        case choices:
        case list:
            return to_list(field, cell);
        case instant:
        case map:
            break;
    }
    return std::nullopt;
}

std::optional<Instant>
parse_time(std::string_view text, const std::vector<std::string>& formats, const policy::Zone* zone)
{
    const std::string word{trim(text)};
    if (const auto exact = parse_rfc3339(word))
        return exact;
    for (const auto& format : formats) {
        std::istringstream in{word};
        date::local_time<Micros> local;
        std::string abbreviation;
        std::chrono::minutes offset{};
        date::from_stream(in, format.c_str(), local, &abbreviation, &offset);
        if (in.fail() || in.peek() != std::istringstream::traits_type::eof())
            continue;
        const Micros shown = local.time_since_epoch();
        if (format.find("%z") != std::string::npos || zone == nullptr)
            return Instant{(shown - offset).count()};
        return zone->to_instant(policy::LocalTime{shown});
    }
    return std::nullopt;
}

bool is_time_format(const std::string& format)
{
    constexpr auto sample = date::local_days{date::year{2026} / 3 / 14};
    std::ostringstream out;
    date::to_stream(out, format.c_str(), sample + std::chrono::seconds{0});
    const auto read = parse_time(out.str(), {format}, nullptr);
    // What a format leaves out is read as midnight; it has to name the day.
    return !out.fail() && read && *read == Instant{Micros{sample.time_since_epoch()}.count()};
}

}  // namespace redress::intake
