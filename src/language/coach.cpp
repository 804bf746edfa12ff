#include "language/coach.hpp"

#include "language/fold.hpp"
#include "language/sentences.hpp"

#include <algorithm>
#include <unordered_set>

namespace redress::language {
namespace {

constexpr std::size_t most_hints = 200;
constexpr std::size_t most_of_a_phrase = 4;  ///< in one sentence
constexpr double sure = 0.9;
constexpr double fairly_sure = 0.8;

/// A phrase found: bytes of the folded text, and in which sentence.
struct Hit {
    int phrase{};
    std::size_t begin{};
    std::size_t end{};
    std::size_t sentence{};
};

class Draft {
public:
    Draft(std::string_view text, const PhraseBook& phrases) : folded_{Folded{text}}
    {
        for (const Sentence& sentence : find_sentences(folded_.text()))
            if (!sentence.is_quoted)
                sentences_.push_back(sentence);
        for (std::size_t index = 0; index < sentences_.size(); ++index)
            read(index, phrases);
        std::ranges::sort(hits_, {}, &Hit::phrase);
    }

    [[nodiscard]] std::span<const Hit> hits(int phrase) const
    {
        const auto range = std::ranges::equal_range(hits_, phrase, {}, &Hit::phrase);
        return {range.begin(), range.end()};
    }

    [[nodiscard]] std::vector<Hit> hits(const std::vector<int>& phrases) const
    {
        std::vector<Hit> all;
        for (const int phrase : phrases)
            for (const Hit& hit : hits(phrase))
                all.push_back(hit);
        std::ranges::sort(all, {}, &Hit::begin);
        return all;
    }

    /// Whether one of the phrases stands in a sentence at most `reach` away.
    [[nodiscard]] bool
    has_near(const std::vector<int>& phrases, std::size_t sentence, std::size_t reach) const
    {
        return std::ranges::any_of(phrases, [&](int phrase) {
            return std::ranges::any_of(hits(phrase), [&](const Hit& hit) {
                const auto [low, high] = std::minmax(hit.sentence, sentence);
                return high - low <= reach;
            });
        });
    }

    [[nodiscard]] bool has(const std::vector<int>& phrases) const
    {
        return std::ranges::any_of(phrases, [&](int phrase) { return !hits(phrase).empty(); });
    }

    [[nodiscard]] Span original(const Hit& hit) const
    {
        return folded_.original(hit.begin, hit.end);
    }

    [[nodiscard]] Span anchor(Anchor where) const
    {
        if (sentences_.empty())
            return {};
        const Sentence& sentence =
            where == Anchor::opening ? sentences_.front() : sentences_.back();
        return folded_.original(sentence.begin, sentence.end);
    }

    [[nodiscard]] bool is_empty() const { return sentences_.empty(); }
    [[nodiscard]] std::string_view text() const { return folded_.text(); }
    [[nodiscard]] const FoldedBytes& folded() const { return folded_; }

private:
    void read(std::size_t index, const PhraseBook& phrases)
    {
        const Sentence& sentence = sentences_[index];
        const auto words = sentence.of(folded_.text());
        for (const int phrase : phrases.possible_in(words)) {
            std::size_t from = 0;
            for (std::size_t count = 0; count < most_of_a_phrase; ++count) {
                const auto found = phrases.find(phrase, words, from);
                if (!found)
                    break;
                hits_.push_back(
                    {phrase, sentence.begin + found->begin, sentence.begin + found->end, index}
                );
                from = found->end;
            }
        }
    }

    FoldedBytes folded_;
    std::vector<Sentence> sentences_;
    std::vector<Hit> hits_;
};

json::object to_json(const ReplyFacts& facts)
{
    const bool is_calm = facts.emotion == "calm" || facts.emotion == "pleased";
    const bool is_upset =
        facts.anger > 0 || (facts.emotion.empty() ? facts.is_first_reply : !is_calm);
    json::object made{
        {"first_reply", facts.is_first_reply},
        {"upset", is_upset},
        {"emotion", facts.emotion},
        {"anger", facts.anger},
        {"need", facts.need},
        {"type", facts.customer_type},
        {"facts_known", facts.are_facts_known},
        {"exceeds_offer", facts.exceeds_offer},
        {"declines", false}};
    if (facts.our_fault)
        made["our_fault"] = *facts.our_fault;
    return made;
}

bool is_character_begin(char byte)
{
    return (static_cast<unsigned char>(byte) & 0xC0U) != 0x80U;
}

/// Pieces of six bytes or more that begin at a character: two Chinese characters, six letters.
std::unordered_set<std::string_view> pieces_of(std::string_view folded)
{
    static constexpr std::size_t piece_bytes = 6;
    std::unordered_set<std::string_view> pieces;
    for (std::size_t at = 0; at + piece_bytes <= folded.size(); ++at)
        if (is_character_begin(folded[at]))
            pieces.insert(folded.substr(at, piece_bytes));
    return pieces;
}

/// Whether the draft takes up words of the customer: enough pieces of theirs stand in it.
bool takes_up(std::string_view draft, std::string_view customer_text)
{
    static constexpr std::size_t longest_bytes = 20'000;
    static constexpr std::size_t enough = 6;
    const std::string theirs = to_folded(first_code_points(customer_text, longest_bytes));
    const auto pieces = pieces_of(theirs);
    std::size_t shared = 0;
    for (const auto piece : pieces_of(draft.substr(0, longest_bytes)))
        shared += pieces.contains(piece) ? 1U : 0U;
    return shared >= enough;
}

class Reviewer {
public:
    Reviewer(std::string_view text, const ReplyFacts& facts, const CoachBook& book)
        : facts_{facts},
          book_{book},
          draft_{first_code_points(text, max_draft_characters), book.phrases},
          conditions_{to_json(facts)}
    {
        if (facts.now)
            review_.promises = find_promises(
                first_code_points(text, max_draft_characters),
                draft_.folded(),
                *facts.now
            );
    }

    Review read()
    {
        if (draft_.is_empty())
            return std::move(review_);
        for (const CoachRule& rule : book_.rules)
            if (rule.kind == RuleKind::against && policy::holds(rule.when, conditions_))
                look_for_fault(rule);
        for (const CoachRule& rule : book_.rules)
            if (rule.kind == RuleKind::wanted && policy::holds(rule.when, conditions_))
                look_for_wanted(rule);
        std::ranges::stable_sort(review_.hints, {}, &Hint::span);
        std::ranges::stable_sort(review_.strengths, {}, &Hint::span);
        return std::move(review_);
    }

private:
    [[nodiscard]] std::vector<Hit> faults(const CoachRule& rule) const
    {
        std::vector<Hit> found = draft_.hits(rule.match);
        const auto alone = draft_.hits(rule.alone);
        if (found.size() < rule.at_least && alone.empty())
            found.clear();
        found.insert(found.end(), alone.begin(), alone.end());
        if (review_.promises.empty() && !rule.soft.empty())
            std::ranges::copy(draft_.hits(rule.soft), std::back_inserter(found));
        std::erase_if(found, [&](const Hit& hit) {
            return draft_.has_near(rule.unless, hit.sentence, 0) ||
                   draft_.has_near(rule.unless_near, hit.sentence, 1);
        });
        std::ranges::sort(found, {}, &Hit::begin);
        return found;
    }

    void look_for_fault(const CoachRule& rule)
    {
        if (draft_.has(rule.unless_reply))
            return;
        const std::size_t first = review_.hints.size();
        std::size_t last_sentence = 0;
        for (const Hit& hit : faults(rule)) {
            const Span span = draft_.original(hit);
            const bool is_joined = review_.hints.size() > first && hit.sentence == last_sentence;
            last_sentence = hit.sentence;
            if (is_joined) {
                review_.hints.back().span = hull(review_.hints.back().span, span);
                continue;
            }
            if ((rule.is_once && review_.hints.size() > first) ||
                review_.hints.size() >= most_hints)
                break;
            review_.hints.push_back({&rule, span, sure});
        }
        if (review_.hints.size() == first)
            return;
        charge(rule);
        if (rule.id == "flat_refusal")
            conditions_["declines"] = true;
    }

    /// What is wanted comes late when the matter stands before it.
    [[nodiscard]] bool is_late(const CoachRule& rule, const Hit& hit) const
    {
        const auto matter = draft_.hits(rule.before);
        return !matter.empty() && matter.front().sentence < hit.sentence;
    }

    [[nodiscard]] static bool overlaps(const Hit& hit, const std::vector<Hit>& others)
    {
        return std::ranges::any_of(others, [&](const Hit& other) {
            return other.begin < hit.end && hit.begin < other.end;
        });
    }

    void look_for_wanted(const CoachRule& rule)
    {
        if (rule.is_met_by_promise && !facts_.now)
            return;
        std::vector<Hit> found = draft_.hits(rule.match);
        const auto others = draft_.hits(rule.unless);
        std::erase_if(found, [&](const Hit& hit) { return overlaps(hit, others); });
        if (!found.empty() && !is_late(rule, found.front())) {
            review_.strengths.push_back({&rule, draft_.original(found.front()), sure});
            return;
        }
        if (rule.is_met_by_promise && !review_.promises.empty()) {
            review_.strengths.push_back({&rule, review_.promises.front().span, sure});
            return;
        }
        if (rule.restates_customer && !facts_.customer_text.empty() &&
            takes_up(draft_.text(), facts_.customer_text))
            return;
        const Span where =
            found.empty() ? draft_.anchor(rule.anchor) : draft_.original(found.front());
        review_.hints.push_back({&rule, where, fairly_sure});
        charge(rule);
    }

    void charge(const CoachRule& rule) { review_.score = std::max(0, review_.score - rule.weight); }

    const ReplyFacts& facts_;
    const CoachBook& book_;
    Draft draft_;
    json::object conditions_;
    Review review_;
};

}  // namespace

Review review(std::string_view draft, const ReplyFacts& facts, const CoachBook& book)
{
    return Reviewer{draft, facts, book}.read();
}

Review review(std::string_view draft, const ReplyFacts& facts)
{
    return review(draft, facts, built_in_coach());
}

}  // namespace redress::language
