#pragma once

#include "base/text.hpp"
#include "language/emotion_model.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// A text and how much of each measure readers found in it, 0 to 3.
struct FeltText {
    std::string text;
    std::array<float, count_of_measures> amounts{};
    float cost{};         ///< how much a mistake on it costs while learning
    bool is_graded{};     ///< the amounts are graded, not only there or not
    bool is_yardstick{};  ///< thresholds are measured on it
    bool is_held_back{};  ///< never learned from; for measuring
};

/// SemEval-2025 task 11 (BRIGHTER), track b: CSV with a heading, intensities 0 to 3.
[[nodiscard]] std::vector<FeltText> read_brighter(std::string_view csv, Lang lang);
/// GoEmotions: names of emotions TAB text, with a heading.
[[nodiscard]] std::vector<FeltText> read_goemotions(std::string_view tsv);
/// XED: names of emotions TAB text, with a heading; subtitles, so they count little.
[[nodiscard]] std::vector<FeltText> read_xed(std::string_view tsv, Lang lang);
/// Our own complaints: anger, sadness, anxiety, pleasure TAB text; `#` begins a remark.
[[nodiscard]] std::vector<FeltText> read_complaints(std::string_view tsv, Lang lang);

}  // namespace redress::language
