#include "language/phrases.hpp"

#include "base/require.hpp"

#include <algorithm>
#include <re2/filtered_re2.h>
#include <re2/re2.h>

namespace redress::language {
namespace {

/// One Chinese character, three Latin letters.
constexpr int shortest_literal_bytes = 3;

std::uint32_t first_bytes(std::string_view text)
{
    const auto byte = [&](std::size_t at) {
        return std::uint32_t{static_cast<unsigned char>(text[at])};
    };
    return byte(0) << 16U | byte(1) << 8U | byte(2);
}

/// Sixteen bits that spread the first bytes well enough for a filter.
std::size_t mixed(std::uint32_t bytes)
{
    return (bytes * 0x9E37'79B1U) >> 16U;
}

}  // namespace

PhraseBook::PhraseBook() : patterns_{std::make_unique<re2::FilteredRE2>(shortest_literal_bytes)} {}
PhraseBook::~PhraseBook() = default;
PhraseBook::PhraseBook(PhraseBook&&) noexcept = default;
PhraseBook& PhraseBook::operator=(PhraseBook&&) noexcept = default;

std::expected<int, std::string> PhraseBook::add(const std::string& pattern)
{
    RE2::Options options;
    options.set_log_errors(false);
    options.set_never_nl(false);
    int number = -1;
    if (patterns_->Add(pattern, options, &number) == RE2::NoError)
        return number;
    return std::unexpected{RE2{pattern, options}.error()};
}

void PhraseBook::close()
{
    if (patterns_->NumRegexps() == 0)
        return;
    patterns_->Compile(&literals_);
    for (std::size_t index = 0; index < literals_.size(); ++index) {
        REQUIRE_THAT(literals_[index].size() >= shortest_literal_bytes);
        by_first_bytes_[first_bytes(literals_[index])].push_back(static_cast<int>(index));
        may_begin_.set(mixed(first_bytes(literals_[index])));
    }
}

std::vector<int> PhraseBook::possible_in(std::string_view text) const
{
    std::vector<int> seen;
    for (std::size_t at = 0; at + shortest_literal_bytes <= text.size(); ++at) {
        const auto rest = text.substr(at);
        const std::uint32_t bytes = first_bytes(rest);
        if (!may_begin_.test(mixed(bytes)))
            continue;
        const auto found = by_first_bytes_.find(bytes);
        if (found == by_first_bytes_.end())
            continue;
        for (const int literal : found->second)
            if (rest.starts_with(literals_[static_cast<std::size_t>(literal)]))
                seen.push_back(literal);
    }
    std::ranges::sort(seen);
    const auto repeated = std::ranges::unique(seen);
    seen.erase(repeated.begin(), repeated.end());
    std::vector<int> possible;
    patterns_->AllPotentials(seen, &possible);
    std::ranges::sort(possible);
    return possible;
}

std::optional<PhraseBook::Stretch>
PhraseBook::find(int pattern, std::string_view text, std::size_t from) const
{
    const re2::StringPiece piece{text.data(), text.size()};
    re2::StringPiece match;
    const bool is_found =
        patterns_->GetRE2(pattern).Match(piece, from, text.size(), RE2::UNANCHORED, &match, 1);
    if (!is_found || match.empty())
        return std::nullopt;
    const auto begin = static_cast<std::size_t>(match.data() - text.data());
    return Stretch{begin, begin + match.size()};
}

}  // namespace redress::language
