#pragma once

#include "language/tokens.hpp"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// How rare words are among the texts of a house: counts of texts in a table of fixed size, where
/// words that share a place count together. Half a megabyte. One thread at a time while it learns.
class Rarity {
public:
    Rarity();

    /// The search tokens of a text, each once, by the bytes of the token.
    void learn(const std::vector<std::string>& tokens);

    [[nodiscard]] std::int64_t texts() const { return texts_; }
    /// Texts that have this token.
    [[nodiscard]] std::int64_t texts_with(std::string_view token) const;
    /// Inverse document frequency, above 0; the rarer the higher.
    [[nodiscard]] double weight(std::string_view token) const;

private:
    std::vector<std::uint16_t> counts_;
    std::int64_t texts_{};
};

/// The search tokens of a text that say something, each once and sorted: pairs of Han characters
/// and words of at least two letters; at most `limit`, from the beginning of the text.
[[nodiscard]] std::vector<std::string> telling_tokens(std::string_view text, std::size_t limit);

}  // namespace redress::language
