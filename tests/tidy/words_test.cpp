// What comments and texts may not contain.
#include "lexer.hpp"
#include "source.hpp"

#include <fmt/format.h>

#include <array>
#include <doctest/doctest.h>
#include <re2/re2.h>

using namespace redress::tidy;

namespace {

/// A comment line that reads as code: a statement's end after a call, an assignment or a return, or
/// a lone bracket.
bool is_code(std::string_view comment)
{
    static const RE2 statement{
        R"(^\s*(return\b.*|.*\w\([^()]*\).*|.*\w\s*[-+]?=\s*[\w"{(].*);\s*$)"};
    static const RE2 block{
        R"(^\s*((if|for|while|switch) \(.*\)( \{)?|.*\) \{|else( \{)?|\}( else.*)?|#include .*)\s*$)"};
    return RE2::FullMatch(comment, statement) || RE2::FullMatch(comment, block);
}

Findings check_comments(const Tree& files)
{
    Findings found;
    for (const auto& file : files) {
        if (!is_cpp(file))
            continue;
        for (const auto& comment : lex(file.text).comments)
            if (is_code(comment.text))
                found.push_back(
                    {file.path,
                     comment.line,
                     std::string{comment.text},
                     "remove the code that was commented out; git remembers it"}
                );
    }
    return found;
}

struct Ban {
    std::string_view pattern;
    std::string_view message;
};

// The patterns are written in pieces where they would find themselves.
constexpr std::array<Ban, 4> banned{{
    {R"(\b(TO)"
     R"(DO|FIX)"
     R"(ME|XX)"
     R"(X|HA)"
     R"(CK)\b)",
     "do it now, or say in an issue why not"},
    {R"((^|[\s"'(=`])/(wo)"
     R"(rk|ho)"
     R"(me|ro)"
     R"(ot|Us)"
     R"(ers)/\w)",
     "a path of one machine; make it relative or an option"},
    {R"((?i)\b(chat)"
     R"(gpt|clau)"
     R"(de|copi)"
     R"(lot|anthro)"
     R"(pic|open)"
     R"(ai|large lang)"
     R"(uage model|ai-gene)"
     R"(rated)\b)",
     "the product speaks of itself, not of how it was written"},
    {R"((?i)\b(this ses)"
     R"(sion's au)"
     R"(thor|another engi)"
     R"(neer|the le)"
     R"(ad's brief|as instr)"
     R"(ucted|sub-?ag)"
     R"(ent)\b)",
     "the product speaks of itself, not of who wrote it"},
}};

void check_file(const File& file, const Ban& ban, const RE2& pattern, Findings& found)
{
    std::size_t number = 0;
    for (const auto line : lines_of(file.text)) {
        ++number;
        std::string word;
        if (RE2::PartialMatch(line, pattern, &word))
            found.push_back({file.path, number, word, fmt::format("'{}': {}", word, ban.message)});
    }
}

Findings check_words(const Tree& files)
{
    Findings found;
    for (const auto& ban : banned) {
        const RE2 pattern{fmt::format("({})", ban.pattern)};
        REQUIRE_MESSAGE(pattern.ok(), pattern.error());
        for (const auto& file : files)
            check_file(file, ban, pattern, found);
    }
    return found;
}

std::size_t count_comments(std::string_view comment)
{
    return check_comments({{"src/a.cpp", fmt::format("// {}\nint x;\n", comment)}}).size();
}

std::size_t count_words(std::string_view text)
{
    return check_words({{"src/a.cpp", std::string{text}}}).size();
}

}  // namespace

TEST_CASE("no code is commented out")
{
    expect_clean("comments", check_comments(tree()));
}

TEST_CASE("no notes to oneself, machine paths or authors")
{
    expect_clean("words", check_words(tree()));
}

TEST_CASE("code in a comment is found, prose is not")
{
    for (const char* code :
         {"int a = 1;",
          "run(x);",
          "return total;",
          "if (late) {",
          "}",
          "for (;;)",
          "#include <vector>",
          "case_->close(now);"})
        CHECK_MESSAGE(count_comments(code) == 1, code);
    for (const char* prose :
         {"Each succeeds or fails alone;",
          "In a batch (one savepoint each); see base.",
          "If the clock was set back, it waits.",
          "The key is `a = 1` then.",
          "Returns nothing for a Cc (RFC 5322);"})
        CHECK_MESSAGE(count_comments(prose) == 0, prose);
}

TEST_CASE("notes to oneself, machine paths and authors are found")
{
    for (const std::string& text :
         {std::string{"// TO"} + "DO later",
          std::string{"// FIX"} + "ME",
          std::string{"auto p = \"/ho"} + "me/me/x\";",
          std::string{"see /wo"} + "rk/shared",
          std::string{"written with Chat"} + "GPT",
          std::string{"Clau"} + "de",
          std::string{"another engi"} + "neer"})
        CHECK_MESSAGE(count_words(text) == 1, text);
    for (const char* text :
         {"a session ends",
          "the agent answers",
          "https://example.org/work/x",
          "src/work/x",
          "homework/x"})
        CHECK_MESSAGE(count_words(text) == 0, text);
}
