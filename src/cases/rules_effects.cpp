#include "cases/rules_draft.hpp"

#include <algorithm>
#include <functional>
#include <map>

namespace redress::cases {
namespace {

using Effect = void (*)(const Draft&, json::object& payload);

bool is_personal(const Draft& draft, std::string_view name)
{
    if (const auto* known_field = draft.context.lifecycle.find_field(name))
        return known_field->is_personal;
    return std::ranges::any_of(draft.packs, [&](const auto* pack) {
        return std::ranges::any_of(pack->fields, [&](const auto& rule) {
            return rule.id == name && rule.pii;
        });
    });
}

bool is_once(const Draft& draft, std::string_view name)
{
    const auto* known_field = draft.context.lifecycle.find_field(name);
    return known_field != nullptr && known_field->is_once;
}

json::object& part_of(json::object& half, std::string_view name)
{
    auto& part = half[name];
    return part.is_object() ? part.get_object() : part.emplace_object();
}

/// On the telephone and face to face it is a colleague who writes: a summary tells how the
/// colleague saw it, not how the customer feels.
bool are_own_words(const Draft& draft)
{
    static const std::set<std::string_view> spoken{
        "phone",
        "in_person",
        "hotline_12345",
        "staff",
        "mystery_shopper"};
    const auto& who = draft.command.actor.roles;
    return who.contains(Role::customer) || who.contains(Role::proxy) ||
           !spoken.contains(known_text(draft, "channel"));
}

/// Inputs go into the first event: "set" what becomes a fact of the case, "with" what belongs to
/// this event alone.
void put_inputs(const Draft& draft, Event& event)
{
    if (draft.command.reading && are_own_words(draft))
        event.payload["read"] = to_doc(*draft.command.reading);
    if (!draft.command.file_names.empty())
        part_of(event.personal, "with")["attachment_names"] = to_doc(draft.command.file_names);
    for (const auto& [name, value] : draft.command.inputs) {
        auto& half = is_personal(draft, name) ? event.personal : event.payload;
        part_of(half, is_once(draft, name) ? "with" : "set")[name] = value;
    }
}

std::int64_t number_of(const Draft& draft, std::string_view name)
{
    return int_at(draft.command.inputs, name);
}

json::array to_array(const std::vector<PackRef>& packs)
{
    json::array array;
    for (const auto& pack : packs)
        array.push_back(json::array{json::string{pack.id}, json::string{pack.version}});
    return array;
}

std::vector<PackRef> bound_packs(const Draft& draft)
{
    const auto facts = facts_for_when(draft.current, draft.command.inputs);
    const auto ids = draft.context.policies.packs_for(
        facts.at("case").as_object().empty() ? json::object{} : facts
    );
    const auto received = draft.current.version == 0 ? draft.at : draft.current.received_at;
    return draft.context.policies.bound_at(received, ids);
}

void on_received(const Draft& draft, json::object& payload)
{
    payload["ref_no"] = draft.current.ref_no;
    payload["id"] = draft.current.id.value;
    payload["owner"] = draft.current.owner.value;
    payload["packs"] = to_array(bound_packs(draft));
    if (draft.context.customer)
        payload["customer"] = draft.context.customer.value;
    if (draft.context.repeats > 0)
        payload["repeats"] = draft.context.repeats;
}

void on_owner_assigned(const Draft& draft, json::object& payload)
{
    payload["owner"] = draft.current.owner.value;
}
void on_merged(const Draft& draft, json::object& payload)
{
    payload["into"] = number_of(draft, "parent_case");
}

void on_promise_made(const Draft& draft, json::object& payload)
{
    const auto by = number_of(draft, "promised_by");
    payload["promise"] = static_cast<std::int64_t>(draft.current.promises.size()) + 1;
    payload["due"] = parse_rfc3339(input_text(draft, "promise_due"))->us;
    payload["by"] = by != 0 ? by : draft.command.actor.staff.value;
}

void on_promise_touched(const Draft& draft, json::object& payload)
{
    payload["promise"] = number_of(draft, "promise_no");
    if (const auto due = parse_rfc3339(input_text(draft, "promise_due")))
        payload["due"] = due->us;
}

void on_remedy_proposed(const Draft& draft, json::object& payload)
{
    payload["remedy"] = static_cast<std::int64_t>(draft.current.remedies.size()) + 1;
    payload["by"] = draft.command.actor.staff.value;
}

void on_remedy_touched(const Draft& draft, json::object& payload)
{
    payload["remedy"] = number_of(draft, "remedy_no");
    payload["by"] = draft.command.actor.staff.value;
}

void on_letter_sent(const Draft& draft, json::object& payload)
{
    json::array letters;
    for (const auto& letter : letters_covered(draft))
        letters.push_back(to_doc(letter));
    payload["letters"] = std::move(letters);
}

void on_handover_offered(const Draft& draft, json::object& payload)
{
    payload["from"] = draft.current.owner.value;
    payload["to"] = number_of(draft, "to");
}

void on_owner_changed(const Draft& draft, json::object& payload)
{
    payload["owner"] = draft.command.actor.staff.value;
    payload["former"] = draft.current.owner.value;
}

void on_step_overridden(const Draft& draft, json::object& payload)
{
    payload["step"] = json::string{input_text(draft, "step")};
    payload["by"] = draft.command.actor.staff.value;
}

void on_escalated(const Draft& draft, json::object& payload)
{
    static const std::map<std::string_view, std::int64_t> levels{
        {"manager", 1},
        {"compliance", 2},
        {"executive", 3}};
    const auto wanted = levels.find(input_text(draft, "escalate_to"));
    const auto next = std::min<std::int64_t>(draft.current.escalation + 1, 3);
    payload["level"] =
        wanted != levels.end() ? std::max(wanted->second, draft.current.escalation) : next;
    payload["cause"] = draft.command.verb == "escalate" ? "asked_for" : "review";
}

/// Names what is corrected, so that a correction can be learnt from.
void on_emotion_set(const Draft& draft, json::object& payload)
{
    if (draft.current.read)
        payload["corrects"] = draft.current.read->version;
}

void on_case_linked(const Draft& draft, json::object& payload)
{
    payload["other"] = number_of(draft, "other_case");
    const auto kind = input_text(draft, "link_kind");
    payload["kind"] = json::string{kind.empty() ? "related" : kind};
}

void on_packs_bound(const Draft& draft, json::object& payload)
{
    std::vector<std::string> ids;
    if (const auto* list = input(draft, "packs"))
        for (const auto& id : list->as_array())
            ids.emplace_back(id.as_string());
    payload["packs"] = to_array(
        ids.empty() ? bound_packs(draft)
                    : draft.context.policies.bound_at(draft.current.received_at, ids)
    );
}

const std::map<std::string_view, Effect>& effects()
{
    static const std::map<std::string_view, Effect> by_event{
        {"received", on_received},
        {"owner_assigned", on_owner_assigned},
        {"merged", on_merged},
        {"promise_made", on_promise_made},
        {"promise_kept", on_promise_touched},
        {"promise_renegotiated", on_promise_touched},
        {"promise_waived", on_promise_touched},
        {"remedy_proposed", on_remedy_proposed},
        {"remedy_approved", on_remedy_touched},
        {"remedy_rejected", on_remedy_touched},
        {"remedy_settled", on_remedy_touched},
        {"remedy_cancelled", on_remedy_touched},
        {"letter_sent", on_letter_sent},
        {"handover_offered", on_handover_offered},
        {"owner_changed", on_owner_changed},
        {"step_overridden", on_step_overridden},
        {"escalated", on_escalated},
        {"emotion_set", on_emotion_set},
        {"case_linked", on_case_linked},
        {"packs_bound", on_packs_bound},
    };
    return by_event;
}

std::string emitted_kind(const Draft& draft, const std::string& emitted)
{
    if (emitted == "*fact")
        return std::string{input_text(draft, "fact")};
    if (emitted == "*contact")
        return input_text(draft, "contact_reached") == "reached" ? "customer_contacted"
                                                                 : "contact_attempted";
    return emitted;
}

Instant time_of(const Draft& draft)
{
    for (const auto* name : {"received_at", "happened_at"})
        if (const auto given = parse_rfc3339(input_text(draft, name));
            given && draft.command.verb != "amend")
            return std::min(*given, draft.context.now);
    return draft.at;
}

Event event_of(const Draft& draft, std::string kind)
{
    Event
        event{std::move(kind), time_of(draft), draft.context.now, draft.command.actor.name, {}, {}};
    if (const auto effect = effects().find(event.kind); effect != effects().end())
        effect->second(draft, event.payload);
    return event;
}

/// What follows at once from the command without being asked for.
void add_consequences(const Draft& draft, std::vector<Event>& events)
{
    const auto verb = std::string_view{draft.command.verb};
    if (verb == "assess" && is_truthy(input(draft, "safety_flag")))
        events.push_back(event_of(draft, "safety_flagged"));
    if (verb == "reclassify_as_complaint")
        part_of(events.front().payload, "set")["kind"] = "complaint";
    const bool is_registered = verb == "register" || verb == "reclassify_as_complaint";
    if (is_registered && bound_packs(draft) != draft.current.packs)
        events.insert(events.begin(), event_of(draft, "packs_bound"));
    if (verb == "propose_remedy" &&
        number_of(draft, "amount_minor") <= draft.command.actor.limit_minor) {
        auto approved = event_of(draft, "remedy_approved");
        approved.payload["remedy"] = events.back().payload.at("remedy");
        events.push_back(std::move(approved));
    }
}

}  // namespace

std::vector<Event> make_events(const Draft& draft)
{
    std::vector<Event> events;
    for (const auto& emitted : draft.row.emits)
        events.push_back(event_of(draft, emitted_kind(draft, emitted)));
    put_inputs(draft, events.front());
    if (draft.row.to)
        events.back().payload["state"] = json::string{name_of(*draft.row.to)};
    add_consequences(draft, events);
    return events;
}

}  // namespace redress::cases
