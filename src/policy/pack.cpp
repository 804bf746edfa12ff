#include "policy/pack.hpp"

#include <algorithm>

namespace redress::policy {
namespace {

template <class Entry>
const Entry*
find(const std::vector<Entry>& entries, std::string Entry::*key, std::string_view wanted)
{
    const auto found = std::ranges::find(entries, wanted, key);
    return found == entries.end() ? nullptr : &*found;
}

}  // namespace

const DeadlineRule* Pack::deadline(std::string_view wanted) const
{
    return find(deadlines, &DeadlineRule::id, wanted);
}
const Letter* Pack::letter(std::string_view wanted) const
{
    return find(letters, &Letter::id, wanted);
}
const Element* Pack::element(std::string_view wanted) const
{
    return find(elements, &Element::id, wanted);
}
const Outcome* Pack::outcome(std::string_view code) const
{
    return find(outcomes, &Outcome::code, code);
}

}  // namespace redress::policy
