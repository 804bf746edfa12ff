#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

namespace redress::language {

/// Bytes [begin, end) of a folded text: a sentence with its final mark, without blanks around it.
struct Sentence {
    std::size_t begin{};
    std::size_t end{};
    bool is_question{};
    bool is_quoted{};  ///< a line that begins with ">"

    [[nodiscard]] std::string_view of(std::string_view text) const
    {
        return text.substr(begin, end - begin);
    }
};

/// Cuts a folded text at the marks that end sentences and at line ends; what runs on without one is
/// cut after 2,000 bytes. A dot between digits, after a title ("mr.") or a lone letter ends
/// nothing.
[[nodiscard]] std::vector<Sentence> find_sentences(std::string_view folded);

}  // namespace redress::language
