#pragma once

#include "language/emotion_corpora.hpp"

#include <array>
#include <span>
#include <vector>

namespace redress::language {

/// How well a measure was found in texts that were held back while learning (five turns).
struct MeasureFigures {
    double auc{};      ///< there against not there, on the yardstick texts
    double f1{};       ///< at the threshold
    double pearson{};  ///< of amounts, on graded texts; 0 when there are none
};

struct TrainedEmotion {
    EmotionPart part;
    std::array<MeasureFigures, count_of_measures> figures;
};

/// Learns the model of one language from at least 50 texts, of which some must be yardsticks. The
/// same texts in the same order give the same model.
[[nodiscard]] TrainedEmotion
train_emotion(std::span<const FeltText> texts, std::size_t most_terms = 140'000);

/// Area under the receiver's curve: how often a text that has it scores above one that has not.
[[nodiscard]] double area_under_curve(std::vector<std::pair<float, bool>> scored);
[[nodiscard]] double f1_at(std::span<const std::pair<float, bool>> scored, float threshold);
[[nodiscard]] double pearson(std::span<const std::pair<float, float>> pairs);

}  // namespace redress::language
