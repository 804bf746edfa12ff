#pragma once

#include "base/refusal.hpp"
#include "language/linear_model.hpp"
#include "language/stretch.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// What the coach learned from sentences (models/coach): how much a clause or sentence sounds like
/// those of each rule. A score of 1 is as sure as the sentences it learned from, -1 as far from
/// them; rules say from which score on they believe it. Immutable; any thread.
class CoachModel {
public:
    CoachModel(std::vector<std::string> rules, WordGroups groups, LinearModel model);

    /// Refuses (`model_unreadable`) what is no coach model of this version or is damaged.
    [[nodiscard]] static Result<CoachModel> read(std::string_view file);
    [[nodiscard]] std::string write() const;

    /// The rules it knows, in the order of the scores.
    [[nodiscard]] std::span<const std::string> rules() const { return rules_; }
    [[nodiscard]] std::optional<std::size_t> head_of(std::string_view rule) const;
    [[nodiscard]] const WordGroups& groups() const { return groups_; }
    /// One score a rule of a folded stretch; `features` is memory to work in.
    [[nodiscard]] std::vector<float> score(std::string_view folded, std::vector<Feature>& features)
        const;

private:
    std::vector<std::string> rules_;
    WordGroups groups_;
    LinearModel model_;
};

/// models/coach.model as built into the program; throws std::logic_error should it be damaged. Read
/// once.
[[nodiscard]] const CoachModel& built_in_coach_model();

}  // namespace redress::language
