#include "desk/api_presence.hpp"

#include "desk/api_visible.hpp"
#include "desk/presence.hpp"
#include "staff/model.hpp"

namespace redress::desk {

struct PresenceForm {
    bool is_typing{};
};

struct PresentView {
    StaffId id;
    std::string name;
    bool is_typing{};
};

struct PresenceView {
    std::vector<PresentView> people;
};

BOOST_DESCRIBE_STRUCT(PresenceForm, (), (is_typing))
BOOST_DESCRIBE_STRUCT(PresentView, (), (id, name, is_typing))
BOOST_DESCRIBE_STRUCT(PresenceView, (), (people))

namespace {

using http::Call;
using http::NoBody;
using http::NoContent;

Result<PresenceView> be_there(const Services& services, const Call& call, const PresenceForm& form)
{
    const auto value = visible_case(services, call);
    if (!value)
        return std::unexpected{value.error()};
    const auto staff = call.as<staff::Caller>().actor.staff;
    const auto now = services.clock.now();
    const auto present = services.database.write([&](db::Tx& tx) {
        if (staff)
            come(tx, {value->id, staff, form.is_typing}, now);
        return list_present_at(tx, value->id, now);
    });
    const auto roster = services.directory.roster();
    PresenceView view;
    for (const auto& one : present)
        if (const auto* person = roster->find(one.staff))
            view.people.push_back({one.staff, person->display_name, one.is_typing});
    return view;
}

Result<void> be_gone(const Services& services, const Call& call)
{
    const auto id = call.id<CaseId>("case_id");
    if (!id)
        return std::unexpected{id.error()};
    services.database.write([&](db::Tx& tx) {
        leave(tx, *id, call.as<staff::Caller>().actor.staff);
    });
    return {};
}

}  // namespace

http::RouteTable presence_routes(const Services& services)
{
    return {
        http::route<PresenceForm, PresenceView>(
            {.name = "be_present",
             .method = "POST",
             .path = "/api/v1/cases/{case_id}/presence",
             .summary = "Says that one looks at the case, or writes in it, for the next forty "
                        "seconds; answers who else does.",
             .permission = "case_read",
             .rate_class = "write"},
            [services](Call& call, const PresenceForm& form) {
                return be_there(services, call, form);
            }
        ),
        http::route<NoBody, NoContent>(
            {.name = "be_gone",
             .method = "DELETE",
             .path = "/api/v1/cases/{case_id}/presence",
             .summary = "Says that one has left the case.",
             .permission = "case_read",
             .rate_class = "write"},
            [services](Call& call) { return be_gone(services, call); }
        )};
}

}  // namespace redress::desk
