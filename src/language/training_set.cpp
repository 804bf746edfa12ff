#include "language/training_set.hpp"

#include "base/require.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>

namespace redress::language {
namespace {

constexpr std::uint32_t fewest_texts = 2;

/// How often each hash stands in one text.
struct Count {
    std::uint32_t hash{};
    std::uint32_t texts{};
};

std::vector<std::uint32_t> distinct_hashes(std::span<const Feature> features)
{
    std::vector<std::uint32_t> hashes;
    hashes.reserve(features.size());
    for (const Feature& feature : features)
        hashes.push_back(feature.hash);
    std::ranges::sort(hashes);
    const auto rest = std::ranges::unique(hashes);
    hashes.erase(rest.begin(), rest.end());
    return hashes;
}

/// Merged in batches, so that memory follows the number of different hashes.
class Census {
public:
    void add(std::span<const std::uint32_t> hashes)
    {
        waiting_.insert(waiting_.end(), hashes.begin(), hashes.end());
        if (waiting_.size() > batch + counts_.size())
            merge();
    }

    std::vector<Count> finish()
    {
        merge();
        return std::move(counts_);
    }

private:
    static constexpr std::size_t batch = 4'000'000;

    void merge()
    {
        std::ranges::sort(waiting_);
        std::vector<Count> merged;
        merged.reserve(counts_.size() + waiting_.size() / 4);
        auto known = counts_.begin();
        for (std::size_t i = 0; i < waiting_.size();) {
            const std::uint32_t hash = waiting_[i];
            for (; known != counts_.end() && known->hash < hash; ++known)
                merged.push_back(*known);
            Count count{hash, 0};
            for (; i < waiting_.size() && waiting_[i] == hash; ++i)
                ++count.texts;
            if (known != counts_.end() && known->hash == hash)
                count.texts += (known++)->texts;
            merged.push_back(count);
        }
        merged.insert(merged.end(), known, counts_.end());
        counts_ = std::move(merged);
        waiting_.clear();
    }

    std::vector<Count> counts_;
    std::vector<std::uint32_t> waiting_;
};

std::uint8_t rarity_of(std::uint32_t texts_with, std::size_t texts)
{
    const float ratio = (1 + static_cast<float>(texts)) / (1 + static_cast<float>(texts_with));
    return static_cast<std::uint8_t>(std::clamp((std::log(ratio) + 1) * 16, 1.0F, 255.0F));
}

Vocabulary chosen(std::vector<Count> counts, std::size_t texts, std::size_t most_terms)
{
    std::erase_if(counts, [](const Count& count) { return count.texts < fewest_texts; });
    if (counts.size() > most_terms) {
        std::ranges::sort(counts, [](const Count& a, const Count& b) {
            return a.texts != b.texts ? a.texts > b.texts : a.hash < b.hash;
        });
        counts.resize(most_terms);
        std::ranges::sort(counts, {}, &Count::hash);
    }
    std::vector<Term> terms;
    terms.reserve(counts.size());
    for (const Count& count : counts)
        terms.push_back({count.hash, rarity_of(count.texts, texts)});
    return Vocabulary{std::move(terms)};
}

/// SplitMix64: the same order on every machine.
class Shuffler {
public:
    void shuffle(std::vector<std::uint32_t>& order)
    {
        for (std::size_t i = order.size(); i > 1; --i)
            std::swap(order[i - 1], order[next() % i]);
    }

private:
    std::uint64_t next()
    {
        state_ += 0x9E3779B97F4A7C15ULL;
        std::uint64_t z = state_;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9ULL;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EBULL;
        return z ^ (z >> 31);
    }
    std::uint64_t state_{};
};

class Descent {
public:
    Descent(const TrainingSet& set, const Task& task)
        : set_{set}, task_{task}, duals_(set.size() * task.heads, 0), scores_(task.heads, 0)
    {
        weights_.heads = task.heads;
        weights_.values.assign(set.vocabulary().size() * task.heads, 0);
        weights_.biases.assign(task.heads, 0);
    }

    /// The largest change of a dual variable.
    float visit(std::uint32_t text)
    {
        const auto entries = set_[text];
        const float ridge = 1 / (2 * task_.costs[text]);
        const float curvature = (entries.empty() ? 0.0F : 1.0F) + 1 + ridge;
        scores_ = weights_.biases;
        for (const Entry& entry : entries)
            add(scores_.data(), weights_.values.data() + entry.row * task_.heads, entry.value);
        float largest = 0;
        for (std::size_t head = 0; head < task_.heads; ++head) {
            float& dual = duals_[text * task_.heads + head];
            const float target = task_.targets[text * task_.heads + head];
            const float step = (target - scores_[head] - dual * ridge) / curvature;
            const bool is_beyond = task_.loss == Loss::squared_hinge && (dual + step) * target < 0;
            const float change = is_beyond ? -dual : step;
            dual += change;
            scores_[head] = change;
            weights_.biases[head] += change;
            largest = std::max(largest, std::abs(change));
        }
        if (largest > 0)
            for (const Entry& entry : entries)
                add(weights_.values.data() + entry.row * task_.heads, scores_.data(), entry.value);
        return largest;
    }

    Weights finish() { return std::move(weights_); }

private:
    void add(float* sum, const float* part, float factor) const
    {
        for (std::size_t head = 0; head < task_.heads; ++head)
            sum[head] += part[head] * factor;
    }

    const TrainingSet& set_;
    const Task& task_;
    std::vector<float> duals_;
    std::vector<float> scores_;
    Weights weights_;
};

}  // namespace

TrainingSet::TrainingSet(std::span<const std::string_view> texts, std::size_t most_terms)
    : TrainingSet{texts, most_terms, [](std::string_view text, std::vector<Feature>& features) {
                      collect_features(Folded{text}, features);
                  }}
{}

TrainingSet::TrainingSet(
    std::span<const std::string_view> texts,
    std::size_t most_terms,
    const Collect& collect
)
{
    std::vector<Feature> features;
    Census census;
    for (const std::string_view text : texts) {
        collect(text, features);
        census.add(distinct_hashes(features));
    }
    vocabulary_ = chosen(census.finish(), texts.size(), std::min(most_terms, max_terms));
    read(texts, collect);
}

TrainingSet::TrainingSet(
    std::span<const std::string_view> texts,
    Vocabulary vocabulary,
    const Collect& collect
)
    : vocabulary_{std::move(vocabulary)}
{
    read(texts, collect);
}

void TrainingSet::read(std::span<const std::string_view> texts, const Collect& collect)
{
    std::vector<Feature> features;
    for (const std::string_view text : texts) {
        collect(text, features);
        const auto entries = vocabulary_.vector_of(features);
        entries_.insert(entries_.end(), entries.begin(), entries.end());
        ends_.push_back(entries_.size());
    }
}

std::span<const Entry> TrainingSet::operator[](std::size_t text) const
{
    const std::size_t begin = text == 0 ? 0 : ends_[text - 1];
    return std::span{entries_}.subspan(begin, ends_[text] - begin);
}

Weights train(const TrainingSet& set, const Task& task)
{
    constexpr float still = 1e-3F;
    REQUIRE_THAT(task.targets.size() == set.size() * task.heads && task.costs.size() == set.size());
    std::vector<std::uint32_t> order;
    for (std::uint32_t text = 0; text < set.size(); ++text)
        if (task.costs[text] > 0)
            order.push_back(text);
    Descent descent{set, task};
    Shuffler shuffler;
    float largest = still;
    for (int pass = 0; pass < task.passes && largest >= still; ++pass) {
        shuffler.shuffle(order);
        largest = 0;
        for (const std::uint32_t text : order)
            largest = std::max(largest, descent.visit(text));
    }
    return descent.finish();
}

}  // namespace redress::language
