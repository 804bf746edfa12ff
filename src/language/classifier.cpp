#include "language/classifier.hpp"

#include "language/tokens.hpp"

#include <algorithm>
#include <cmath>

namespace redress::language {
namespace {

constexpr std::string_view heading = "redress classifier 1";
constexpr std::size_t max_file = std::size_t{64} << 20;
/// A character belongs to the evidence when it weighs this part of the heaviest one.
constexpr float weighty = 0.35F;
/// Words with less than this part of the strongest evidence are left out.
constexpr float slight = 0.3F;

void make_shares(std::vector<float>& scores, float sharpness)
{
    const float largest = *std::ranges::max_element(scores);
    float sum = 0;
    for (float& score : scores) {
        score = std::exp((score - largest) * sharpness);
        sum += score;
    }
    for (float& score : scores)
        score /= sum;
}

void keep_strongest(std::vector<Evidence>& found, std::size_t limit)
{
    std::ranges::stable_sort(found, std::ranges::greater{}, &Evidence::weight);
    found.resize(std::min(limit, found.size()));
    const float most = found.empty() ? 1 : found.front().weight;
    for (Evidence& evidence : found)
        evidence.weight /= most;
    std::erase_if(found, [](const Evidence& evidence) { return evidence.weight < slight; });
    std::ranges::sort(found, {}, &Evidence::span);
}

}  // namespace

std::vector<Evidence>
strongest(const Folded& folded, std::span<const float> character_weights, std::size_t limit)
{
    const auto text = folded.text().substr(0, character_weights.size());
    const auto heaviest = std::ranges::max_element(character_weights);
    if (heaviest == character_weights.end() || *heaviest <= 0)
        return {};
    const float least = *heaviest * weighty;
    std::vector<Evidence> found;
    for (std::size_t i = 0; i < text.size();) {
        const bool is_letter = is_word(text[i]);
        if (!is_letter && (!is_han(text[i]) || character_weights[i] < least)) {
            ++i;
            continue;
        }
        const std::size_t begin = i;
        float sum = 0;
        bool is_weighty = false;
        while (i < text.size() &&
               (is_letter ? is_word(text[i]) : is_han(text[i]) && character_weights[i] >= least)) {
            is_weighty = is_weighty || character_weights[i] >= least;
            sum += character_weights[i++];
        }
        if (is_weighty && sum > 0)
            found.push_back({folded.original(begin, i), sum});
    }
    keep_strongest(found, limit);
    return found;
}

Verdict Classifier::classify(std::string_view text) const
{
    std::vector<Feature> features;
    collect_features(Folded{text}, features);
    const auto entries = model_.vocabulary().vector_of(features);
    auto shares = model_.score(entries);
    make_shares(shares, sharpness_);
    Verdict verdict;
    for (std::size_t i = 0; i < labels_.size(); ++i)
        verdict.guesses.push_back({labels_[i], shares[i]});
    std::ranges::stable_sort(verdict.guesses, std::ranges::greater{}, &Guess::confidence);
    verdict.is_unsure = entries.empty() || verdict.guesses.front().confidence < least_confidence_;
    return verdict;
}

std::vector<Evidence>
Classifier::explain(std::string_view text, std::string_view label, std::size_t limit) const
{
    const auto found = std::ranges::find(labels_, label);
    if (found == labels_.end())
        return {};
    const Folded folded{text};
    std::vector<Feature> features;
    collect_features(folded, features);
    const auto head = static_cast<std::size_t>(found - labels_.begin());
    const auto entries = model_.vocabulary().vector_of(features);
    return strongest(
        folded,
        model_.character_weights({folded.size(), features, entries}, head),
        limit
    );
}

std::string Classifier::write() const
{
    ByteWriter out;
    out.put_number(labels_.size());
    for (const std::string& label : labels_)
        out.put_text(label);
    out.put_real(sharpness_);
    out.put_real(least_confidence_);
    model_.write(out);
    return sealed(heading, out.bytes());
}

Result<Classifier> Classifier::read(std::string_view file)
{
    const auto unreadable = [] { return deny(Denial::invalid, "model_unreadable"); };
    const auto bytes = file.size() > max_file ? std::string_view{} : unsealed(heading, file);
    if (bytes.empty())
        return unreadable();
    ByteReader in{bytes};
    Classifier classifier;
    classifier.labels_.resize(in.count(max_labels));
    for (std::string& label : classifier.labels_)
        label = std::string{in.text()};
    classifier.sharpness_ = in.real();
    classifier.least_confidence_ = in.real();
    auto model = LinearModel::read(in);
    const bool fits = model && in.is_at_end() && model->heads() == classifier.labels_.size();
    if (!fits || classifier.labels_.empty() || !std::isfinite(classifier.sharpness_))
        return unreadable();
    classifier.model_ = std::move(*model);
    return classifier;
}

}  // namespace redress::language
