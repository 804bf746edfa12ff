#include "tests/scenarios/scenario.hpp"

#include <fmt/format.h>

#include <charconv>
#include <fstream>
#include <map>
#include <stdexcept>

namespace redress::scenarios {
namespace {

using Lines = std::vector<Line>;

/// Words by blanks outside of quotes, brackets and braces.
std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    std::string word;
    int depth = 0;
    bool is_quoted = false;
    for (std::size_t i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (is_quoted && c == '\\' && i + 1 < text.size()) {
            word += c;
            word += text[++i];
            continue;
        }
        is_quoted = is_quoted != (c == '"');
        if (!is_quoted)
            depth += (c == '[' || c == '{' ? 1 : 0) - (c == ']' || c == '}' ? 1 : 0);
        if (c != ' ' || is_quoted || depth > 0)
            word += c;
        else if (!word.empty())
            words.push_back(std::exchange(word, {}));
    }
    if (!word.empty())
        words.push_back(std::move(word));
    return words;
}

/// Logical lines: a line that begins with two spaces goes on with the one before it.
std::vector<std::pair<int, std::string>> logical_lines(const std::string& path)
{
    std::ifstream in{path};
    if (!in)
        throw std::runtime_error{path + " cannot be read"};
    std::vector<std::pair<int, std::string>> lines;
    int number = 0;
    for (std::string line; std::getline(in, line);) {
        ++number;
        if (line.empty() || line.starts_with('#'))
            continue;
        if (line.starts_with("  ") && !lines.empty())
            lines.back().second += " " + line;
        else
            lines.emplace_back(number, line);
    }
    return lines;
}

std::string unquoted(std::string_view text)
{
    std::string plain;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '\\' && i + 2 < text.size()) {
            ++i;
            plain += text[i] == 'n' ? '\n' : text[i];
        } else
            plain += text[i];
    }
    return plain;
}

/// The parts of a list or map between commas outside of quotes.
std::vector<std::string> parts_of(std::string_view text)
{
    std::vector<std::string> parts(1);
    bool is_quoted = false;
    for (const char c : text) {
        is_quoted = is_quoted != (c == '"');
        if (c == ',' && !is_quoted)
            parts.emplace_back();
        else if (c != ' ' || is_quoted || !parts.back().empty())
            parts.back() += c;
    }
    if (parts.size() == 1 && parts.front().empty())
        parts.clear();
    return parts;
}

json::value list_of(std::string_view inside, Instant now)
{
    json::array list;
    for (const auto& part : parts_of(inside))
        list.push_back(value_of(part, now));
    return list;
}

json::value map_of(std::string_view inside, Instant now)
{
    json::object map;
    for (const auto& part : parts_of(inside)) {
        const auto equals = part.find('=');
        map[part.substr(0, equals)] = value_of(part.substr(equals + 1), now);
    }
    return map;
}

std::optional<json::value> number_of(std::string_view text)
{
    std::int64_t whole = 0;
    const auto* end = text.data() + text.size();
    if (const auto [rest, error] = std::from_chars(text.data(), end, whole);
        error == std::errc{} && rest == end)
        return whole;
    double real = 0;
    if (const auto [rest, error] = std::from_chars(text.data(), end, real);
        error == std::errc{} && rest == end)
        return real;
    return std::nullopt;
}

}  // namespace

Micros length_of(std::string_view text)
{
    static const std::map<char, Micros> units{
        {'m', std::chrono::minutes{1}},
        {'h', std::chrono::hours{1}},
        {'d', std::chrono::days{1}},
        {'w', std::chrono::weeks{1}}};
    Micros total{0};
    while (!text.empty()) {
        std::int64_t n = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), n);
        const auto used = static_cast<std::size_t>(end - text.data());
        if (error != std::errc{} || used >= text.size() || !units.contains(*end))
            throw std::runtime_error{fmt::format("'{}' is no length of time", text)};
        total += n * units.at(*end);
        text.remove_prefix(used + 1);
    }
    return total;
}

json::value value_of(std::string_view text, Instant now)
{
    if (text == "true" || text == "false")
        return text == "true";
    if (text.starts_with('"'))
        return json::string{unquoted(text)};
    if (text.starts_with('['))
        return list_of(text.substr(1, text.size() - 2), now);
    if (text.starts_with('{'))
        return map_of(text.substr(1, text.size() - 2), now);
    if (text.starts_with('+'))
        return json::string{to_rfc3339(now + length_of(text.substr(1)))};
    if (auto number = number_of(text))
        return *number;
    return json::string{text};
}

std::vector<Scenario> read_scenarios(const std::string& path)
{
    std::map<std::string, Lines> fragments;
    std::vector<Scenario> scenarios;
    Lines* into = nullptr;
    for (const auto& [number, text] : logical_lines(path)) {
        auto words = words_of(text);
        if (words.front() == "scenario") {
            scenarios.push_back({text.substr(9), number, {}});
            into = &scenarios.back().lines;
        } else if (words.front() == "fragment")
            into = &fragments[words.at(1)];
        else if (into == nullptr)
            throw std::runtime_error{fmt::format("{}:{}: nothing has begun yet", path, number)};
        else if (words.front() == "do") {
            const auto piece = fragments.at(words.at(1));
            into->insert(into->end(), piece.begin(), piece.end());
        } else
            into->push_back({number, std::move(words)});
    }
    return scenarios;
}

}  // namespace redress::scenarios
