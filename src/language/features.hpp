#pragma once

#include "language/fold.hpp"

#include <cstddef>
#include <cstdint>
#include <vector>

namespace redress::language {

/// What is longer is scored by its beginning.
inline constexpr std::size_t max_scored_characters = 20'000;

/// An n-gram of a folded text: its hash and where it stands in the folded text.
struct Feature {
    std::uint32_t hash{};
    std::uint32_t begin{};
    std::uint32_t end{};
};

/// Everything a classifier looks at, in the order of the text: one to three Han characters in a row
/// and short runs whole; words, pairs of words and three to five letters of a word; other marks
/// single and repeated. Replaces what `out` held. Linear: at most 14 features a character.
void collect_features(const Folded& folded, std::vector<Feature>& out);

}  // namespace redress::language
