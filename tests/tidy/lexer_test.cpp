#include "lexer.hpp"

#include <doctest/doctest.h>
#include <string>

using namespace redress::tidy;

namespace {

std::string joined(std::string_view source)
{
    std::string all;
    for (const auto& token : lex(source).tokens)
        all += (all.empty() ? "" : " ") + std::string{token.text};
    return all;
}

}  // namespace

TEST_CASE("the lexer keeps code and drops comments, directives and quotes")
{
    CHECK(joined("int a = 1'000; // b = 2;\n/* c */ a->x();") == "int a = 1'000 ; a -> x ( ) ;");
    CHECK(joined("#define X(y) \\\n  y + 1\nint z;") == "int z ;");
    CHECK(
        joined(R"x(f("a\"b", 'c', R"sql(select ")" {)sql");)x") ==
        "f ( a\\\"b , c , select \")\" { ) ;"
    );
}

TEST_CASE("the lexer knows lines, includes and comments")
{
    const auto lexed =
        lex("#include \"a/b.hpp\"  // why\n#include <vector>\n\n/* one\n two */\nint\nx;");
    REQUIRE(lexed.includes.size() == 2);
    CHECK(lexed.includes[0].path == "a/b.hpp");
    CHECK(lexed.includes[1].line == 2);
    REQUIRE(lexed.comments.size() == 3);
    CHECK(lexed.comments[2].line == 5);
    CHECK(lexed.tokens.back().line == 7);
}
