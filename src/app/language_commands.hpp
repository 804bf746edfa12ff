#pragma once

#include "base/text.hpp"

#include <string>

namespace CLI {
class App;
}  // namespace CLI

namespace redress::app {

/// The answers of `redress classifier …`: 0, 1 when the input does not do, 2 when a file cannot be
/// read or written.
struct ClassifierOrder {
    std::string input;
    std::string model;
    std::string text;
    std::string data;
    bool as_json{};
};

/// Adds `redress classifier train|evaluate|explain|train-emotion` to the command line; `order` and
/// `answer` must outlive it.
void add_classifier_commands(CLI::App& line, ClassifierOrder& order, int& answer, Lang lang);

}  // namespace redress::app
