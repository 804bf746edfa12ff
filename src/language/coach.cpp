#include "language/coach.hpp"

#include "language/coach_draft.hpp"
#include "language/fold.hpp"

#include <algorithm>
#include <unordered_set>

namespace redress::language {
namespace {

constexpr std::size_t most_hints = 200;
constexpr double sure = 0.9;
constexpr double fairly_sure = 0.8;
constexpr float caution_for_a_strength = 0.06F;

using Hit = Draft::Hit;

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
          draft_{first_code_points(text, max_draft_characters), book},
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
        // What was wanted and is there makes faults less likely; a refusal makes more things
        // wanted.
        std::vector<const CoachRule*> later;
        for (const CoachRule& rule : book_.rules)
            if (rule.kind == RuleKind::wanted) {
                if (policy::holds(rule.when, conditions_))
                    look_for_wanted(rule);
                else
                    later.push_back(&rule);
            }
        caution_ = caution_for_a_strength * static_cast<float>(review_.strengths.size());
        for (const CoachRule& rule : book_.rules)
            if (rule.kind == RuleKind::against && policy::holds(rule.when, conditions_))
                look_for_fault(rule);
        for (const CoachRule* rule : later)
            if (policy::holds(rule->when, conditions_))
                look_for_wanted(*rule);
        std::ranges::stable_sort(review_.hints, {}, &Hint::span);
        std::ranges::stable_sort(review_.strengths, {}, &Hint::span);
        return std::move(review_);
    }

private:
    /// Phrases the classifier does not believe go, sentences it is sure of come in.
    void listen(const CoachRule& rule, std::vector<Hit>& found) const
    {
        const CoachRule::Learned& learned = *rule.learned;
        std::erase_if(found, [&](const Hit& hit) {
            return draft_.score(learned.head, hit.sentence) < learned.doubt + caution_;
        });
        const bool is_softened = !review_.promises.empty() && !rule.soft.empty();
        for (const Hit& hit : draft_.heard(learned.head, learned.sure + caution_))
            if (!is_softened &&
                std::ranges::find(found, hit.sentence, &Hit::sentence) == found.end())
                found.push_back(hit);
    }

    [[nodiscard]] std::vector<Hit> faults(const CoachRule& rule) const
    {
        std::vector<Hit> found = draft_.hits(rule.match);
        const auto alone = draft_.hits(rule.alone);
        if (found.size() < rule.at_least && alone.empty())
            found.clear();
        found.insert(found.end(), alone.begin(), alone.end());
        if (review_.promises.empty() && !rule.soft.empty())
            std::ranges::copy(draft_.hits(rule.soft), std::back_inserter(found));
        if (rule.learned)
            listen(rule, found);
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
        if (rule.learned)
            listen(rule, found);
        std::ranges::sort(found, {}, &Hit::begin);
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
    float caution_{};  ///< by how much the classifier must be surer than usual
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

void warm_up_coach()
{
    static_cast<void>(review("您好。Hello.", {}));
}

}  // namespace redress::language
