#pragma once

#include "language/linear_model.hpp"

#include <cstdint>
#include <functional>
#include <span>
#include <string_view>
#include <vector>

namespace redress::language {

/// Texts as vectors over the terms that at least two of them share, the most frequent ones first
/// when there are too many.
class TrainingSet {
public:
    /// About 2 KB of memory for 100 characters of text.
    TrainingSet(std::span<const std::string_view> texts, std::size_t most_terms);
    /// The same with features of one's own.
    using Collect = std::function<void(std::string_view, std::vector<Feature>&)>;
    TrainingSet(
        std::span<const std::string_view> texts,
        std::size_t most_terms,
        const Collect& collect
    );
    /// Over terms chosen before.
    TrainingSet(
        std::span<const std::string_view> texts,
        Vocabulary vocabulary,
        const Collect& collect
    );

    [[nodiscard]] std::size_t size() const { return ends_.size(); }
    [[nodiscard]] std::span<const Entry> operator[](std::size_t text) const;
    [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }

private:
    void read(std::span<const std::string_view> texts, const Collect& collect);

    Vocabulary vocabulary_;
    std::vector<Entry> entries_;
    std::vector<std::size_t> ends_;
};

enum class Loss {
    squared,       ///< targets are amounts
    squared_hinge  ///< targets are 1 and -1
};

/// What to learn from a training set.
struct Task {
    Loss loss{};
    std::size_t heads{};
    std::vector<float> targets;  ///< `heads` to a text
    std::vector<float> costs;    ///< one a text: how much a mistake costs; 0 leaves the text out
    int passes = 12;
};

/// Weights that minimise |w|²/2 + Σ cost·loss for every head, by dual coordinate descent (Hsieh et
/// al. 2008) over all heads at once. Deterministic; linear in the entries of the set.
[[nodiscard]] Weights train(const TrainingSet& set, const Task& task);

}  // namespace redress::language
