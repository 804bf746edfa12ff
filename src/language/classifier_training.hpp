#pragma once

#include "language/classifier.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace redress::language {

struct LabelledText {
    std::string label;
    std::string text;
};

/// One `label TAB text` a line; empty lines are passed over, texts may hold further tabs. Refuses a
/// line without a tab or label (`training_line`, with its number) and more than max_labels labels.
[[nodiscard]] Result<std::vector<LabelledText>> read_labelled_texts(std::string_view tsv);

/// Learns a classifier. Refuses fewer than two labels (`training_too_few_labels`) or fewer than ten
/// texts (`training_too_few_texts`). The same texts give the same classifier. A fifth of the texts
/// is first held back to learn how far a score may be trusted; then all are learned from.
[[nodiscard]] Result<Classifier> train_classifier(std::span<const LabelledText> texts);

/// How a classifier did on texts whose labels are known.
struct Score {
    struct OfLabel {
        std::string label;
        std::uint64_t texts{};
        double precision{};
        double recall{};
        double f1{};
    };
    std::vector<OfLabel> labels;                          ///< by name
    std::vector<std::vector<std::uint64_t>> confusion{};  ///< [true][guessed], as `labels`
    std::uint64_t texts{};
    double accuracy{};        ///< when every text must be answered
    double macro_f1{};        ///< the same, mean over the labels
    double answered{};        ///< share of texts of which it is sure
    double answered_right{};  ///< how many of those are right
};

[[nodiscard]] Score evaluate(const Classifier& classifier, std::span<const LabelledText> texts);

}  // namespace redress::language
