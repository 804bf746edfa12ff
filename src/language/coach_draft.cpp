#include "language/coach_draft.hpp"

#include "language/fold.hpp"

#include <algorithm>

namespace redress::language {
namespace {

constexpr std::size_t most_of_a_phrase = 4;  ///< in one sentence
/// Longer sentences say too many things for a score of the whole to mean one of them.
constexpr std::size_t longest_heard_bytes = 360;
constexpr float never = -10;

}  // namespace

Draft::Draft(std::string_view text, const CoachBook& book)
    : folded_{Folded{text}}, phrases_{&book.phrases}
{
    for (const Sentence& sentence : find_sentences(folded_.text()))
        if (!sentence.is_quoted)
            sentences_.push_back(sentence);
    std::vector<Feature> features;
    for (std::size_t index = 0; index < sentences_.size(); ++index) {
        for (const int phrase : phrases_->possible_in(sentences_[index].of(folded_.text())))
            chances_.push_back({phrase, index});
        listen(index, *book.model, features);
    }
    std::ranges::stable_sort(chances_, {}, &Chance::phrase);
}

void Draft::find_in(std::size_t index, int phrase, std::vector<Hit>& hits) const
{
    const Sentence& sentence = sentences_[index];
    const auto words = sentence.of(folded_.text());
    std::size_t from = 0;
    for (std::size_t count = 0; count < most_of_a_phrase; ++count) {
        const auto found = phrases_->find(phrase, words, from);
        if (!found)
            return;
        hits.push_back({phrase, sentence.begin + found->begin, sentence.begin + found->end, index});
        from = found->end;
    }
}

void Draft::listen(std::size_t index, const CoachModel& model, std::vector<Feature>& features)
{
    if (model.rules().empty())
        return;
    const Sentence& sentence = sentences_[index];
    const auto words = sentence.of(folded_.text());
    const auto clauses = find_clauses(words);
    for (const Clause& clause : clauses)
        readings_.push_back(
            {sentence.begin + clause.begin,
             sentence.begin + clause.end,
             index,
             true,
             model.score(clause.of(words), features)}
        );
    if (clauses.size() > 1 && words.size() <= longest_heard_bytes)
        readings_.push_back(
            {sentence.begin, sentence.end, index, false, model.score(words, features)}
        );
}

std::span<const Draft::Hit> Draft::hits(int phrase) const
{
    const auto chances = std::ranges::equal_range(chances_, phrase, {}, &Chance::phrase);
    if (chances.empty())
        return {};
    const auto [known, is_new] = hits_.try_emplace(phrase);
    if (is_new)
        for (const Chance& chance : chances)
            find_in(chance.sentence, phrase, known->second);
    return known->second;
}

std::vector<Draft::Hit> Draft::hits(const std::vector<int>& phrases) const
{
    std::vector<Hit> all;
    for (const int phrase : phrases)
        for (const Hit& hit : hits(phrase))
            all.push_back(hit);
    std::ranges::sort(all, {}, &Hit::begin);
    return all;
}

bool Draft::has_near(const std::vector<int>& phrases, std::size_t sentence, std::size_t reach) const
{
    return std::ranges::any_of(phrases, [&](int phrase) {
        return std::ranges::any_of(hits(phrase), [&](const Hit& hit) {
            const auto [low, high] = std::minmax(hit.sentence, sentence);
            return high - low <= reach;
        });
    });
}

bool Draft::has(const std::vector<int>& phrases) const
{
    return std::ranges::any_of(phrases, [&](int phrase) { return !hits(phrase).empty(); });
}

float Draft::score(std::size_t head, std::size_t sentence) const
{
    float best = never;
    for (const Reading& reading :
         std::ranges::equal_range(readings_, sentence, {}, &Reading::sentence))
        best = std::max(best, reading.scores[head]);
    return best;
}

std::vector<Draft::Hit> Draft::heard(std::size_t head, float sure) const
{
    std::vector<Hit> heard;
    for (std::size_t at = 0; at < readings_.size();) {
        const std::size_t sentence = readings_[at].sentence;
        const Reading* best = nullptr;
        for (; at < readings_.size() && readings_[at].sentence == sentence; ++at) {
            const Reading& reading = readings_[at];
            const bool is_better = best == nullptr || reading.scores[head] > best->scores[head];
            if (reading.scores[head] >= sure && is_better && (reading.is_clause || best == nullptr))
                best = &reading;
        }
        if (best != nullptr)
            heard.push_back({-1, best->begin, best->end, sentence});
    }
    return heard;
}

Span Draft::anchor(Anchor where) const
{
    if (sentences_.empty())
        return {};
    const Sentence& sentence = where == Anchor::opening ? sentences_.front() : sentences_.back();
    return folded_.original(sentence.begin, sentence.end);
}

}  // namespace redress::language
