#pragma once

#include <bitset>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace re2 {
class FilteredRE2;
}  // namespace re2

namespace redress::language {

/// Many patterns (RE2, over folded text) looked for at once. A text is read once for the literals
/// that patterns cannot do without; only patterns whose literals are there are tried. Each try is
/// linear in the text. Immutable once closed; any thread.
class PhraseBook {
public:
    struct Stretch {
        std::size_t begin{};
        std::size_t end{};
    };

    PhraseBook();
    ~PhraseBook();
    PhraseBook(PhraseBook&&) noexcept;
    PhraseBook& operator=(PhraseBook&&) noexcept;

    /// The number of the pattern, or why it is none. Only before close().
    [[nodiscard]] std::expected<int, std::string> add(const std::string& pattern);
    void close();

    /// Numbers of the patterns that may occur, each once, ascending.
    [[nodiscard]] std::vector<int> possible_in(std::string_view text) const;
    /// Where a pattern occurs first at or after `from`; an empty match is none.
    [[nodiscard]] std::optional<Stretch>
    find(int pattern, std::string_view text, std::size_t from = 0) const;

private:
    std::unique_ptr<re2::FilteredRE2> patterns_;
    std::vector<std::string> literals_;
    std::unordered_map<std::uint32_t, std::vector<int>> by_first_bytes_;
    std::bitset<std::size_t{1} << 16U> may_begin_;  ///< most places are ruled out by this alone
};

}  // namespace redress::language
