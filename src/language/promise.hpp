#pragma once

#include "language/fold.hpp"
#include "language/promise_when.hpp"
#include "language/span.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace redress::language {

/// Who shall keep a promise: the writer, the house ("we", nobody named), or somebody else of ours.
enum class Promiser { writer, house, colleague };

/// What a reply promises: an act of ours and the time until when. Told by its words, so a condition
/// (如果…, once …), a doubt (争取, should), a denial, a question, what has happened and what the
/// customer shall do are none; neither is what has no time that can be kept ("尽快", "soon").
struct Promise {
    Span span;         ///< who, what and when together
    Span time;         ///< the words of the time
    std::string what;  ///< the words without the time, as written
    Promiser who{};
    Instant due;
    double confidence{};  ///< 0 to 1

    friend bool operator==(const Promise&, const Promise&) = default;
};

/// The promises of an outgoing text in order, at most 200. Lines that quote an earlier message
/// ("> …") are not read. Pure; any thread; linear in the text, of which max_text_bytes are read.
[[nodiscard]] std::vector<Promise>
find_promises(std::string_view text, const PromiseContext& context);
/// The same for whoever has folded the text already.
[[nodiscard]] std::vector<Promise>
find_promises(std::string_view text, const FoldedBytes& folded, const PromiseContext& context);

[[nodiscard]] std::string_view to_word(Promiser who);

}  // namespace redress::language
