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

int Origin::line_of(std::string_view key) const
{
    const auto found = std::ranges::find(key_lines, key, &std::pair<std::string, int>::first);
    return found == key_lines.end() ? line : found->second;
}

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
Text Pack::ground_label(std::string_view code) const
{
    const auto* ground = find(ground_labels, &DeclineGround::code, code);
    return ground != nullptr ? ground->label : in_plain_words(code);
}

Text in_plain_words(std::string_view id)
{
    std::string words{id};
    std::ranges::replace(words, '_', ' ');
    return {words, words};
}

}  // namespace redress::policy
