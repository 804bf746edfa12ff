#pragma once

#include "cases/store.hpp"
#include "notices/model.hpp"
#include "policy/library.hpp"
#include "staff/rules_roster.hpp"

#include <vector>

namespace redress::app {

/// Who is told what about a change: the owner, the colleague who is offered a case, those to whom a
/// clock or a risk escalates it, the approvers of redress, whoever is mentioned; never the person
/// who made the change, never the subject of the complaint. Pure.
[[nodiscard]] std::vector<notices::Notice> announcements(
    const cases::Change& change,
    EventSeq last,
    const staff::Roster& roster,
    const policy::Library& policies
);

}  // namespace redress::app
