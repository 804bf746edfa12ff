#include "app/case_facts.hpp"

#include "messages/rules_facts.hpp"
#include "staff/rules_permissions.hpp"
#include "staff/rules_routing.hpp"

namespace redress::app {

messages::Facts template_facts(Program& program, const cases::Case& value, Lang lang)
{
    const auto roster = program.staff.directory.roster();
    const auto* owner = roster->find(value.owner);
    const auto managers = staff::who_is(cases::Role::manager, {value.owner, {}, {}}, *roster);
    const auto* manager = managers.empty() ? nullptr : roster->find(managers.front());
    const auto zone = policy::Zone::find(program.policies->organisation().tz);
    const messages::Surroundings around{
        cases::customer_name_of(value),
        owner == nullptr ? "" : owner->display_name,
        owner == nullptr ? "" : owner->email,
        manager == nullptr ? "" : manager->display_name,
        program.door.parts().organisation,
        *zone};
    return messages::facts_of(value, around, lang);
}

Result<messages::Facts> template_facts(Program& program, CaseId id, Lang lang)
{
    const auto found = program.database.read([&](db::Tx& tx) { return cases::find_case(tx, id); });
    if (!found)
        return deny(Denial::not_found, "case_unknown");
    return template_facts(program, *found, lang);
}

bool may_see_case(Program& program, CaseId id, const staff::Caller& caller)
{
    const auto found = program.database.read([&](db::Tx& tx) { return cases::find_case(tx, id); });
    return found && staff::may_see(
                        {found->owner,
                         StaffId{int_at(found->facts, "subject_staff")},
                         found->state == cases::State::referred},
                        caller
                    );
}

}  // namespace redress::app
