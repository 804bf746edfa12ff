#pragma once

#include "language/features.hpp"

#include <bitset>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace redress::language {

/// Words that say alike what a writer does ("refund", "reimburse"; 师傅, 前台): a classifier that
/// has seen few sentences learns from one of them what it then knows of all.
///
/// A text of lines "name: word word …"; a line that begins with "#" is a remark. Latin words stand
/// alone; Chinese ones have at most six characters, the longest at a place counts. A word belongs
/// to the group that names it first.
class WordGroups {
public:
    WordGroups() = default;
    explicit WordGroups(std::string text);

    [[nodiscard]] const std::string& text() const { return text_; }
    /// The group of the word with this hash, 0 when it has none.
    [[nodiscard]] std::uint32_t group_of(std::uint64_t hash) const;
    /// Whether a word of a group may begin with the token of this hash.
    [[nodiscard]] bool may_begin(std::uint64_t hash) const { return beginnings_.test(hash >> 48U); }

private:
    void add(std::string_view word, std::uint32_t group);

    std::string text_;
    std::unordered_map<std::uint64_t, std::uint32_t> groups_;
    std::bitset<std::size_t{1} << 16U> beginnings_;
};

/// Bytes [begin, end) of a folded sentence.
struct Clause {
    std::size_t begin{};
    std::size_t end{};

    [[nodiscard]] std::string_view of(std::string_view text) const
    {
        return text.substr(begin, end - begin);
    }
};

/// The parts of a folded sentence between commas, colons and dashes that have a letter in them.
[[nodiscard]] std::vector<Clause> find_clauses(std::string_view sentence);

/// What the coach's classifier looks at in a folded clause or sentence: characters and words with
/// up to three after them, one left out, beginnings of words, and groups beside words and beside
/// each other. Replaces what `out` held; at most 20 features a character. Feature spans are empty.
void collect_stretch_features(
    std::string_view folded,
    const WordGroups& groups,
    std::vector<Feature>& out
);

}  // namespace redress::language
