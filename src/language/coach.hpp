#pragma once

#include "language/coach_rules.hpp"
#include "language/promise.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// What is known of the case a reply belongs to. What is not known stays empty: rules then take the
/// careful side.
struct ReplyFacts {
    std::optional<bool> our_fault;  ///< what the findings say; empty before there are any
    bool is_first_reply{};
    std::string emotion;        ///< angry, sad, anxious, calm, pleased (fields.toml, feeling)
    int anger{};                ///< 0 to 3
    std::string need;           ///< fields.toml, need
    std::string customer_type;  ///< fields.toml, customer_type
    bool are_facts_known{};
    bool exceeds_offer{};               ///< more is expected than is offered
    std::string_view customer_text;     ///< their own words, "" when unknown
    std::optional<PromiseContext> now;  ///< without it neither promises nor next steps are judged
};

/// Something to do better, or something done well.
struct Hint {
    const CoachRule* rule{};  ///< lives as long as the program; never null
    Span span;
    double confidence{};

    friend bool operator==(const Hint&, const Hint&) = default;
};

struct Review {
    std::vector<Hint> hints;      ///< in the order of the text
    std::vector<Hint> strengths;  ///< what was wanted and is there
    std::vector<Promise> promises;
    int score = 100;  ///< 100 less the weights of the rules that gave a hint, at least 0
};

/// A reply as long as the longest prose a case keeps; of a longer one only the beginning is
/// coached.
inline constexpr std::size_t max_draft_characters = 20'000;

/// Reads a draft as the coach does. Pure; any thread; linear in the draft; at most 200 hints.
/// Quoted lines ("> …") are not the writer's words.
[[nodiscard]] Review review(std::string_view draft, const ReplyFacts& facts);
/// Reads the built-in rules and model, which takes about a quarter of a second, so that the first
/// review need not. Any thread.
void warm_up_coach();
/// With rules of one's own; `book` must outlive the answer.
[[nodiscard]] Review review(std::string_view draft, const ReplyFacts& facts, const CoachBook& book);

}  // namespace redress::language
