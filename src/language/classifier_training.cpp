#include "language/classifier_training.hpp"

#include "base/text.hpp"
#include "language/training_set.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <set>

namespace redress::language {
namespace {

constexpr std::size_t fewest_texts = 10;
constexpr std::size_t most_weights = 2'000'000;
constexpr std::size_t fewest_terms = 20'000;
constexpr std::size_t held_back_of = 5;
constexpr std::size_t enough_held_back = 30;
constexpr float cost = 0.35F;
constexpr float usual_sharpness = 3;
constexpr float least_confidence = 0.6F;

float loss_of(std::span<const float> scores, std::size_t right, float sharpness)
{
    const float largest = *std::ranges::max_element(scores);
    float sum = 0;
    for (const float score : scores)
        sum += std::exp((score - largest) * sharpness);
    return std::log(sum) - (scores[right] - largest) * sharpness;
}

}  // namespace

class ClassifierTraining {
public:
    explicit ClassifierTraining(std::span<const LabelledText> texts)
    {
        std::set<std::string_view> labels;
        for (const LabelledText& text : texts)
            labels.insert(text.label);
        labels_.assign(labels.begin(), labels.end());
        std::vector<std::string_view> bodies;
        for (const LabelledText& text : texts) {
            const auto label = std::ranges::lower_bound(labels_, text.label);
            right_.push_back(static_cast<std::size_t>(label - labels_.begin()));
            bodies.push_back(text.text);
        }
        const std::size_t most_terms = std::max(most_weights / labels_.size(), fewest_terms);
        set_ = std::make_unique<TrainingSet>(bodies, most_terms);
        find_held_back(bodies);
    }

    Classifier run()
    {
        Classifier classifier;
        classifier.labels_ = labels_;
        classifier.sharpness_ = learn_sharpness();
        classifier.least_confidence_ = least_confidence;
        classifier.model_ = LinearModel{set_->vocabulary(), train(*set_, task(false))};
        return classifier;
    }

private:
    /// By what a text says, so that the same text twice is never on both sides.
    void find_held_back(std::span<const std::string_view> bodies)
    {
        std::vector<Feature> features;
        for (const std::string_view body : bodies) {
            collect_features(Folded{first_code_points(body, 100)}, features);
            std::uint32_t sum = 0;
            for (const Feature& feature : features)
                sum += feature.hash;
            is_held_back_.push_back((sum >> 8) % held_back_of == 0);
        }
    }

    [[nodiscard]] Task task(bool holds_back) const
    {
        Task task;
        task.loss = Loss::squared_hinge;
        task.heads = labels_.size();
        task.targets.assign(right_.size() * labels_.size(), -1);
        for (std::size_t i = 0; i < right_.size(); ++i) {
            task.targets[i * labels_.size() + right_[i]] = 1;
            task.costs.push_back(holds_back && is_held_back_[i] ? 0 : cost);
        }
        return task;
    }

    /// The factor that makes shares of the scores probabilities, on texts that were not learned.
    [[nodiscard]] float learn_sharpness() const
    {
        const Weights weights = train(*set_, task(true));
        std::vector<std::pair<std::vector<float>, std::size_t>> scored;
        for (std::size_t i = 0; i < right_.size(); ++i)
            if (is_held_back_[i])
                scored.emplace_back(weights.score((*set_)[i]), right_[i]);
        if (scored.size() < enough_held_back)
            return usual_sharpness;
        float best = usual_sharpness;
        float least = std::numeric_limits<float>::max();
        for (float sharpness = 0.25F; sharpness < 20; sharpness *= 1.1F) {
            float loss = 0;
            for (const auto& [scores, right] : scored)
                loss += loss_of(scores, right, sharpness);
            if (loss < least) {
                least = loss;
                best = sharpness;
            }
        }
        return best;
    }

    std::vector<std::string> labels_;
    std::vector<std::size_t> right_;
    std::vector<bool> is_held_back_;
    std::unique_ptr<TrainingSet> set_;
};

Result<std::vector<LabelledText>> read_labelled_texts(std::string_view tsv)
{
    std::vector<LabelledText> texts;
    std::set<std::string, std::less<>> labels;
    std::size_t line = 0;
    while (!tsv.empty()) {
        ++line;
        const std::size_t end = std::min(tsv.find('\n'), tsv.size());
        const std::string_view row = trim(tsv.substr(0, end));
        tsv.remove_prefix(std::min(end + 1, tsv.size()));
        if (row.empty())
            continue;
        const std::size_t tab = row.find('\t');
        const auto label = trim(row.substr(0, tab));
        if (tab == std::string_view::npos || label.empty() || label.size() > max_label_bytes)
            return deny(Denial::invalid, "training_line", {}, {{"line", fmt::to_string(line)}});
        labels.emplace(label);
        texts.push_back({std::string{label}, std::string{row.substr(tab + 1)}});
    }
    if (labels.size() > max_labels)
        return deny(
            Denial::invalid,
            "training_too_many_labels",
            {},
            {{"limit", fmt::to_string(max_labels)}}
        );
    return texts;
}

Result<Classifier> train_classifier(std::span<const LabelledText> texts)
{
    if (texts.size() < fewest_texts)
        return deny(
            Denial::invalid,
            "training_too_few_texts",
            {},
            {{"texts", fmt::to_string(texts.size())}, {"limit", fmt::to_string(fewest_texts)}}
        );
    const bool has_two = std::ranges::any_of(texts, [&](const LabelledText& text) {
        return text.label != texts.front().label;
    });
    if (!has_two)
        return deny(Denial::invalid, "training_too_few_labels");
    return ClassifierTraining{texts}.run();
}

namespace {

double ratio(std::uint64_t part, std::uint64_t whole)
{
    return whole == 0 ? 0 : static_cast<double>(part) / static_cast<double>(whole);
}

/// Precision, recall and F1 of every label that a text has or was given.
void sum_up(Score& score)
{
    double f1 = 0;
    std::uint64_t present = 0;
    std::uint64_t right = 0;
    for (std::size_t k = 0; k < score.labels.size(); ++k) {
        auto& label = score.labels[k];
        std::uint64_t guessed = 0;
        for (std::size_t other = 0; other < score.labels.size(); ++other) {
            guessed += score.confusion[other][k];
            label.texts += score.confusion[k][other];
        }
        const std::uint64_t hits = score.confusion[k][k];
        right += hits;
        label.precision = ratio(hits, guessed);
        label.recall = ratio(hits, label.texts);
        label.f1 = ratio(2 * hits, guessed + label.texts);
        f1 += label.texts > 0 ? label.f1 : 0;
        present += label.texts > 0 ? 1 : 0;
    }
    score.accuracy = ratio(right, score.texts);
    score.macro_f1 = present == 0 ? 0 : f1 / static_cast<double>(present);
}

}  // namespace

Score evaluate(const Classifier& classifier, std::span<const LabelledText> texts)
{
    std::map<std::string_view, std::size_t> places;
    for (const std::string& label : classifier.labels())
        places.emplace(label, 0);
    for (const LabelledText& text : texts)
        places.emplace(text.label, 0);
    Score score;
    for (auto& [label, place] : places) {
        place = score.labels.size();
        score.labels.push_back({std::string{label}, 0, 0, 0, 0});
    }
    score.confusion.assign(places.size(), std::vector<std::uint64_t>(places.size(), 0));
    std::uint64_t answered = 0;
    std::uint64_t answered_right = 0;
    for (const LabelledText& text : texts) {
        const Verdict verdict = classifier.classify(text.text);
        const auto guess = verdict.guesses.front().label;
        ++score.confusion[places[text.label]][places[guess]];
        if (verdict.is_unsure)
            continue;
        ++answered;
        if (guess == text.label)
            ++answered_right;
    }
    score.texts = texts.size();
    score.answered = ratio(answered, score.texts);
    score.answered_right = ratio(answered_right, answered);
    sum_up(score);
    return score;
}

}  // namespace redress::language
