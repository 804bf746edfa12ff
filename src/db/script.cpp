#include "db/script.hpp"

#include <cstddef>

namespace redress::db {

namespace {

/// The first character after the quoted text or comment that begins at `at`; `at` itself when none
/// begins there.
std::size_t skip_quiet(std::string_view script, std::size_t at)
{
    const auto after = [&](std::string_view end_mark, std::size_t from) {
        const std::size_t end = script.find(end_mark, from);
        return end == std::string_view::npos ? script.size() : end + end_mark.size();
    };
    const std::string_view rest = script.substr(at);
    if (rest.starts_with("--"))
        return after("\n", at);
    if (rest.starts_with("/*"))
        return after("*/", at + 2);
    if (rest.front() == '\'' || rest.front() == '"')
        return after(rest.substr(0, 1), at + 1);
    return at;
}

/// From the first character that is neither space nor comment to the last that is no space.
std::string_view trim(std::string_view statement)
{
    constexpr std::string_view blank = " \t\r\n";
    for (;;) {
        const std::size_t begin = statement.find_first_not_of(blank);
        if (begin == std::string_view::npos)
            return {};
        statement.remove_prefix(begin);
        if (!statement.starts_with("--") && !statement.starts_with("/*"))
            break;
        statement.remove_prefix(skip_quiet(statement, 0));
    }
    return statement.substr(0, statement.find_last_not_of(blank) + 1);
}

}  // namespace

std::vector<std::string_view> split_script(std::string_view script)
{
    std::vector<std::string_view> statements;
    const auto add = [&](std::string_view raw) {
        if (const std::string_view statement = trim(raw); !statement.empty())
            statements.push_back(statement);
    };
    std::size_t begin = 0;
    std::size_t at = 0;
    while (at < script.size()) {
        if (const std::size_t next = skip_quiet(script, at); next != at) {
            at = next;
            continue;
        }
        if (script[at] == ';') {
            add(script.substr(begin, at - begin));
            begin = at + 1;
        }
        ++at;
    }
    add(script.substr(begin));
    return statements;
}

}  // namespace redress::db
