#pragma once

#include "policy/holidays.hpp"
#include "policy/pack_draft.hpp"

#include <map>

namespace redress::policy {

using HolidayTables = std::map<std::string, HolidayTable, std::less<>>;

/// What packs are resolved against.
struct Surroundings {
    const Vocabulary& vocabulary;
    const HolidayTables& holidays;
    const Organisation& organisation;
    std::vector<Mistake>& mistakes;
};

/// Entries of one file that carry the same id.
void check_duplicates(const PackDraft& draft, std::vector<Mistake>& mistakes);

/// The child with everything of its parent that it does not replace or disable (semantics 13).
[[nodiscard]] PackDraft
inherited(const PackDraft& parent, PackDraft child, std::vector<Mistake>& mistakes);

/// Builds the calendars, measures and conditions of a flattened draft and looks up every name it
/// uses.
[[nodiscard]] Pack resolved(PackDraft draft, const Surroundings& around);

/// Every name an entry uses: events, transitions, states, roles, letters, elements, deadlines,
/// fields.
void check_references(const Pack& pack, const Surroundings& around);

/// Whether `when` may use the identifier in this pack.
[[nodiscard]] bool
is_identifier_of(const Pack& pack, const Vocabulary& vocabulary, std::string_view name);

}  // namespace redress::policy
