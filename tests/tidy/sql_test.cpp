// Named statements and migrations.
#include "source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <doctest/doctest.h>

using namespace redress::tidy;

namespace {

constexpr std::string_view name_mark = "-- name: ";
constexpr std::string_view migrations = "src/db/migrations/";
constexpr std::array<std::string_view, 6>
    reading{"find_", "list_", "count_", "sum_", "has_", "next_"};

struct Statement {
    std::string name;
    std::string text;  ///< lower case, comments left out
    std::size_t line{};
};

std::string lower(std::string_view text)
{
    std::string all;
    for (const char c : text)
        all += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
    return all;
}

std::vector<Statement> statements_of(const File& file)
{
    std::vector<Statement> statements;
    std::size_t number = 0;
    for (const auto line : lines_of(file.text)) {
        ++number;
        if (line.starts_with(name_mark))
            statements.push_back({std::string{line.substr(name_mark.size())}, "", number});
        else if (!statements.empty())
            statements.back().text += lower(line.substr(0, line.find("--"))) + "\n";
    }
    return statements;
}

bool is_named_sql(const File& file)
{
    return file.path.starts_with("src/") && file.path.ends_with(".sql") &&
           !file.path.starts_with(migrations);
}

bool reads(const Statement& statement)
{
    const auto has = [&](std::string_view word) {
        return statement.text.find(word) != std::string::npos;
    };
    return statement.text.starts_with("select") ||
           (statement.text.starts_with("with") && !has("insert into") && !has("delete from") &&
            !has("update "));
}

Findings check_statement(const File& file, const Statement& statement)
{
    Findings found;
    const auto object = [&](std::string_view what) {
        found.push_back(
            {file.path, statement.line, statement.name, fmt::format("{}: {}", statement.name, what)}
        );
    };
    const auto begins = [&](std::string_view verb) { return statement.name.starts_with(verb); };
    if (reads(statement) != std::ranges::any_of(reading, begins))
        object(fmt::format(
            "what only reads begins with one of {}, and nothing else does",
            fmt::join(reading, " ")
        ));
    if (statement.name.starts_with("list_") && statement.text.find("limit") == std::string::npos)
        object("a list has a LIMIT, also when it is short today");
    if (statement.text.find("offset ") != std::string::npos)
        object("page by the key of the last row, not by OFFSET, whose cost grows with the page");
    if (statement.text.find("select *") != std::string::npos)
        object("name the columns: a new one must not change what is read");
    const bool changes_all =
        statement.text.starts_with("update ") || statement.text.starts_with("delete ");
    if (changes_all && statement.text.find("where") == std::string::npos)
        object("changes every row; add a WHERE");
    return found;
}

Findings check_statements(const Tree& files)
{
    Findings found;
    for (const auto& file : files) {
        if (!is_named_sql(file))
            continue;
        for (const auto& statement : statements_of(file))
            for (auto& finding : check_statement(file, statement))
                found.push_back(std::move(finding));
    }
    return found;
}

Findings check_migrations(const Tree& files)
{
    Findings found;
    int expected = 1;
    for (const auto& file : files) {
        if (!file.path.starts_with(migrations))
            continue;
        const auto name = file.path.substr(migrations.size());
        if (!name.starts_with(fmt::format("{:04}_", expected)))
            found.push_back(
                {file.path,
                 1,
                 name,
                 fmt::format("the next migration is number {:04}; they have no gaps", expected)}
            );
        ++expected;
    }
    return found;
}

std::size_t count_found(std::string_view text)
{
    return check_statements({{"src/cases/cases.sql", std::string{text}}}).size();
}

}  // namespace

TEST_CASE("statements are named by what they do, and lists have a limit")
{
    expect_clean("sql", check_statements(tree()));
}

TEST_CASE("migrations are numbered without gaps")
{
    expect_clean("migrations", check_migrations(tree()));
}

TEST_CASE("a list without limit, a lone verb, OFFSET, SELECT * and a change of every row are found")
{
    CHECK(count_found("-- name: list_cases\nSELECT id\nFROM cases\nLIMIT $1;\n") == 0);
    CHECK(count_found("-- name: list_cases\nSELECT id FROM cases; -- limit\n") == 1);
    CHECK(count_found("-- name: get_case\nSELECT id FROM cases WHERE id = $1;\n") == 1);
    CHECK(count_found("-- name: find_case\nINSERT INTO cases (id) VALUES ($1);\n") == 1);
    CHECK(count_found("-- name: keep_case\nINSERT INTO cases (id) VALUES ($1);\n") == 0);
    CHECK(count_found("-- name: list_cases\nSELECT id FROM cases LIMIT $1 OFFSET $2;\n") == 1);
    CHECK(count_found("-- name: find_case\nSELECT * FROM cases WHERE id = $1;\n") == 1);
    CHECK(count_found("-- name: update_cases\nUPDATE cases SET doc = $1;\n") == 1);
    CHECK(
        count_found(
            "-- name: find_case\nSELECT id FROM cases;\n\n-- name: delete_case\nDELETE FROM cases;\n"
        ) == 1
    );
}

TEST_CASE("a gap between migrations is found")
{
    const std::string folder{migrations};
    CHECK(check_migrations({{folder + "0001_a.sql", ""}, {folder + "0002_b.sql", ""}}).empty());
    CHECK(check_migrations({{folder + "0001_a.sql", ""}, {folder + "0003_b.sql", ""}}).size() == 1);
    CHECK(check_migrations({{folder + "0001_a.sql", ""}, {folder + "0001_b.sql", ""}}).size() == 1);
}
