// How much of the code is a copy of other code.
#include "lexer.hpp"
#include "source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <doctest/doctest.h>
#include <unordered_map>

using namespace redress::tidy;

namespace {

constexpr std::size_t window = 60;  // tokens; shorter repetitions are idioms
constexpr double source_limit = 0.02;
constexpr double test_limit = 0.08;

struct Place {
    std::size_t file{};
    std::size_t token{};
};

struct Clone {
    Place first;
    Place copy;
    std::size_t tokens{};
};

struct Clones {
    std::size_t tokens{};
    std::size_t copied{};
    std::vector<Clone> found;
    [[nodiscard]] double share() const
    {
        return tokens == 0 ? 0 : static_cast<double>(copied) / static_cast<double>(tokens);
    }
};

using Tokens = std::vector<std::vector<Token>>;

bool same(const Tokens& files, Place a, Place b, std::size_t count)
{
    const auto text = [&](Place place, std::size_t i) {
        return files[place.file][place.token + i].text;
    };
    for (std::size_t i = 0; i < count; ++i)
        if (text(a, i) != text(b, i))
            return false;
    return true;
}

std::size_t hash_of(const std::vector<Token>& tokens, std::size_t at)
{
    std::size_t hash = 0;
    for (std::size_t i = at; i < at + window; ++i)
        hash = hash * 1000003U + std::hash<std::string_view>{}(tokens[i].text);
    return hash;
}

/// How many tokens are alike from two places on; a copy that overlaps its original is a table, not
/// a clone.
std::size_t alike(const Tokens& files, Place first, Place copy)
{
    if (first.file == copy.file && first.token + window > copy.token)
        return 0;
    if (!same(files, first, copy, window))
        return 0;
    std::size_t count = window;
    while (first.token + count < files[first.file].size() &&
           copy.token + count < files[copy.file].size() &&
           same(files, {first.file, first.token + count}, {copy.file, copy.token + count}, 1))
        ++count;
    return count;
}

Clones clones_in(const Tokens& files)
{
    Clones clones;
    std::unordered_map<std::size_t, Place> seen;
    for (std::size_t file = 0; file < files.size(); ++file) {
        const auto& tokens = files[file];
        clones.tokens += tokens.size();
        for (std::size_t at = 0; at + window <= tokens.size();) {
            const Place here{file, at};
            const auto [first, fresh] = seen.try_emplace(hash_of(tokens, at), here);
            const auto count = fresh ? 0 : alike(files, first->second, here);
            if (count > 0) {
                clones.copied += count;
                clones.found.push_back({first->second, here, count});
            }
            at += std::max<std::size_t>(count, 1);
        }
    }
    std::ranges::sort(clones.found, std::greater{}, &Clone::tokens);
    return clones;
}

Findings check_clones(const Tree& files, bool tests, double limit)
{
    std::vector<const File*> chosen;
    Tokens tokens;
    for (const auto& file : files)
        if (is_cpp(file) && is_test(file) == tests) {
            chosen.push_back(&file);
            tokens.push_back(lex(file.text).tokens);
        }
    const auto clones = clones_in(tokens);
    if (clones.share() <= limit)
        return {};
    auto message = fmt::format(
        "{:.1f} % is copied, at most {:.0f} %; the largest copies:",
        clones.share() * 100,
        limit * 100
    );
    const auto where = [&](Place place) {
        return fmt::format("{}:{}", chosen[place.file]->path, tokens[place.file][place.token].line);
    };
    for (std::size_t i = 0; i < std::min<std::size_t>(clones.found.size(), 12); ++i) {
        const auto& clone = clones.found[i];
        message += fmt::format(
            "\n  {} tokens: {} as {}",
            clone.tokens,
            where(clone.copy),
            where(clone.first)
        );
    }
    return {{tests ? "tests" : "src", 1, "share", std::move(message)}};
}

std::string lines(char name, std::size_t count)
{
    std::string all;
    for (std::size_t i = 0; i < count; ++i)
        all += fmt::format("int {}{} = f({});\n", name, i, i);
    return all;
}

}  // namespace

TEST_CASE("little of the program is copied")
{
    expect_clean("clones", check_clones(tree(), false, source_limit));
}

TEST_CASE("not much of the tests is copied")
{
    expect_clean("clones of tests", check_clones(tree(), true, test_limit));
}

TEST_CASE("copied code is found, in another file and in the same")
{
    const auto original = lines('a', 10);
    CHECK(check_clones({{"src/a.cpp", original}, {"src/b.cpp", lines('b', 10)}}, false, 0).empty());
    CHECK(check_clones({{"src/a.cpp", original}, {"src/b.cpp", original}}, false, 0.4).size() == 1);
    CHECK(
        check_clones({{"src/a.cpp", original + lines('b', 10) + original}}, false, 0.3).size() == 1
    );
    CHECK(check_clones({{"src/a.cpp", original}, {"tests/b.cpp", original}}, false, 0).empty());
    CHECK(
        check_clones({{"tests/a.cpp", original}, {"src/b_test.cpp", original}}, true, 0.4).size() ==
        1
    );
}
