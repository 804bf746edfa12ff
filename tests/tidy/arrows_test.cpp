// Which file may include which (ARCHITECTURE.md, arrows).
#include "lexer.hpp"
#include "source.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <map>
#include <set>

using namespace redress::tidy;

namespace {

constexpr std::array<std::string_view, 8>
    slices{"cases", "customers", "staff", "messages", "notices", "search", "webhooks", "causes"};

/// The floors of the house below the slices, and what each may stand on besides itself.
const std::map<std::string_view, std::set<std::string_view>> platform{
    {"base", {}},
    {"policy", {"base"}},
    {"language", {"base", "policy"}},
    {"db", {"base"}},
    {"http", {"base"}},
    {"jobs", {"base", "db"}},
    {"ledger", {"base", "db"}},
};

/// Those that know several slices: they may include any file of a slice but its api.
constexpr std::array<std::string_view, 4> readers{"desk", "intake", "operations", "portal"};

enum class Part { model, rules, store, other, api };

/// What the parts of a slice may see of the platform; each also sees what the parts before it see.
const std::map<Part, std::set<std::string_view>> platform_of_part{
    {Part::model, {"base", "policy", "language"}},
    {Part::rules, {"base", "policy", "language"}},
    {Part::store, {"base", "policy", "language", "db", "ledger"}},
    {Part::other, {"base", "policy", "language", "db", "ledger", "jobs"}},
    {Part::api, {"base", "policy", "language", "db", "ledger", "http", "jobs"}},
};

template <class Words>
bool holds(const Words& words, std::string_view word)
{
    return std::ranges::find(words, word) != std::end(words);
}

std::string_view folder_of(std::string_view path)
{
    return path.substr(0, path.find('/'));
}

/// By the file's name: `model`, `rules` and `store` begin the names of their parts; the rest
/// belongs to the api. The lifecycle is the model's own data.
Part part_of(std::string_view path)
{
    const auto name = path.substr(path.find('/') + 1);
    if (name.starts_with("model") || name.starts_with("lifecycle"))
        return Part::model;
    if (name.starts_with("rules"))
        return Part::rules;
    if (name.starts_with("store") || name.ends_with("_sql.hpp"))
        return Part::store;
    return name.starts_with("api") ? Part::api : Part::other;
}

bool is_ours(std::string_view include)
{
    const auto folder = folder_of(include);
    return folder != include && (platform.contains(folder) || holds(slices, folder) ||
                                 holds(readers, folder) || folder == "app");
}

bool slice_may_see(std::string_view from, std::string_view to)
{
    const auto other = folder_of(to);
    if (other == folder_of(from))
        return part_of(to) <= part_of(from) ||
               (part_of(from) == Part::store && part_of(to) == Part::other);
    if (holds(slices, other))
        return part_of(to) == Part::model;
    return platform_of_part.at(part_of(from)).contains(other);
}

bool reader_may_see(std::string_view from, std::string_view to)
{
    const auto other = folder_of(to);
    if (holds(slices, other))
        return !to.substr(to.find('/') + 1).starts_with("api");
    return other == folder_of(from) || platform.contains(other);
}

bool may_see(std::string_view from, std::string_view to)
{
    const auto folder = folder_of(from);
    if (folder == "app" || folder == from)
        return true;
    if (holds(slices, folder))
        return slice_may_see(from, to);
    if (holds(readers, folder))
        return reader_may_see(from, to);
    const auto floor = platform.find(folder);
    return floor != platform.end() &&
           (folder_of(to) == folder || floor->second.contains(folder_of(to)));
}

bool is_pure(std::string_view unit)
{
    const auto folder = folder_of(unit);
    return folder == "base" || folder == "policy" || folder == "language" ||
           (holds(slices, folder) && part_of(unit) <= Part::rules);
}

bool is_impure_include(std::string_view include)
{
    for (const std::string_view beginning :
         {"boost/asio",
          "boost/beast",
          "sqlite3",
          "libpq",
          "sys/socket",
          "db/",
          "http/",
          "jobs/",
          "ledger/"})
        if (include.starts_with(beginning))
            return true;
    return false;
}

Findings check_arrows(const Tree& files)
{
    Findings found;
    for (const auto& file : files) {
        const auto unit = unit_of(file.path);
        if (unit.empty() || !is_cpp(file) || is_test(file))
            continue;
        for (const auto& include : lex(file.text).includes) {
            if (is_ours(include.path) && !may_see(unit, include.path))
                found.push_back(
                    {file.path,
                     include.line,
                     std::string{include.path},
                     fmt::format(
                         "{} may not include {}: see the arrows in ARCHITECTURE.md",
                         unit,
                         include.path
                     )}
                );
            if (is_pure(unit) && is_impure_include(include.path))
                found.push_back(
                    {file.path,
                     include.line,
                     std::string{include.path},
                     fmt::format(
                         "{} is pure; take what {} gives as a parameter",
                         unit,
                         include.path
                     )}
                );
        }
    }
    return found;
}

using Includes = std::map<std::string, std::vector<std::string>, std::less<>>;

/// A way from a header back to itself, or nothing.
std::vector<std::string>
cycle_from(const Includes& includes, std::vector<std::string> way, std::set<std::string>& done)
{
    const auto found = includes.find(way.back());
    if (found == includes.end() || done.contains(way.back()))
        return {};
    for (const auto& next : found->second) {
        const auto seen = std::ranges::find(way, next);
        auto longer = way;
        longer.push_back(next);
        if (seen != way.end())
            return {longer.begin() + (seen - way.begin()), longer.end()};
        if (auto cycle = cycle_from(includes, std::move(longer), done); !cycle.empty())
            return cycle;
    }
    done.insert(way.back());
    return {};
}

Findings check_cycles(const Tree& files)
{
    Includes includes;
    for (const auto& file : files)
        if (file.path.starts_with("src/") && file.path.ends_with(".hpp"))
            for (const auto& include : lex(file.text).includes)
                includes[file.path.substr(4)].emplace_back(include.path);
    std::set<std::string> done;
    for (const auto& [header, unused] : includes) {
        const auto cycle = cycle_from(includes, {header}, done);
        if (!cycle.empty())
            return {
                {"src/" + cycle.front(),
                 1,
                 "cycle",
                 fmt::format("headers include each other: {}", fmt::join(cycle, " → "))}};
    }
    return {};
}

std::size_t count_found(std::string_view path, std::string_view include)
{
    return check_arrows({{std::string{path}, fmt::format("#include \"{}\"\n", include)}}).size();
}

}  // namespace

TEST_CASE("includes follow the arrows")
{
    expect_clean("arrows", check_arrows(tree()));
}

TEST_CASE("headers do not include each other in a circle")
{
    expect_clean("cycles", check_cycles(tree()));
}

TEST_CASE("every include against an arrow is found")
{
    CHECK(count_found("src/base/text.hpp", "policy/policy.hpp") == 1);
    CHECK(count_found("src/policy/policy.hpp", "cases/model.hpp") == 1);
    CHECK(count_found("src/db/database.hpp", "cases/model.hpp") == 1);
    CHECK(count_found("src/http/server.cpp", "db/database.hpp") == 1);
    CHECK(count_found("src/jobs/runner.cpp", "cases/store.hpp") == 1);
    CHECK(count_found("src/cases/store.cpp", "cases/api.hpp") == 1);
    CHECK(count_found("src/cases/store.cpp", "http/router.hpp") == 1);
    CHECK(count_found("src/cases/store.cpp", "customers/store.hpp") == 1);
    CHECK(count_found("src/cases/rules.cpp", "cases/search.hpp") == 1);
    CHECK(count_found("src/cases/search.cpp", "http/router.hpp") == 1);
    CHECK(count_found("src/cases/api.cpp", "desk/queue.hpp") == 1);
    CHECK(count_found("src/cases/api.cpp", "app/submit.hpp") == 1);
    CHECK(count_found("src/desk/queue.cpp", "cases/api.hpp") == 1);
    CHECK(count_found("src/intake/steps.cpp", "app/submit.hpp") == 1);
    CHECK(count_found("src/unknown/x.cpp", "cases/model.hpp") == 1);
}

TEST_CASE("includes along the arrows are left alone")
{
    CHECK(count_found("src/cases/model.hpp", "customers/model.hpp") == 0);
    CHECK(count_found("src/cases/rules.cpp", "cases/model.hpp") == 0);
    CHECK(count_found("src/cases/store.cpp", "cases/cases_sql.hpp") == 0);
    CHECK(count_found("src/cases/store.cpp", "cases/search.hpp") == 0);
    CHECK(count_found("src/cases/api.cpp", "http/router.hpp") == 0);
    CHECK(count_found("src/desk/queue.cpp", "cases/store.hpp") == 0);
    CHECK(count_found("src/app/submit.cpp", "cases/api.hpp") == 0);
    CHECK(count_found("src/cases/rules_test.cpp", "cases/store.hpp") == 0);
    CHECK(count_found("src/base/json.hpp", "boost/json.hpp") == 0);
}

TEST_CASE("impure includes in pure files are found")
{
    CHECK(count_found("src/base/clock.cpp", "boost/asio.hpp") == 1);
    CHECK(count_found("src/policy/policy.cpp", "sqlite3.h") == 1);
    CHECK(count_found("src/cases/rules_letters.cpp", "libpq-fe.h") == 1);
    CHECK(count_found("src/cases/rules.cpp", "db/tx.hpp") == 2);
    CHECK(count_found("src/staff/model.hpp", "boost/beast/core.hpp") == 1);
}

TEST_CASE("a circle of headers is found, a diamond is not")
{
    const Tree circle{
        {"src/a/a.hpp", "#include \"a/b.hpp\"\n"},
        {"src/a/b.hpp", "#include \"a/c.hpp\"\n"},
        {"src/a/c.hpp", "#include \"a/b.hpp\"\n"},
    };
    REQUIRE(check_cycles(circle).size() == 1);
    CHECK(check_cycles(circle)[0].message.find("a/b.hpp → a/c.hpp → a/b.hpp") != std::string::npos);
    CHECK(check_cycles({
                           {"src/a/a.hpp", "#include \"a/b.hpp\"\n#include \"a/c.hpp\"\n"},
                           {"src/a/b.hpp", "#include \"a/d.hpp\"\n"},
                           {"src/a/c.hpp", "#include \"a/d.hpp\"\n"},
                       })
              .empty());
}
