// Names of types and headers, calls that make a program irreproducible, and state that outlives a
// call.
#include "source.hpp"
#include "structure.hpp"

#include <fmt/format.h>

#include <array>
#include <doctest/doctest.h>
#include <map>

using namespace redress::tidy;

namespace {

constexpr std::array<std::string_view, 10> empty_endings{
    "Manager",
    "Helper",
    "Helpers",
    "Util",
    "Utils",
    "Processor",
    "Data",
    "Info",
    "Wrapper",
    "Base",
};

/// Words that say nothing end no type's name; a private `Impl` inside a class is the idiom's own
/// word.
Findings check_types(const Tree& files)
{
    Findings found;
    for (const auto& file : files) {
        if (!is_cpp(file))
            continue;
        for (const auto& type : structure_of(lex(file.text).tokens).types) {
            bool empty = type.name.ends_with("Impl") && !(type.is_nested && type.name == "Impl");
            for (const auto ending : empty_endings)
                empty = empty || type.name.ends_with(ending);
            if (empty)
                found.push_back(
                    {file.path,
                     type.line,
                     type.name,
                     type.name + ": name what it is or does, not that it is a thing"}
                );
        }
    }
    return found;
}

Findings check_headers(const Tree& files)
{
    Findings found;
    for (const auto& file : files)
        if (file.path.ends_with(".hpp") && !file.path.starts_with("cmake/impure/") &&
            file.text.find("#pragma once") == std::string::npos)
            found.push_back({file.path, 1, "pragma", "begin the header with #pragma once"});
    return found;
}

struct Ban {
    std::string_view instead;
    bool in_tests;
};

const std::map<std::string_view, Ban> banned_calls{
    {"rand", {"take the random bytes from base/hash.hpp", true}},
    {"srand", {"take the random bytes from base/hash.hpp", true}},
    {"random_device", {"take the random bytes from base/hash.hpp", true}},
    {"getenv", {"read settings in app and hand them down", false}},
    {"system_clock", {"take an Instant as a parameter, or a Clock where time passes", false}},
    {"gettimeofday", {"take an Instant as a parameter", true}},
    {"time", {"take an Instant as a parameter", true}},
    {"sleep_for", {"wait on a condition variable that a stop can wake", false}},
};

bool may_know_the_world(const File& file)
{
    return file.path.starts_with("src/base/clock.") || file.path.starts_with("src/app/");
}

bool is_call(const std::vector<Token>& tokens, std::size_t i)
{
    const bool member = i > 0 && (tokens[i - 1].text == "." || tokens[i - 1].text == "->");
    if (member || tokens[i].kind != TokenKind::name)
        return false;
    const auto next = i + 1 < tokens.size() ? tokens[i + 1].text : std::string_view{};
    if (tokens[i].text == "system_clock")
        return next == "::" && i + 2 < tokens.size() && tokens[i + 2].text == "now";
    if (tokens[i].text == "time")  // a very common name: only the C call
        return next == "(" && i + 2 < tokens.size() &&
               (tokens[i + 2].text == "nullptr" || tokens[i + 2].text == "NULL");
    return next == "(" || tokens[i].text == "random_device";
}

Findings check_calls(const Tree& files)
{
    Findings found;
    for (const auto& file : files) {
        if (!is_cpp(file) || !file.path.starts_with("src/") || may_know_the_world(file))
            continue;
        const auto lexed = lex(file.text);
        for (std::size_t i = 0; i < lexed.tokens.size(); ++i) {
            const auto ban = banned_calls.find(lexed.tokens[i].text);
            if (ban == banned_calls.end() || !is_call(lexed.tokens, i) ||
                (is_test(file) && !ban->second.in_tests))
                continue;
            found.push_back(
                {file.path,
                 lexed.tokens[i].line,
                 std::string{ban->first},
                 fmt::format("{} is not reproducible; {}", ban->first, ban->second.instead)}
            );
        }
    }
    return found;
}

Findings check_statics(const Tree& files)
{
    Findings found;
    for (const auto& file : files) {
        if (!is_cpp(file) || !file.path.starts_with("src/") || is_test(file) ||
            may_know_the_world(file))
            continue;
        for (const auto& variable : structure_of(lex(file.text).tokens).mutable_statics)
            found.push_back(
                {file.path,
                 variable.line,
                 variable.name,
                 variable.name +
                     " outlives a call and may change; make it a member of what owns it"}
            );
    }
    return found;
}

}  // namespace

TEST_CASE("type names say something")
{
    expect_clean("types", check_types(tree()));
}

TEST_CASE("headers are included once")
{
    expect_clean("headers", check_headers(tree()));
}

TEST_CASE("time, chance and environment come as parameters")
{
    expect_clean("calls", check_calls(tree()));
}

TEST_CASE("no hidden state")
{
    expect_clean("statics", check_statics(tree()));
}

TEST_CASE("empty type names are found")
{
    CHECK(check_types({{"src/a.hpp", "class CaseManager { int x; };"}}).size() == 1);
    CHECK(check_types({{"src/a.hpp", "struct CaseInfo { };"}}).size() == 1);
    CHECK(check_types({{"src/a.hpp", "class StoreImpl { };"}}).size() == 1);
    CHECK(check_types({{"src/a.hpp", "class Impl { };"}}).size() == 1);
    CHECK(check_types({{"src/a.cpp", "struct Server::Impl { };"},
                       {"src/a.hpp", "class Case { struct Impl { }; };"}}
    ).empty());
}

TEST_CASE("a header without its guard is found")
{
    CHECK(check_headers({{"src/a.hpp", "int f();\n"}}).size() == 1);
    CHECK(check_headers({{"src/a.hpp", "#pragma once\n"}}).empty());
}

TEST_CASE("irreproducible calls are found where they are not allowed")
{
    for (const char* call :
         {"std::chrono::system_clock::now()",
          "rand()",
          "std::getenv(\"A\")",
          "time(nullptr)",
          "std::random_device{}",
          "std::this_thread::sleep_for(x)"}) {
        const std::string source = std::string{"auto f() { return "} + call + "; }";
        CHECK_MESSAGE(check_calls({{"src/cases/rules.cpp", source}}).size() == 1, call);
        CHECK_MESSAGE(check_calls({{"src/app/commands.cpp", source}}).empty(), call);
    }
    CHECK(check_calls({{"src/cases/rules.cpp",
                        "auto f() { return event.time(nullptr) + calendar.rand(); }"}}
    ).empty());
    CHECK(check_calls({{"src/db/x_test.cpp", "auto f() { return getenv(\"A\"); }"}}).empty());
}

TEST_CASE("hidden state is found")
{
    CHECK(
        check_statics({{"src/cases/store.cpp", "void f() { static int calls = 0; }"}}).size() == 1
    );
    CHECK(check_statics({{"src/base/clock.cpp", "int latest = 0;"}}).empty());
}
