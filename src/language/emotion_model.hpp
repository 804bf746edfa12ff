#pragma once

#include "base/refusal.hpp"
#include "base/text.hpp"
#include "language/linear_model.hpp"

#include <array>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// What the model measures, in the order of its heads.
inline constexpr std::size_t count_of_measures = 4;
enum class Measure : std::size_t { anger, sadness, anxiety, pleasure };

/// How a score becomes an amount, a confidence and a level.
struct Calibration {
    struct Knot {
        float score{};
        float amount{};
        friend bool operator==(const Knot&, const Knot&) = default;
    };
    float threshold{};     ///< the score from which the feeling is said to be there
    float slope{1};        ///< of the logistic curve that gives 0.5 at the threshold
    float score_of_two{};  ///< the score from which the level is 2
    float score_of_three{};
    std::vector<Knot> knots;  ///< ascending; straight lines between them and on after the last

    [[nodiscard]] float confidence(float score) const;
    /// 0 to 3.
    [[nodiscard]] float amount(float score) const;
    /// 0 below the threshold, then 1 to 3.
    [[nodiscard]] int level(float score) const;

    friend bool operator==(const Calibration&, const Calibration&) = default;
};

/// The model of one language.
struct EmotionPart {
    LinearModel model;
    std::array<Calibration, count_of_measures> calibrations;
};

/// The shipped model: a part for each language, and what it was made from.
struct EmotionModel {
    EmotionPart zh;
    EmotionPart en;
    std::string sources;  ///< names and licences of the data

    [[nodiscard]] const EmotionPart& in(Lang lang) const { return lang == Lang::zh ? zh : en; }
    [[nodiscard]] std::string write() const;
    /// Refuses (`model_unreadable`) what is no emotion model of this version or is damaged.
    [[nodiscard]] static Result<EmotionModel> read(std::string_view file);
};

}  // namespace redress::language
