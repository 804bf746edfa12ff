#pragma once

#include "base/refusal.hpp"
#include "language/coach_evaluate.hpp"
#include "language/coach_model.hpp"
#include "language/guide.hpp"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// A sentence written to learn from, and the rules it is an example of; none is a sentence without
/// a fault.
struct CoachSentence {
    std::vector<std::string> rules;
    std::string text;
};

/// Reads models/coach/*.txt: a line "[rule rule]" says what the sentences below it are examples of,
/// "[-]" that they are fine. Refuses (`coach.no_heading`) a sentence above the first such line.
[[nodiscard]] Result<std::vector<CoachSentence>> read_coach_sentences(std::string_view file);

/// What a model learns from.
struct CoachLessons {
    std::vector<CoachSentence> sentences;
    std::vector<LabelledReply> replies;  ///< cut into sentences and clauses, with their marks
    WordGroups groups;
};

/// What a guide suggests saying, as replies without a fault.
[[nodiscard]] std::vector<LabelledReply> replies_of(const Guide& guide);

/// Learns a head for every rule of the book that has sentences. The same lessons give the same
/// model, of at most `most_terms` features.
[[nodiscard]] CoachModel
train_coach(const CoachLessons& lessons, const CoachBook& book, std::size_t most_terms = 10'500);

}  // namespace redress::language
