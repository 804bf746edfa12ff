// How large a file and a function may be.
#include "source.hpp"
#include "structure.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>

using namespace redress::tidy;

namespace {

constexpr std::size_t file_lines = 400;
constexpr std::size_t header_lines = 200;
constexpr std::size_t function_lines = 60;
constexpr std::size_t function_nesting = 3;
constexpr std::size_t function_parameters = 5;

bool is_code(const File& file)
{
    for (const std::string_view ending :
         {".cpp", ".hpp", ".sql", ".mjs", ".js", ".ts", ".vue", ".css", ".sh", ".cmake"})
        if (file.path.ends_with(ending))
            return true;
    return false;
}

Findings check_files(const Tree& files)
{
    Findings found;
    for (const auto& file : files) {
        const auto limit = file.path.ends_with(".hpp") ? header_lines : file_lines;
        const auto lines = lines_of(file.text).size();
        if (is_code(file) && lines > limit)
            found.push_back(
                {file.path,
                 limit,
                 "lines",
                 fmt::format(
                     "{} lines, at most {}: split it by what changes together",
                     lines,
                     limit
                 )}
            );
    }
    return found;
}

Findings check_functions(const Tree& files)
{
    Findings found;
    const auto object = [&found](
                            const File& file,
                            const Function& function,
                            std::string_view what
                        ) {
        found.push_back(
            {file.path, function.line, function.name, fmt::format("{}: {}", function.name, what)}
        );
    };
    for (const auto& file : files) {
        if (!is_cpp(file))
            continue;
        for (const auto& function : structure_of(lex(file.text).tokens).functions) {
            if (function.lines > function_lines)
                object(
                    file,
                    function,
                    fmt::format(
                        "{} lines, at most {}: name its parts",
                        function.lines,
                        function_lines
                    )
                );
            if (function.nesting > function_nesting)
                object(
                    file,
                    function,
                    fmt::format(
                        "nested {} deep, at most {}: return early or name the inner part",
                        function.nesting,
                        function_nesting
                    )
                );
            if (function.parameters > function_parameters)
                object(
                    file,
                    function,
                    fmt::format(
                        "{} parameters, at most {}: make a struct of them",
                        function.parameters,
                        function_parameters
                    )
                );
        }
    }
    return found;
}

std::string repeated(std::string_view line, std::size_t times)
{
    std::string all;
    for (std::size_t i = 0; i < times; ++i)
        all += line;
    return all;
}

}  // namespace

TEST_CASE("files are short")
{
    expect_clean("files", check_files(tree()));
}

TEST_CASE("functions are short, flat and take few parameters")
{
    expect_clean("functions", check_functions(tree()));
}

TEST_CASE("a long file is found, a header sooner")
{
    CHECK(check_files({{"src/a.cpp", repeated("\n", 400)}}).empty());
    CHECK(check_files({{"src/a.cpp", repeated("\n", 401)}}).size() == 1);
    CHECK(check_files({{"src/a.sql", repeated("\n", 401)}}).size() == 1);
    CHECK(check_files({{"src/a.hpp", repeated("\n", 200)}}).empty());
    CHECK(check_files({{"src/a.hpp", repeated("\n", 201)}}).size() == 1);
}

TEST_CASE("a long, deep or greedy function is found")
{
    CHECK(check_functions({{"src/a.cpp", "void f()\n{\n" + repeated("g();\n", 58) + "}\n"}}).empty()
    );
    CHECK(
        check_functions({{"src/a.cpp", "void f()\n{\n" + repeated("g();\n", 59) + "}\n"}}).size() ==
        1
    );
    CHECK(check_functions({{"src/a.cpp", "void f(int a, int b, int c, int d, int e) {}"}}).empty());
    CHECK(
        check_functions({{"src/a.cpp", "void f(int a, int b, int c, int d, int e, int g) {}"}}
        ).size() == 1
    );
    CHECK(check_functions({{"src/a.cpp", "void f() { if (a) for (;;) while (b) c(); }"}}).empty());
    CHECK(
        check_functions({{"src/a.cpp", "void f() { if (a) for (;;) while (b) if (c) d(); }"}}
        ).size() == 1
    );
}
