#pragma once

#include "db/value.hpp"

#include <array>
#include <cstddef>
#include <span>
#include <stdexcept>
#include <string_view>

namespace redress::db {

/// What a connection needs to prepare a statement. `sql` is static text; its address is the key of
/// the cache.
struct StatementText {
    std::string_view name;
    std::string_view sql;
    std::span<const Kind> parameters;
};

namespace detail {

inline constexpr std::size_t max_parameters = 64;

/// Where a quoted text or a `--` comment that begins at `at` ends; `at` itself when there is none.
constexpr std::size_t skip_quiet(std::string_view sql, std::size_t at)
{
    if (sql[at] == '\'' || sql[at] == '"') {
        const std::size_t end = sql.find(sql[at], at + 1);
        return end == std::string_view::npos ? sql.size() - 1 : end;
    }
    if (sql.substr(at).starts_with("--")) {
        const std::size_t end = sql.find('\n', at);
        return end == std::string_view::npos ? sql.size() - 1 : end;
    }
    return at;
}

/// Does the statement use exactly $1…$count, each at least once?
constexpr bool uses_parameters(std::string_view sql, std::size_t count)
{
    std::array<bool, max_parameters + 1> seen{};
    for (std::size_t i = 0; i < sql.size(); ++i) {
        i = skip_quiet(sql, i);
        std::size_t number = 0;
        if (sql[i] == '$')
            for (std::size_t j = i + 1; j < sql.size() && sql[j] >= '0' && sql[j] <= '9'; ++j)
                number = number * 10 + static_cast<std::size_t>(sql[j] - '0');
        if (number > count)
            return false;
        seen[number] = true;
    }
    for (std::size_t number = 1; number <= count; ++number)
        if (!seen[number])
            return false;
    return true;
}

template <Storable... Params>
struct Text {
    static_assert(sizeof...(Params) <= max_parameters);
    static constexpr std::array<Kind, sizeof...(Params)> kinds{Column<Params>::kind...};

    std::string_view name;
    std::string_view sql;

    /// Only called while compiling, by the constructors below.
    constexpr Text(std::string_view statement_name, std::string_view statement_sql)
        : name{statement_name}, sql{statement_sql}
    {
        if (!uses_parameters(sql, sizeof...(Params)))
            throw std::logic_error{
                "the statement's $n placeholders and its parameter types differ in number"};
    }

    [[nodiscard]] constexpr StatementText text() const { return {name, sql, kinds}; }
};

}  // namespace detail

/// A named statement that gives rows. Row is an aggregate described with BOOST_DESCRIBE_STRUCT
/// (columns in member order) or a single Storable. That $1…$n and Params agree in number is checked
/// by the compiler.
template <class Row, Storable... Params>
struct Query : detail::Text<Params...> {
    consteval Query(std::string_view statement_name, std::string_view statement_sql)
        : detail::Text<Params...>{statement_name, statement_sql}
    {}
};

/// A named statement without rows.
template <Storable... Params>
struct Command : detail::Text<Params...> {
    consteval Command(std::string_view statement_name, std::string_view statement_sql)
        : detail::Text<Params...>{statement_name, statement_sql}
    {}
};

}  // namespace redress::db
