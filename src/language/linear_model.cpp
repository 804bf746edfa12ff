#include "language/linear_model.hpp"

#include "base/require.hpp"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace redress::language {
namespace {

constexpr float largest_code = 127;
constexpr std::uint64_t largest_hash = 0xFFFFFFFFU;

/// Small weights are many and matter together: steps grow with the weight.
std::int8_t coded(float weight, float scale)
{
    if (scale == 0)
        return 0;
    const float root = std::sqrt(std::abs(weight) / scale) * largest_code;
    return static_cast<std::int8_t>(std::copysign(std::round(root), weight));
}

float decoded(std::int8_t code, float scale)
{
    const float part = static_cast<float>(code) / largest_code;
    return scale * part * std::abs(part);
}

std::vector<float> largest_of(const Weights& weights)
{
    std::vector<float> largest(weights.heads, 0);
    for (std::size_t i = 0; i < weights.values.size(); ++i) {
        float& scale = largest[i % weights.heads];
        scale = std::max(scale, std::abs(weights.values[i]));
    }
    return largest;
}

/// Counts turned into values of a vector of length 1.
void normalize(std::vector<Entry>& entries)
{
    float squares = 0;
    for (const Entry& entry : entries)
        squares += entry.value * entry.value;
    const float scale = squares > 0 ? 1 / std::sqrt(squares) : 0;
    for (Entry& entry : entries)
        entry.value *= scale;
}

}  // namespace

Vocabulary::Vocabulary(std::vector<Term> terms) : terms_{std::move(terms)}
{
    REQUIRE_THAT(terms_.size() <= max_terms);
    slots_.assign(std::bit_ceil(std::max<std::size_t>(terms_.size() * 2, 16)), 0);
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t row = 0; row < terms_.size(); ++row) {
        REQUIRE_THAT(row == 0 || terms_[row - 1].hash < terms_[row].hash);
        std::size_t slot = terms_[row].hash & mask;
        while (slots_[slot] != 0)
            slot = (slot + 1) & mask;
        slots_[slot] = static_cast<std::uint32_t>(row + 1);
    }
}

std::optional<std::uint32_t> Vocabulary::row_of(std::uint32_t hash) const
{
    if (slots_.empty())
        return std::nullopt;
    const std::size_t mask = slots_.size() - 1;
    for (std::size_t slot = hash & mask; slots_[slot] != 0; slot = (slot + 1) & mask)
        if (terms_[slots_[slot] - 1].hash == hash)
            return slots_[slot] - 1;
    return std::nullopt;
}

std::vector<Entry> Vocabulary::vector_of(std::span<const Feature> features) const
{
    std::vector<std::uint32_t> rows;
    rows.reserve(features.size());
    for (const Feature& feature : features)
        if (const auto row = row_of(feature.hash))
            rows.push_back(*row);
    std::ranges::sort(rows);
    std::vector<Entry> entries;
    for (std::size_t i = 0; i < rows.size();) {
        const std::size_t begin = i;
        while (i < rows.size() && rows[i] == rows[begin])
            ++i;
        const float count = 1 + std::log(static_cast<float>(i - begin));
        entries.push_back({rows[begin], count * terms_[rows[begin]].idf()});
    }
    normalize(entries);
    return entries;
}

std::vector<float> Weights::score(std::span<const Entry> entries) const
{
    std::vector<float> scores{biases};
    for (const Entry& entry : entries) {
        const float* row = values.data() + entry.row * heads;
        for (std::size_t head = 0; head < heads; ++head)
            scores[head] += entry.value * row[head];
    }
    return scores;
}

LinearModel::LinearModel(Vocabulary vocabulary, const Weights& weights)
    : vocabulary_{std::move(vocabulary)}, scales_{largest_of(weights)}, biases_{weights.biases}
{
    REQUIRE_THAT(weights.values.size() == vocabulary_.size() * weights.heads);
    weights_.reserve(weights.values.size());
    for (std::size_t i = 0; i < weights.values.size(); ++i)
        weights_.push_back(coded(weights.values[i], scales_[i % weights.heads]));
}

float LinearModel::weight(std::size_t row, std::size_t head) const
{
    return decoded(weights_[row * heads() + head], scales_[head]);
}

std::vector<float> LinearModel::score(std::span<const Entry> entries) const
{
    std::vector<float> scores{biases_};
    for (const Entry& entry : entries)
        for (std::size_t head = 0; head < heads(); ++head)
            scores[head] += entry.value * weight(entry.row, head);
    return scores;
}

std::vector<float> LinearModel::character_weights(const ReadText& text, std::size_t head) const
{
    std::vector<float> characters(text.characters, 0);
    std::vector<std::uint32_t> counts(text.entries.size(), 0);
    constexpr std::size_t unknown = std::numeric_limits<std::size_t>::max();
    std::vector<std::size_t> places(text.features.size(), unknown);
    for (std::size_t i = 0; i < places.size(); ++i)
        if (const auto row = vocabulary_.row_of(text.features[i].hash)) {
            const auto found = std::ranges::lower_bound(text.entries, *row, {}, &Entry::row);
            places[i] = static_cast<std::size_t>(found - text.entries.begin());
            ++counts[places[i]];
        }
    for (std::size_t i = 0; i < places.size(); ++i) {
        const Feature& feature = text.features[i];
        if (places[i] == unknown || feature.begin == feature.end)
            continue;
        const Entry& entry = text.entries[places[i]];
        const auto parts = static_cast<float>(counts[places[i]] * (feature.end - feature.begin));
        const float part = entry.value * weight(entry.row, head) / parts;
        for (std::uint32_t at = feature.begin; at < feature.end; ++at)
            characters[at] += part;
    }
    return characters;
}

void LinearModel::write(ByteWriter& out) const
{
    out.put_number(heads());
    for (std::size_t head = 0; head < heads(); ++head) {
        out.put_real(scales_[head]);
        out.put_real(biases_[head]);
    }
    out.put_number(vocabulary_.size());
    std::uint32_t before = 0;
    for (const Term& term : vocabulary_.terms()) {
        out.put_number(term.hash - before);
        out.put_byte(term.rarity);
        before = term.hash;
    }
    for (const std::int8_t code : weights_)
        out.put_byte(static_cast<std::uint8_t>(code));
}

std::optional<LinearModel> LinearModel::read(ByteReader& in)
{
    LinearModel model;
    const std::size_t heads = in.count(max_heads);
    for (std::size_t head = 0; head < heads; ++head) {
        model.scales_.push_back(in.real());
        model.biases_.push_back(in.real());
    }
    std::vector<Term> terms(in.count(std::min(max_terms, in.rest().size())));
    std::uint64_t hash = 0;
    for (std::size_t row = 0; row < terms.size(); ++row) {
        const std::uint64_t step = in.count(largest_hash);
        hash += step;
        if ((row > 0 && step == 0) || hash > largest_hash)
            return std::nullopt;
        terms[row] = {static_cast<std::uint32_t>(hash), in.byte()};
    }
    const std::size_t weights = terms.size() * heads;
    if (!in.is_whole() || in.rest().size() < weights)
        return std::nullopt;
    model.vocabulary_ = Vocabulary{std::move(terms)};
    model.weights_.reserve(weights);
    for (std::size_t i = 0; i < weights; ++i)
        model.weights_.push_back(static_cast<std::int8_t>(in.byte()));
    const auto is_number = [](float value) { return std::isfinite(value); };
    return std::ranges::all_of(model.scales_, is_number) &&
                   std::ranges::all_of(model.biases_, is_number)
               ? std::optional{std::move(model)}
               : std::nullopt;
}

}  // namespace redress::language
