#pragma once

#include "base/text.hpp"

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace redress::app {

struct TextOrder {
    std::vector<std::string> files;
    std::string rules;  ///< a folder; "" is what is built in
    std::string half;   ///< "tune", "kept" or "" for both
    bool shows_mistakes{};
};

/// Adds `redress text analyse` (JSON lines from standard input to standard output, see
/// language::Analyser) and `redress coach evaluate|check`. The answer is 0, 1 when the input has
/// mistakes, 2 when a file cannot be read. `order` and `answer` must outlive the command line.
void add_text_commands(CLI::App& line, TextOrder& order, int& answer, Lang lang);

}  // namespace redress::app
