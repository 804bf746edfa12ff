// The baseline names what is not in order yet; it may only shrink.
#include "source.hpp"

#include <doctest/doctest.h>

using namespace redress::tidy;

namespace {

/// Lower this number together with the file; it never goes up.
constexpr std::size_t baseline_ceiling = 1;

}  // namespace

TEST_CASE("the baseline does not grow")
{
    CHECK(count_baseline() == baseline_ceiling);
}

TEST_CASE("the checkout is read, and others' folders are not")
{
    CHECK(find_file(tree(), "src/main.cpp") != nullptr);
    CHECK(find_file(tree(), "run") != nullptr);
    CHECK(find_file(tree(), "catalogue/base.zh.json") != nullptr);
    CHECK(tree().size() > 50);
    for (const auto& file : tree()) {
        CHECK(!file.path.starts_with("build/"));
        CHECK(file.path.find("node_modules/") == std::string::npos);
    }
}

TEST_CASE("paths become units")
{
    CHECK(unit_of("src/cases/store.cpp") == "cases/store");
    CHECK(unit_of("tests/x.cpp").empty());
    CHECK(is_test({"src/a/b_test.cpp", ""}));
    CHECK(is_test({"src/a/test_b.hpp", ""}));
    CHECK(!is_test({"src/a/latest_b.cpp", ""}));
}
