#pragma once

#include "base/text.hpp"

#include <iosfwd>
#include <string>
#include <vector>

namespace redress::app {

struct CoachOrder {
    std::vector<std::string> files;
    std::string rules;      ///< a folder; "" is what is built in
    std::string half;       ///< "tune", "kept" or "" for both
    std::string model;      ///< a file; "" is what is built in
    std::string sentences;  ///< a folder like models/coach
    bool shows_mistakes{};
};

/// `redress text analyse`: a JSON line in, a JSON line out, see language::Analyser; 0.
int analyse_texts(std::istream& in, std::ostream& out);
/// `redress coach check`: every mistake in the rules; 0, 1 when there is one, 2 when the folder
/// cannot be read.
int check_coach(const CoachOrder& order, Lang lang);
/// `redress coach evaluate`: what every rule does on labelled replies; 0, 1 when a line has
/// mistakes, 2 when a file cannot be read.
int evaluate_coach(const CoachOrder& order, Lang lang);
/// `redress coach train`: makes the coach's model from sentences and from the half "tune" of
/// labelled replies; 0, 1 when a line has mistakes, 2 when a file cannot be read or written.
int train_coach_model(const CoachOrder& order, Lang lang);

}  // namespace redress::app
