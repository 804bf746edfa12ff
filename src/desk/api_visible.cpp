#include "desk/api_visible.hpp"

#include "cases/store.hpp"

namespace redress::desk {

staff::CaseFacts facts_of(const cases::Case& value)
{
    return {
        value.owner,
        StaffId{int_at(value.facts, "subject_staff")},
        value.state == cases::State::referred};
}

Result<cases::Case> visible_case(const Services& services, const http::Call& call)
{
    const auto id = call.id<CaseId>("case_id");
    if (!id)
        return std::unexpected{id.error()};
    auto value = services.database.read([&](db::Tx& tx) { return cases::find_case(tx, *id); });
    if (!value || !staff::may_see(facts_of(*value), call.as<staff::Caller>()))
        return deny(Denial::not_found, "case_unknown");
    return *std::move(value);
}

}  // namespace redress::desk
