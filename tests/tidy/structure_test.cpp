#include "structure.hpp"

#include <doctest/doctest.h>

using namespace redress::tidy;

namespace {

Structure read(std::string_view source)
{
    return structure_of(lex(source).tokens);
}

}  // namespace

TEST_CASE("functions are found with their length and parameters")
{
    const auto found = read(R"x(
namespace a {
template <class T, class U = std::map<int, int>>
[[nodiscard]] std::map<T, U> C<T>::join(const std::map<T, U>& x, int y = f(1, 2)) const
{
    return {x, y};
}
C::C(int a) : Base<int>{a}, b_{a, a}, c_(a) { run(); }
bool operator()(int, int) const { return true; }
bool operator<(A a, B b) { return a.x < b.x; }
struct P f() { return {}; }
constexpr auto g = [](int x) { return x; };
std::vector<int> list{1, 2};
void declared(int a, int b);
}
)x");
    REQUIRE(found.functions.size() == 5);
    CHECK(found.functions[0].name == "join");
    CHECK(found.functions[0].lines == 3);
    CHECK(found.functions[0].line == 3);
    CHECK(found.functions[0].parameters == 2);
    CHECK(found.functions[1].name == "C");
    CHECK(found.functions[1].parameters == 1);
    CHECK(found.functions[2].parameters == 2);
    CHECK(found.functions[3].parameters == 2);
    CHECK(found.functions[4].name == "f");
    CHECK(found.functions[4].parameters == 0);
}

TEST_CASE("nesting counts conditions and loops with and without braces")
{
    CHECK(read("void f() { g(); }").functions[0].nesting == 0);
    CHECK(read("void f() { if (a) { b(); } else if (c) { d(); } }").functions[0].nesting == 1);
    CHECK(
        read("void f() { for (a; b; c) { if (d) { while (e) g(); } } }").functions[0].nesting == 3
    );
    CHECK(
        read("void f() { for (auto a : b) if (c) for (;;) if (d) e(); }").functions[0].nesting == 4
    );
    CHECK(
        read("void f() { if (a) b(); if (c) d(); for (;;) { } if (e) g(); }")
            .functions[0]
            .nesting == 1
    );
    CHECK(
        read("void f() { if (a) run([&](int x) { if (x) { g(); } }); }").functions[0].nesting == 1
    );
    CHECK(
        read("void f() { if (a) return T{1, {2}}; x = {1}; if (b) c(); }").functions[0].nesting == 1
    );
}

TEST_CASE("types are found, functions that return one are not")
{
    const auto found = read(R"x(
template <class T> struct A final : B { class C { int x{}; }; enum class D : int { one }; void f() { struct E { int y; }; } };
struct Declared;
struct A make() { return {}; }
BOOST_DEFINE_ENUM_CLASS(Six, a, b, c, d, e, f)
struct Outer::F { };
)x");
    CHECK(found.functions.size() == 2);
    REQUIRE(found.types.size() == 5);
    CHECK(found.types[4].is_nested);
    CHECK(found.types[0].name == "A");
    CHECK(!found.types[0].is_nested);
    CHECK(found.types[1].name == "C");
    CHECK(found.types[1].is_nested);
    CHECK(found.types[2].name == "D");
    CHECK(found.types[3].name == "E");
}

TEST_CASE("mutable statics are found wherever they stand")
{
    CHECK(read("int counter = 0;").mutable_statics.size() == 1);
    CHECK(read("namespace a { std::atomic<int> hits{0}; }").mutable_statics.size() == 1);
    CHECK(read("void f() { static int calls = 0; }").mutable_statics.size() == 1);
    CHECK(read("void f() { g(); static std::map<int, int> cache{}; }").mutable_statics.size() == 1);
    CHECK(
        read("struct A { inline static int count = 0; int own = 1; };").mutable_statics.size() == 1
    );
    CHECK(read("void f() { thread_local std::string buffer; }").mutable_statics.size() == 1);
}

TEST_CASE("constants, functions and locals are no mutable statics")
{
    for (const char* source :
         {"constexpr int a = 1;",
          "static const std::map<int, int> b{{1, 2}};",
          "void f();",
          "static void f() { int c = 0; }",
          "void f() { static const auto d = g(); }",
          "extern int e;",
          "using F = int;",
          "struct G { static int h(); };",
          "Refusal refusal(std::string field = {}, int params = {});",
          "inline constexpr std::string_view i = \"x\";",
          "void f() { int j = 0; std::vector<int> k{1}; }"})
        CHECK_MESSAGE(read(source).mutable_statics.empty(), source);
}
