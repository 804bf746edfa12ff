#pragma once

#include "language/coach_model.hpp"
#include "language/coach_rules.hpp"
#include "language/sentences.hpp"

#include <map>
#include <span>
#include <string_view>
#include <vector>

namespace redress::language {

/// A draft as the coach reads it: its sentences, which phrases of the book stand where, and what
/// the classifier says of every clause. Quoted lines are left out. A phrase is looked for when it
/// is first asked for, so a draft belongs to one thread.
class Draft {
public:
    /// Words found: bytes of the folded text, and in which sentence.
    struct Hit {
        int phrase{};
        std::size_t begin{};
        std::size_t end{};
        std::size_t sentence{};
    };

    Draft(std::string_view text, const CoachBook& book);

    /// The places of a phrase, of several phrases by place.
    [[nodiscard]] std::span<const Hit> hits(int phrase) const;
    [[nodiscard]] std::vector<Hit> hits(const std::vector<int>& phrases) const;
    /// Whether one of the phrases stands in a sentence at most `reach` away.
    [[nodiscard]] bool
    has_near(const std::vector<int>& phrases, std::size_t sentence, std::size_t reach) const;
    [[nodiscard]] bool has(const std::vector<int>& phrases) const;

    /// The highest score of a sentence and its clauses.
    [[nodiscard]] float score(std::size_t head, std::size_t sentence) const;
    /// In every sentence the clause that scores highest if that is `sure` or more, else the whole
    /// sentence if it does.
    [[nodiscard]] std::vector<Hit> heard(std::size_t head, float sure) const;

    [[nodiscard]] Span original(const Hit& hit) const
    {
        return folded_.original(hit.begin, hit.end);
    }
    /// The first sentence or the last one.
    [[nodiscard]] Span anchor(Anchor where) const;
    [[nodiscard]] bool is_empty() const { return sentences_.empty(); }
    [[nodiscard]] std::string_view text() const { return folded_.text(); }
    [[nodiscard]] const FoldedBytes& folded() const { return folded_; }

private:
    /// A clause or sentence the classifier has read.
    struct Reading {
        std::size_t begin{};
        std::size_t end{};
        std::size_t sentence{};
        bool is_clause{};
        std::vector<float> scores;
    };

    /// A sentence in which a phrase may stand, by its literals.
    struct Chance {
        int phrase{};
        std::size_t sentence{};
    };

    void find_in(std::size_t index, int phrase, std::vector<Hit>& hits) const;
    void listen(std::size_t index, const CoachModel& model, std::vector<Feature>& features);

    FoldedBytes folded_;
    std::vector<Sentence> sentences_;
    const PhraseBook* phrases_;
    std::vector<Chance> chances_;  ///< by phrase
    mutable std::map<int, std::vector<Hit>> hits_;
    std::vector<Reading> readings_;  ///< by sentence, its clauses before itself
};

}  // namespace redress::language
