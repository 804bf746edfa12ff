// One word for one thing: what the lifecycle names stands in the glossary, with the texts that
// people see.
#include "source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <doctest/doctest.h>
#include <re2/re2.h>

using namespace redress::tidy;

namespace {

constexpr std::string_view lifecycle_path = "policies/lifecycle.toml";
constexpr std::string_view glossary_path = "docs/glossary.md";

/// Rows "| Chinese | `identifier` | English |" that the states and commands of the lifecycle ask
/// for.
std::vector<std::string> rows_of(const std::string& lifecycle)
{
    static const RE2 entry{
        R"re((?m)^\[\[(?:state|command)\]\]\n(?:id = "T[^\n]*\n|id = "A[^\n]*\n)?(?:id|verb) = "([^"]+)"\ntitle = \{ en = "([^"]+)", zh = "([^"]+)" \})re"};
    std::vector<std::string> rows;
    re2::StringPiece rest{lifecycle};
    for (std::string id, en, zh; RE2::FindAndConsume(&rest, entry, &id, &en, &zh);)
        rows.push_back(fmt::format("| {} | `{}` | {} |", zh, id, en));
    return rows;
}

std::size_t count_entries(std::string_view lifecycle)
{
    std::size_t count = 0;
    for (const auto line : lines_of(lifecycle))
        count += line == "[[state]]" || line == "[[command]]" ? 1U : 0U;
    return count;
}

Findings check_glossary(const Tree& files)
{
    const auto* lifecycle = find_file(files, lifecycle_path);
    const auto* glossary = find_file(files, glossary_path);
    if (lifecycle == nullptr || glossary == nullptr)
        return {
            {std::string{glossary_path}, 1, "file", "the lifecycle or the glossary is missing"}};
    Findings found;
    const auto rows = rows_of(lifecycle->text);
    if (rows.size() != count_entries(lifecycle->text))
        found.push_back(
            {std::string{lifecycle_path},
             1,
             "shape",
             "an entry does not begin with id, verb and title in this order"}
        );
    for (const auto& row : rows)
        if (glossary->text.find(row + '\n') == std::string::npos)
            found.push_back({std::string{glossary_path}, 1, row, fmt::format("add the row {}", row)}
            );
    return found;
}

/// Every identifier of the glossary that neither code nor policies know.
Findings check_identifiers(const Tree& files)
{
    static const RE2 row{R"re((?m)^\|[^|\n]*\| `([a-z_0-9]+)` \|)re"};
    const auto* glossary = find_file(files, glossary_path);
    if (glossary == nullptr)
        return {};
    Findings found;
    re2::StringPiece rest{glossary->text};
    for (std::string id; RE2::FindAndConsume(&rest, row, &id);) {
        const RE2 word{fmt::format(R"(\b{}\b)", id)};
        const bool known = std::ranges::any_of(files, [&word](const File& file) {
            const bool ours = file.path.starts_with("src/") || file.path.starts_with("policies/");
            return ours && RE2::PartialMatch(file.text, word);
        });
        if (!known)
            found.push_back(
                {std::string{glossary_path},
                 1,
                 id,
                 fmt::format("nothing is called {}; remove the row or use the word", id)}
            );
    }
    return found;
}

std::size_t count_found(std::string_view glossary)
{
    constexpr const char* lifecycle =
        "[[state]]\nid = \"closed\"\ntitle = { en = \"Closed\", zh = \"已结案\" }\n"
        "[[command]]\nid = \"T26\"\nverb = \"close\"\ntitle = { en = \"Close\", zh = \"结案\" }\n";
    return check_glossary({{std::string{glossary_path}, std::string{glossary}},
                           {std::string{lifecycle_path}, lifecycle}}
    ).size();
}

}  // namespace

TEST_CASE("the glossary has every state and command")
{
    expect_clean("glossary", check_glossary(tree()));
}

TEST_CASE("the glossary's identifiers are those of code and policies")
{
    expect_clean("glossary identifiers", check_identifiers(tree()));
}

TEST_CASE("an identifier that nothing uses is found")
{
    const auto count = [](std::string code) {
        return check_identifiers({{std::string{glossary_path}, "| 承诺 | `promise` | Promise |\n"},
                                  {"src/a.cpp", std::move(code)}}
        ).size();
    };
    CHECK(count("Promise promise;") == 0);
    CHECK(count("Promise promised;") == 1);
}

TEST_CASE("a missing row, another text and a missing file are found")
{
    CHECK(count_found("| 已结案 | `closed` | Closed |\n| 结案 | `close` | Close |\n") == 0);
    CHECK(count_found("| 已结案 | `closed` | Closed |\n") == 1);
    CHECK(count_found("| 已结案 | `closed` | Closed |\n| 结案 | `close` | Shut |\n") == 1);
    CHECK(check_glossary({}).size() == 1);
}
