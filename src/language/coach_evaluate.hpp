#pragma once

#include "language/coach.hpp"

#include <map>
#include <span>
#include <string>
#include <vector>

namespace redress::language {

/// A labelled reply, one JSON line of tests/coach/replies.*.jsonl: {"id","half","at","facts",
/// "missing":[rule…],"reply":"… [[rule:words]] …"}. "missing" names the wanted rules it lacks.
struct LabelledReply {
    /// "[[arguing+own_right: …]]": the first rule is asked for, the others would be right there
    /// too.
    struct Mark {
        std::vector<std::string> rules;
        Span span;

        [[nodiscard]] const std::string& rule() const { return rules.front(); }
        [[nodiscard]] bool allows(std::string_view named) const;
    };
    std::string id;
    std::string half;  ///< "tune" or "kept"
    std::string text;
    Lang lang{};
    ReplyFacts facts;
    std::vector<Mark> marks;
    std::vector<std::string> missing;

    [[nodiscard]] bool is_good() const { return marks.empty() && missing.empty(); }
};

/// A line that cannot be read is a refusal that names what is wrong with it.
[[nodiscard]] Result<LabelledReply> read_labelled(std::string_view line);

/// What a rule did on a set. A mark is found when a hint of its rule overlaps it; a hint is right
/// when it overlaps a mark of its rule, or for something missing when the label says so too.
struct RuleFigures {
    std::size_t marks{};
    std::size_t found{};
    std::size_t hints{};
    std::size_t right{};
    std::size_t on_good{};  ///< hints in replies without any mark

    [[nodiscard]] double precision() const;
    [[nodiscard]] double recall() const;
};

struct Evaluation {
    std::map<std::string, RuleFigures> rules;  ///< every rule of the book, fired or not
    std::vector<std::string> mistakes;         ///< "zh-kept-012 missed stalling: words"
    std::size_t replies{};

    [[nodiscard]] RuleFigures total() const;
};

[[nodiscard]] Evaluation evaluate(const CoachBook& book, std::span<const LabelledReply> replies);

}  // namespace redress::language
