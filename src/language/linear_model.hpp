#pragma once

#include "language/bytes.hpp"
#include "language/features.hpp"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace redress::language {

inline constexpr std::size_t max_heads = 1'000;
inline constexpr std::size_t max_terms = 500'000;

/// The features a model knows, in the order of its rows: hash and how rare it is.
struct Term {
    std::uint32_t hash{};
    std::uint8_t rarity{};  ///< inverse document frequency in sixteenths

    [[nodiscard]] float idf() const { return static_cast<float>(rarity) / 16; }
};

/// One feature of a text that a model knows.
struct Entry {
    std::uint32_t row{};
    float value{};
};

/// Which terms a model knows and how a text becomes a vector over them: sublinear counts, weighted
/// by rarity, of length 1.
class Vocabulary {
public:
    Vocabulary() = default;
    /// The terms by ascending hash, each once.
    explicit Vocabulary(std::vector<Term> terms);

    [[nodiscard]] std::size_t size() const { return terms_.size(); }
    [[nodiscard]] std::span<const Term> terms() const { return terms_; }
    /// Sorted by row.
    [[nodiscard]] std::vector<Entry> vector_of(std::span<const Feature> features) const;
    [[nodiscard]] std::optional<std::uint32_t> row_of(std::uint32_t hash) const;

private:
    std::vector<Term> terms_;
    std::vector<std::uint32_t> slots_;  ///< open addressing, row + 1, 0 is free
};

/// Weights as they are trained, `heads` to a row.
struct Weights {
    std::size_t heads{};
    std::vector<float> values;
    std::vector<float> biases;

    [[nodiscard]] std::vector<float> score(std::span<const Entry> entries) const;
};

/// A text as a model reads it: its folded characters, its features and their vector.
struct ReadText {
    std::size_t characters{};
    std::span<const Feature> features;
    std::span<const Entry> entries;
};

/// A linear model over hashed n-grams with one output (head) a question, weights in 8 bits.
/// Immutable; may be shared between threads.
class LinearModel {
public:
    LinearModel() = default;
    LinearModel(Vocabulary vocabulary, const Weights& weights);

    [[nodiscard]] std::size_t heads() const { return scales_.size(); }
    [[nodiscard]] const Vocabulary& vocabulary() const { return vocabulary_; }
    /// One score a head.
    [[nodiscard]] std::vector<float> score(std::span<const Entry> entries) const;
    /// What each folded character adds to a head's score.
    [[nodiscard]] std::vector<float> character_weights(const ReadText& text, std::size_t head)
        const;

    void write(ByteWriter& out) const;
    /// Nothing when the bytes do not hold together.
    [[nodiscard]] static std::optional<LinearModel> read(ByteReader& in);

private:
    [[nodiscard]] float weight(std::size_t row, std::size_t head) const;

    Vocabulary vocabulary_;
    std::vector<std::int8_t> weights_;
    std::vector<float> scales_;
    std::vector<float> biases_;
};

}  // namespace redress::language
