#include "language/coach_training.hpp"

#include "base/text.hpp"
#include "language/sentences.hpp"
#include "language/training_set.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <set>

namespace redress::language {
namespace {

constexpr std::size_t most_collected = 200'000;
constexpr int passes = 20;
constexpr float cost = 1;
/// A mark must reach so far into a clause to make it an example; a word that spills over does not.
constexpr std::uint32_t least_overlap = 4;

/// A folded stretch, what it is an example of, and what cannot be said of it.
struct Example {
    std::string folded;
    std::set<std::string, std::less<>> rules;
    std::set<std::string, std::less<>> unknown;
    std::size_t reply{};  ///< examples of one reply share a number; 0 are sentences of lists
};

bool is_touched(Span part, Span mark, bool is_whole_sentence)
{
    if (!part.overlaps(mark))
        return false;
    const auto shared = std::min(part.end, mark.end) - std::max(part.begin, mark.begin);
    return is_whole_sentence || shared >= std::min(least_overlap, mark.size());
}

class Examples {
public:
    explicit Examples(const CoachBook& book) : book_{book} {}

    void add(const CoachSentence& sentence)
    {
        list_.push_back(
            {to_folded(sentence.text), {sentence.rules.begin(), sentence.rules.end()}, {}, 0}
        );
    }

    void add(const LabelledReply& reply)
    {
        ++replies_;
        const FoldedBytes folded{Folded{reply.text}};
        for (const Sentence& sentence : find_sentences(folded.text())) {
            const auto clauses = find_clauses(sentence.of(folded.text()));
            for (const Clause& clause : clauses)
                add_part(
                    reply,
                    folded,
                    {sentence.begin + clause.begin, sentence.begin + clause.end},
                    false
                );
            if (clauses.size() > 1)
                add_part(reply, folded, {sentence.begin, sentence.end}, true);
        }
    }

    /// Where nothing is missing, the part that sounds most like what is wanted is an example of it.
    void
    learn_more(const TrainingSet& set, const Weights& weights, std::span<const std::string> rules)
    {
        for (std::size_t head = 0; head < rules.size(); ++head) {
            std::vector<std::pair<float, std::size_t>> best(replies_ + 1, {0, 0});
            for (std::size_t i = 0; i < list_.size(); ++i)
                if (list_[i].unknown.contains(rules[head]))
                    best[list_[i].reply] =
                        std::max(best[list_[i].reply], {weights.score(set[i])[head], i});
            for (const auto& [score, i] : best)
                if (score > 0) {
                    list_[i].rules.insert(rules[head]);
                    list_[i].unknown.erase(rules[head]);
                }
        }
    }

    [[nodiscard]] const std::vector<Example>& list() const { return list_; }

private:
    void
    add_part(const LabelledReply& reply, const FoldedBytes& folded, Clause bytes, bool is_sentence)
    {
        Example example{std::string{bytes.of(folded.text())}, {}, {}, replies_};
        const Span part = folded.original(bytes.begin, bytes.end);
        for (const auto& mark : reply.marks)
            if (is_touched(part, mark.span, is_sentence))
                example.rules.insert(mark.rules.begin(), mark.rules.end());
        // Where nothing is missing, some sentence has what is wanted, and no mark says which.
        for (const CoachRule& rule : book_.rules)
            if (rule.kind == RuleKind::wanted &&
                std::ranges::find(reply.missing, rule.id) == reply.missing.end())
                example.unknown.insert(rule.id);
        list_.push_back(std::move(example));
    }

    const CoachBook& book_;
    std::vector<Example> list_;
    std::size_t replies_{};
};

/// The heads of one kind of rule, learned from the examples that say something of them.
Task task_for(const std::vector<Example>& examples, std::span<const std::string> rules)
{
    Task task;
    task.loss = Loss::squared_hinge;
    task.heads = rules.size();
    task.passes = passes;
    for (const Example& example : examples) {
        bool is_known = true;
        for (const std::string& rule : rules) {
            task.targets.push_back(example.rules.contains(rule) ? 1.0F : -1.0F);
            is_known = is_known && !example.unknown.contains(rule);
        }
        task.costs.push_back(is_known ? cost : 0);
    }
    return task;
}

/// The weights of several trainings side by side.
Weights joined(std::span<const Weights> parts)
{
    Weights all;
    for (const Weights& part : parts) {
        all.heads += part.heads;
        all.biases.insert(all.biases.end(), part.biases.begin(), part.biases.end());
    }
    const std::size_t rows = parts.front().values.size() / parts.front().heads;
    for (std::size_t row = 0; row < rows; ++row)
        for (const Weights& part : parts) {
            const auto begin = part.values.begin() + static_cast<std::ptrdiff_t>(row * part.heads);
            all.values
                .insert(all.values.end(), begin, begin + static_cast<std::ptrdiff_t>(part.heads));
        }
    return all;
}

/// The rows that weigh most over all heads, ascending.
std::vector<Term> heaviest(const Vocabulary& vocabulary, const Weights& weights, std::size_t most)
{
    std::vector<std::pair<float, std::size_t>> rows(vocabulary.size());
    for (std::size_t row = 0; row < rows.size(); ++row) {
        float largest = 0;
        for (std::size_t head = 0; head < weights.heads; ++head)
            largest = std::max(largest, std::abs(weights.values[row * weights.heads + head]));
        rows[row] = {largest, row};
    }
    std::ranges::sort(rows, std::greater{});
    rows.resize(std::min(rows.size(), most));
    std::ranges::sort(rows, {}, &std::pair<float, std::size_t>::second);
    std::vector<Term> terms;
    for (const auto& [weight, row] : rows)
        terms.push_back(vocabulary.terms()[row]);
    return terms;
}

}  // namespace

Result<std::vector<CoachSentence>> read_coach_sentences(std::string_view file)
{
    std::vector<CoachSentence> sentences;
    std::optional<std::vector<std::string>> rules;
    while (!file.empty()) {
        const std::size_t end = std::min(file.find('\n'), file.size());
        const std::string_view line = trim(file.substr(0, end));
        file.remove_prefix(std::min(end + 1, file.size()));
        if (line.empty() || line.starts_with('#'))
            continue;
        if (!line.starts_with('[')) {
            if (!rules)
                return deny(Denial::invalid, "coach.no_heading", std::string{line});
            sentences.push_back({*rules, std::string{line}});
            continue;
        }
        rules.emplace();
        std::string_view names = line.substr(1, line.find(']') - 1);
        while (!names.empty()) {
            const std::size_t blank = std::min(names.find(' '), names.size());
            if (const auto name = names.substr(0, blank); !name.empty() && name != "-")
                rules->emplace_back(name);
            names.remove_prefix(std::min(blank + 1, names.size()));
        }
    }
    return sentences;
}

std::vector<LabelledReply> replies_of(const Guide& guide)
{
    std::vector<LabelledReply> replies;
    const auto add = [&](const Text& said) {
        for (const std::string* words : {&said.zh, &said.en})
            replies.emplace_back().text = *words;
    };
    for (const GuideEntry& entry : guide.entries) {
        std::ranges::for_each(entry.starters, add);
        for (const ObjectionAnswer& objection : entry.objections)
            add(objection.answer);
    }
    return replies;
}

CoachModel train_coach(const CoachLessons& lessons, const CoachBook& book, std::size_t most_terms)
{
    Examples examples{book};
    std::set<std::string, std::less<>> taught;
    for (const CoachSentence& sentence : lessons.sentences) {
        examples.add(sentence);
        taught.insert(sentence.rules.begin(), sentence.rules.end());
    }
    for (const LabelledReply& reply : lessons.replies)
        examples.add(reply);

    std::vector<std::vector<std::string>> kinds(1);
    for (const CoachRule& rule : book.rules)
        if (!taught.contains(rule.id))
            continue;
        else if (rule.kind == RuleKind::against)
            kinds.front().push_back(rule.id);
        else
            kinds.push_back({rule.id});

    std::vector<std::string_view> texts;
    for (const Example& example : examples.list())
        texts.push_back(example.folded);
    const auto collect = [&](std::string_view text, std::vector<Feature>& features) {
        collect_stretch_features(text, lessons.groups, features);
    };
    const auto learn = [&](const TrainingSet& set) {
        std::vector<Weights> parts;
        for (const auto& rules : kinds)
            parts.push_back(train(set, task_for(examples.list(), rules)));
        return joined(parts);
    };
    const TrainingSet all{texts, most_collected, collect};
    std::vector<std::string> rules;
    for (const auto& kind : kinds)
        rules.insert(rules.end(), kind.begin(), kind.end());
    Weights weights = learn(all);
    examples.learn_more(all, weights, rules);
    weights = learn(all);
    const TrainingSet chosen{
        texts,
        Vocabulary{heaviest(all.vocabulary(), weights, most_terms)},
        collect};
    return {std::move(rules), lessons.groups, LinearModel{chosen.vocabulary(), learn(chosen)}};
}

}  // namespace redress::language
