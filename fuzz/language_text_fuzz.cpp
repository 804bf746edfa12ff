// links: redress_language
// Folding is idempotent and keeps count of the original's characters; tokens stand inside the text
// in order, and a query's tokens are among the text's own; taking quotations out moves nothing.
#include "base/require.hpp"
#include "base/text.hpp"
#include "language/quoted.hpp"
#include "language/tokens.hpp"

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

using namespace redress::language;

namespace {

using Place = std::pair<std::uint32_t, std::string>;

std::vector<Place> places(const Folded& folded, TokenUse use)
{
    TokenReader reader{folded, use};
    std::vector<Place> found;
    redress::language::Span last{};
    while (const auto token = reader.next()) {
        REQUIRE_THAT(!token->text.empty() && redress::is_valid_utf8(token->text));
        REQUIRE_THAT(!token->span.empty() && token->span.begin >= last.begin);
        REQUIRE_THAT(token->span.end <= folded.original_size());
        REQUIRE_THAT(!token->is_prefix || use == TokenUse::query);
        last = token->span;
        found.emplace_back(token->position, token->text);
    }
    return found;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    const Folded folded{text};
    const FoldedBytes utf8{folded};
    REQUIRE_THAT(redress::is_valid_utf8(utf8.text()));
    REQUIRE_THAT(folded.original_size() == redress::count_code_points(text));
    REQUIRE_THAT(Folded{utf8.text()}.text() == folded.text());
    REQUIRE_THAT(utf8.original(0, utf8.text().size()).end <= folded.original_size());

    const auto indexed = places(folded, TokenUse::index);
    for (const auto& place : places(folded, TokenUse::query))
        REQUIRE_THAT(std::ranges::binary_search(indexed, place));
    REQUIRE_THAT(count_tokens(folded) == indexed.size());

    const std::string own = own_words(text);
    REQUIRE_THAT(redress::count_code_points(own) == redress::count_code_points(text));
    REQUIRE_THAT(own.size() <= text.size());
    return 0;
}
