#pragma once

#include <algorithm>
#include <compare>
#include <cstdint>

namespace redress::language {

/// A stretch of a text in characters (code points; a byte that is not UTF-8 counts as one), first
/// and one past the last. Always of the text as it was given, never of its folded form.
struct Span {
    std::uint32_t begin{};
    std::uint32_t end{};

    [[nodiscard]] constexpr std::uint32_t size() const { return end - begin; }
    [[nodiscard]] constexpr bool empty() const { return begin >= end; }
    [[nodiscard]] constexpr bool holds(Span inner) const
    {
        return begin <= inner.begin && inner.end <= end;
    }
    [[nodiscard]] constexpr bool overlaps(Span other) const
    {
        return begin < other.end && other.begin < end;
    }
    friend constexpr auto operator<=>(const Span&, const Span&) = default;
};

/// The smallest span that holds both.
[[nodiscard]] constexpr Span hull(Span a, Span b)
{
    return {std::min(a.begin, b.begin), std::max(a.end, b.end)};
}

}  // namespace redress::language
