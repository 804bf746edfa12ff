#include "cases/rules_needs.hpp"

#include "base/require.hpp"
#include "base/text.hpp"

#include <algorithm>
#include <map>

namespace redress::cases {
namespace {

const Needs& computed()
{
    static const auto all = [] {
        Needs merged;
        for (auto table :
             {needs_of_filing(),
              needs_of_handling(),
              needs_of_deciding(),
              needs_of_redress(),
              needs_of_closing()}) {
            merged.merge(table);
            REQUIRE_THAT(table.empty());
        }
        return merged;
    }();
    return all;
}

/// Requirements that are not one yes or no: they say themselves what is missing.
std::optional<std::vector<Refusal>> detailed(const Draft& draft, std::string_view need)
{
    if (need == "extension_allowed") {
        const auto change = extension_of(draft);
        return change ? std::vector<Refusal>{} : change.error().refusals;
    }
    if (need != "letter_complete" && need != "letter_clean")
        return std::nullopt;
    const auto [pack, letter] = find_letter(draft, input_text(draft, "letter"));
    std::vector<Refusal> missing;
    if (letter != nullptr)
        for (auto& one : check_letter(draft, *pack, *letter))
            if ((one.code == "letter_lint") == (need == "letter_clean"))
                missing.push_back(std::move(one));
    return missing;
}

std::string input_behind(const Draft& draft, std::string_view need)
{
    const bool is_input =
        std::ranges::any_of(draft.row.inputs, [&](const Input& one) { return one.field == need; });
    return is_input ? std::string{need} : std::string{};
}

void check_need(const Draft& draft, std::string_view need, std::vector<Refusal>& refusals)
{
    if (const auto colon = need.find(':'); colon != std::string_view::npos) {
        const auto letter = need.substr(colon + 1);
        if (!is_letter_sent(draft, letter))
            refusals.push_back(
                refusal("needs.letter_sent", "", {{"letter", "letter_use." + std::string{letter}}})
            );
        return;
    }
    if (auto reasons = detailed(draft, need)) {
        std::ranges::move(*reasons, std::back_inserter(refusals));
        return;
    }
    const auto found = computed().find(need);
    const bool holds = found != computed().end() ? found->second(draft) : has(draft, need);
    if (!holds)
        refusals.push_back(refusal("needs." + std::string{need}, input_behind(draft, need)));
}

}  // namespace

bool has(const Draft& draft, std::string_view name)
{
    return is_truthy(known(draft, name));
}

bool came_with(const Draft& draft, std::string_view name)
{
    return is_truthy(input(draft, name));
}

std::optional<Instant> instant_input(const Draft& draft, std::string_view name)
{
    return parse_rfc3339(input_text(draft, name));
}

StaffId staff_input(const Draft& draft, std::string_view name)
{
    return {int_at(draft.command.inputs, name)};
}

bool knows_need(std::string_view need, const Lifecycle& lifecycle)
{
    return need.starts_with("letter_sent:") || need.starts_with("customer_told:") ||
           need == "letter_complete" || need == "letter_clean" || need == "extension_allowed" ||
           computed().contains(need) || lifecycle.find_field(need) != nullptr;
}

std::vector<Refusal> check_needs(const Draft& draft)
{
    std::vector<Refusal> refusals;
    for (const auto& need : draft.row.needs)
        check_need(draft, need, refusals);
    return refusals;
}

}  // namespace redress::cases
