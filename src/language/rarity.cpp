#include "language/rarity.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace redress::language {
namespace {

constexpr std::size_t places = std::size_t{1} << 18;

/// FNV-1a.
std::size_t place_of(std::string_view token)
{
    std::uint64_t hash = 14695981039346656037ULL;
    for (const char byte : token)
        hash = (hash ^ static_cast<unsigned char>(byte)) * 1099511628211ULL;
    return (hash ^ (hash >> 32)) % places;
}

}  // namespace

Rarity::Rarity() : counts_(places) {}

void Rarity::learn(const std::vector<std::string>& tokens)
{
    for (const auto& token : tokens) {
        auto& count = counts_[place_of(token)];
        if (count < std::numeric_limits<std::uint16_t>::max())
            ++count;
    }
    ++texts_;
}

std::int64_t Rarity::texts_with(std::string_view token) const
{
    return counts_[place_of(token)];
}

double Rarity::weight(std::string_view token) const
{
    const auto all = static_cast<double>(texts_) + 2;
    const auto with = static_cast<double>(texts_with(token)) + 1;
    return std::log(std::max(all / with, 1.01));
}

std::vector<std::string> telling_tokens(std::string_view text, std::size_t limit)
{
    const Folded folded{text};
    TokenReader reader{folded, TokenUse::index};
    std::vector<std::string> tokens;
    while (const auto token = reader.next()) {
        if (tokens.size() >= limit)
            break;
        if (token->span.end - token->span.begin >= 2)
            tokens.emplace_back(token->text);
    }
    std::ranges::sort(tokens);
    const auto rest = std::ranges::unique(tokens);
    tokens.erase(rest.begin(), rest.end());
    return tokens;
}

}  // namespace redress::language
