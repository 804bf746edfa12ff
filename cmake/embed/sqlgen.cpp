// sqlgen FILE.sql OUT.hpp SLICE: each `-- name: x` statement as `inline constexpr std::string_view
// x`, in redress::SLICE::sql, beside `all_FILE`, the list of (name, text) that the tests prepare on
// both databases.
#include <filesystem>
#include <fstream>
#include <iostream>
#include <string>
#include <utility>
#include <vector>

int main(int argc, char** argv)
{
    if (argc != 4)
        return 2;
    std::ifstream in(argv[1]);
    const std::string slice = argv[3];
    const std::string stem = std::filesystem::path(argv[1]).stem().string();
    std::vector<std::pair<std::string, std::string>> statements;
    for (std::string line; std::getline(in, line);) {
        constexpr std::string_view mark = "-- name: ";
        if (line.starts_with(mark))
            statements.emplace_back(line.substr(mark.size()), "");
        else if (line.starts_with("--") || line.empty())
            continue;
        else if (statements.empty()) {
            std::cerr << argv[1] << ": a statement before the first '-- name: x'\n";
            return 1;
        } else
            statements.back().second += (statements.back().second.empty() ? "" : "\n") + line;
    }
    std::filesystem::create_directories(std::filesystem::path(argv[2]).parent_path());
    std::ofstream out(argv[2]);
    out << "#pragma once\n\n#include <array>\n#include <string_view>\n#include <utility>\n\nnamespace redress::"
        << slice << "::sql {\n\n";
    for (auto& [name, text] : statements) {
        while (!text.empty() && (text.back() == ';' || text.back() == '\n'))
            text.pop_back();
        out << "inline constexpr std::string_view " << name << " = R\"sql(" << text << ")sql\";\n";
    }
    out << "\ninline constexpr std::array<std::pair<std::string_view, std::string_view>, "
        << statements.size() << "> all_" << stem << "{{\n";
    for (const auto& [name, text] : statements)
        out << "    {\"" << slice << "." << name << "\", " << name << "},\n";
    out << "}};\n\n}  // namespace redress::" << slice << "::sql\n";
}
