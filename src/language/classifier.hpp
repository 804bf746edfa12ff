#pragma once

#include "base/refusal.hpp"
#include "language/linear_model.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

inline constexpr std::size_t max_labels = max_heads;
inline constexpr std::size_t max_label_bytes = 200;

struct Guess {
    std::string_view label;  ///< lies in the classifier
    float confidence{};      ///< 0 to 1; calibrated: of guesses with 0.7, seven in ten are right
};

/// What a classifier says of a text.
struct Verdict {
    std::vector<Guess> guesses;  ///< every label, the likeliest first
    bool is_unsure{};            ///< none is likely enough: a person decides
};

/// Words of a text and how much they speak for a label.
struct Evidence {
    Span span;       ///< in the original
    float weight{};  ///< share of the strongest, 0 to 1
};

/// Gives texts one of the labels it was trained with. Immutable; may be shared between threads.
class Classifier {
public:
    /// Refuses (`model_unreadable`) what is no model of this version, damaged or larger than 64 MB.
    [[nodiscard]] static Result<Classifier> read(std::string_view file);
    [[nodiscard]] std::string write() const;

    [[nodiscard]] Verdict classify(std::string_view text) const;
    /// The words that speak most for a label, in the order of the text; at most `limit`.
    [[nodiscard]] std::vector<Evidence>
    explain(std::string_view text, std::string_view label, std::size_t limit = 8) const;

    [[nodiscard]] std::span<const std::string> labels() const { return labels_; }
    /// Below this confidence the classifier says that it is unsure.
    [[nodiscard]] float least_confidence() const { return least_confidence_; }

private:
    friend class ClassifierTraining;
    Classifier() = default;

    LinearModel model_;
    std::vector<std::string> labels_;
    float sharpness_{1};
    float least_confidence_{};
};

/// The stretches of a text whose characters weigh most, in the order of the text: whole words of
/// letters, or Han characters in a row.
[[nodiscard]] std::vector<Evidence>
strongest(const Folded& folded, std::span<const float> character_weights, std::size_t limit);

}  // namespace redress::language
