#include "source.hpp"

#include <algorithm>
#include <array>
#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>

namespace redress::tidy {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 17> endings{
    ".cpp",
    ".hpp",
    ".sql",
    ".json",
    ".toml",
    ".mjs",
    ".js",
    ".ts",
    ".vue",
    ".css",
    ".html",
    ".md",
    ".sh",
    ".cmake",
    ".txt",
    ".yml",
    ".scenario",
};
constexpr std::array<std::string_view, 7> foreign_folders{
    "build",
    "data",
    "node_modules",
    "generated",
    "fixtures",
    ".git",
    "corpus",
};
constexpr std::array<std::string_view, 3> commands{"run", "test", ".ci/run"};

std::string bytes_of(const fs::path& path)
{
    std::ifstream in{path, std::ios::binary};
    std::ostringstream bytes;
    bytes << in.rdbuf();
    return bytes.str();
}

bool is_ours(const fs::path& path, const std::string& relative)
{
    return std::ranges::find(endings, path.extension().string()) != endings.end() ||
           std::ranges::find(commands, relative) != commands.end();
}

Tree read_tree(const fs::path& root)
{
    Tree files;
    for (auto entry = fs::recursive_directory_iterator{root}; entry != fs::end(entry); ++entry) {
        const auto name = entry->path().filename().string();
        if (entry->is_directory() &&
            std::ranges::find(foreign_folders, name) != foreign_folders.end()) {
            entry.disable_recursion_pending();
            continue;
        }
        const auto relative = fs::relative(entry->path(), root).generic_string();
        if (entry->is_regular_file() && is_ours(entry->path(), relative))
            files.push_back({relative, bytes_of(entry->path())});
    }
    std::ranges::sort(files, {}, &File::path);
    return files;
}

/// One line each: check, path and subject with " | " between them.
std::set<std::string> read_baseline()
{
    std::set<std::string> known;
    const auto* file = find_file(tree(), "tests/tidy/baseline.txt");
    REQUIRE(file != nullptr);
    for (const auto line : lines_of(file->text))
        if (!line.empty() && !line.starts_with('#'))
            known.emplace(line);
    return known;
}

const std::set<std::string>& baseline()
{
    static const std::set<std::string> known = read_baseline();
    return known;
}

}  // namespace

const Tree& tree()
{
    static const Tree files = read_tree(REDRESS_SOURCE_DIR);
    return files;
}

const File* find_file(const Tree& files, std::string_view path)
{
    const auto found = std::ranges::find(files, path, &File::path);
    return found == files.end() ? nullptr : &*found;
}

bool is_cpp(const File& file)
{
    return file.path.ends_with(".cpp") || file.path.ends_with(".hpp");
}

bool is_test(const File& file)
{
    return file.path.ends_with("_test.cpp") || file.path.find("/test_") != std::string::npos ||
           file.path.starts_with("tests/") || file.path.starts_with("fuzz/") ||
           file.path.starts_with("bench/");
}

std::string unit_of(std::string_view path)
{
    constexpr std::string_view root = "src/";
    if (!path.starts_with(root))
        return {};
    path.remove_prefix(root.size());
    return std::string{path.substr(0, path.rfind('.'))};
}

std::vector<std::string_view> lines_of(std::string_view text)
{
    std::vector<std::string_view> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        lines.push_back(text.substr(0, end));
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

void expect_clean(std::string_view check, const Findings& findings)
{
    std::set<std::string> seen;
    for (const auto& finding : findings) {
        auto entry = std::string{check} + " | " + finding.path + " | " + finding.subject;
        if (!baseline().contains(entry))
            ADD_FAIL_CHECK_AT(
                finding.path.c_str(),
                static_cast<int>(finding.line),
                finding.message
            );
        seen.insert(std::move(entry));
    }
    for (const auto& entry : baseline())
        if (entry.starts_with(std::string{check} + " | ") && !seen.contains(entry))
            FAIL_CHECK(
                "tests/tidy/baseline.txt names what is in order now; remove the line: ",
                entry
            );
}

std::size_t count_baseline()
{
    return baseline().size();
}

}  // namespace redress::tidy
