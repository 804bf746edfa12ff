#include "app/announce.hpp"

#include "staff/rules_routing.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <set>

namespace redress::app {
namespace {

using notices::Kind;

struct Announcer {
    const cases::Change& change;
    EventSeq last;
    const staff::Roster& roster;
    const policy::Library& policies;
    std::vector<notices::Notice> notices{};

    [[nodiscard]] StaffId subject() const { return {int_at(change.after.facts, "subject_staff")}; }

    void tell(StaffId who, const cases::Event& event, Kind kind, json::object payload)
    {
        if (!who || who == subject() || staff::actor_name(who) == event.actor)
            return;
        payload["ref_no"] = change.after.ref_no;
        const bool is_told = std::ranges::any_of(notices, [&](const auto& one) {
            return one.staff == who && one.kind == kind && one.payload == payload;
        });
        if (!is_told)
            notices.push_back({who, change.after.id, last, kind, std::move(payload)});
    }

    void
    tell_role(cases::Role role, const cases::Event& event, Kind kind, const json::object& payload)
    {
        for (const auto who : staff::who_is(role, {change.after.owner, subject(), {}}, roster))
            tell(who, event, kind, payload);
    }

    [[nodiscard]] std::string name_of_staff(StaffId id) const
    {
        const auto* person = roster.find(id);
        return person == nullptr ? std::string{} : person->display_name;
    }

    [[nodiscard]] json::value title_of(const policy::ClockKey& key) const
    {
        for (const auto& ref : change.after.packs) {
            const auto* rule =
                ref.id == key.pack ? policies.pack(ref.id, ref.version).deadline(key.id) : nullptr;
            if (rule != nullptr)
                return json::object{{"en", rule->title.en}, {"zh", rule->title.zh}};
        }
        return json::string{key.id};
    }

    void tell_of_clock(const cases::Event& event, const policy::ClockChange& moved)
    {
        if (!policy::counts_for_staff(moved.clock_kind))
            return;
        const json::object step{{"step", title_of(moved.key)}};
        const bool is_promise = !moved.key.subject.empty();
        const json::object promise{{"promise", json::string{moved.key.subject}}};
        if (moved.kind == policy::ClockChange::Kind::warned)
            tell(
                change.after.owner,
                event,
                is_promise ? Kind::promise_due : Kind::due_soon,
                is_promise ? promise : step
            );
        if (moved.kind == policy::ClockChange::Kind::breached)
            tell(
                change.after.owner,
                event,
                is_promise ? Kind::promise_broken : Kind::overdue,
                is_promise ? promise : step
            );
    }

    void tell_of_clocks(const cases::Event& event)
    {
        if (const auto* changes = event.payload.if_contains("clocks"))
            for (const auto& doc : changes->as_array())
                tell_of_clock(event, policy::clock_change_from_json(doc.as_object()));
    }

    void tell_of_escalation(const cases::Event& event)
    {
        static const std::map<std::int64_t, cases::Role> roles{
            {1, cases::Role::manager},
            {2, cases::Role::compliance},
            {3, cases::Role::executive}};
        const auto cause = string_at(event.payload, "cause");
        const json::object payload{{"reason", json::string{"escalation." + std::string{cause}}}};
        const auto named_role = named<cases::Role>(string_at(event.payload, "role"));
        if (named_role)
            tell_role(*named_role, event, Kind::escalated, payload);
        else if (const auto role = roles.find(int_at(event.payload, "level")); role != roles.end())
            tell_role(role->second, event, Kind::escalated, payload);
    }

    void tell_of_mentions(const cases::Event& event)
    {
        const auto* with = event.payload.if_contains("with");
        const auto* mentions =
            with == nullptr ? nullptr : with->as_object().if_contains("mentions");
        if (mentions == nullptr || !mentions->is_array())
            return;
        for (const auto& login : mentions->get_array())
            for (const auto& person : roster.people)
                if (login.is_string() && person.login == std::string_view{login.get_string()})
                    tell(person.id, event, Kind::mentioned, {{"name", json::string{event.actor}}});
    }

    void tell_of_handover(const cases::Event& event)
    {
        const auto& before = change.before;
        if (event.kind == "handover_offered")
            tell(
                {int_at(event.payload, "to")},
                event,
                Kind::handover_offered,
                {{"name", name_of_staff(before.owner)}}
            );
        if (event.kind == "owner_changed")
            tell(
                {int_at(event.payload, "former")},
                event,
                Kind::handover_accepted,
                {{"name", name_of_staff(change.after.owner)}}
            );
        if (event.kind == "handover_declined")
            tell(
                before.owner,
                event,
                Kind::handover_declined,
                {{"name", before.offer ? name_of_staff(before.offer->to) : ""}}
            );
    }

    void tell_of(const cases::Event& event)
    {
        const auto& owner = change.after.owner;
        if (event.kind == "received")
            tell(
                owner,
                event,
                Kind::assigned,
                {{"title", json::string{cases::title_of(change.after)}}}
            );
        if (event.kind == "message_received" || event.kind == "info_received" ||
            event.kind == "new_facts_received")
            tell(owner, event, Kind::message_received, {});
        if (event.kind == "reopened")
            tell(owner, event, Kind::reopened, {});
        if (event.kind == "not_satisfied")
            tell(owner, event, Kind::unsatisfied, {});
        if (event.kind == "withdrawn")
            tell(owner, event, Kind::withdrawn, {});
        if (event.kind == "remedy_approved")
            tell(owner, event, Kind::approved, {});
        if (event.kind == "remedy_rejected")
            tell(owner, event, Kind::rejected, {{"reason", ""}});
        if (event.kind == "escalated")
            tell_of_escalation(event);
        if (event.kind == "note_added")
            tell_of_mentions(event);
        tell_of_handover(event);
        tell_of_clocks(event);
    }

    void tell_approvers()
    {
        const auto waits = [](const auto& remedy) {
            return remedy.state == cases::RemedyState::proposed;
        };
        const auto count = std::ranges::count_if(change.after.remedies, waits);
        if (count > std::ranges::count_if(change.before.remedies, waits))
            tell_role(
                cases::Role::approver,
                change.events.front(),
                Kind::approval_asked,
                {{"name", name_of_staff(change.after.owner)}}
            );
    }
};

}  // namespace

std::vector<notices::Notice> announcements(
    const cases::Change& change,
    EventSeq last,
    const staff::Roster& roster,
    const policy::Library& policies
)
{
    Announcer announcer{change, last, roster, policies};
    for (const auto& event : change.events)
        announcer.tell_of(event);
    announcer.tell_approvers();
    return std::move(announcer.notices);
}

}  // namespace redress::app
