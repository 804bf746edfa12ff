#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace redress::tidy {

/// A file of the checkout: path from the root with forward slashes, and its bytes.
struct File {
    std::string path;
    std::string text;
};

using Tree = std::vector<File>;

/// Something a check objects to. `subject` names it without a line number, so that the baseline
/// survives edits above it.
struct Finding {
    std::string path;
    std::size_t line{};
    std::string subject;
    std::string message;
};

using Findings = std::vector<Finding>;

/// Every text file of the checkout that we wrote, in order of path; read once. Build folders,
/// packages of others and test fixtures are left out.
[[nodiscard]] const Tree& tree();

/// The file with this path, or nullptr.
[[nodiscard]] const File* find_file(const Tree& files, std::string_view path);

[[nodiscard]] bool is_cpp(const File& file);  ///< .cpp or .hpp
[[nodiscard]] bool is_test(const File& file
);  ///< *_test.cpp, test_*, or anything in tests/, fuzz/, bench/

/// "cases/store" of "src/cases/store.cpp": folder and name without ending; "" outside src.
[[nodiscard]] std::string unit_of(std::string_view path);

[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// Fails the running test for every finding that the baseline does not name, and for every line of
/// the baseline that names nothing any more.
void expect_clean(std::string_view check, const Findings& findings);

/// The number of lines in the baseline.
[[nodiscard]] std::size_t count_baseline();

}  // namespace redress::tidy
