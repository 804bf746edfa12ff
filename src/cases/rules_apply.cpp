#include "base/require.hpp"
#include "cases/rules_draft.hpp"
#include "policy/clocks.hpp"

#include <algorithm>
#include <map>

namespace redress::cases {
namespace {

using Handler = void (*)(Case&, const Event&);

const json::object& part(const json::object& half, std::string_view name)
{
    static const json::object none;
    const auto* found = half.if_contains(name);
    return found == nullptr ? none : found->as_object();
}

std::int64_t number(const Event& event, std::string_view name)
{
    return int_at(event.payload, name);
}

/// What came with the event, public or personal.
const json::value* with(const Event& event, std::string_view name)
{
    const auto* found = part(event.payload, "with").if_contains(name);
    return found != nullptr ? found : part(event.personal, "with").if_contains(name);
}

std::string_view with_text(const Event& event, std::string_view name)
{
    const auto* value = with(event, name);
    return value != nullptr && value->is_string() ? std::string_view{value->get_string()}
                                                  : std::string_view{};
}

Promise& promise_of(Case& value, const Event& event)
{
    const auto found =
        std::ranges::find(value.promises, number(event, "promise"), &Promise::number);
    REQUIRE_THAT(found != value.promises.end());
    return *found;
}

Remedy& remedy_of(Case& value, const Event& event)
{
    const auto found = std::ranges::find(value.remedies, number(event, "remedy"), &Remedy::number);
    REQUIRE_THAT(found != value.remedies.end());
    return *found;
}

void read_packs(Case& value, const Event& event)
{
    value.packs.clear();
    for (const auto& ref : event.payload.at("packs").as_array())
        value.packs.push_back(
            {std::string{ref.at(0).as_string()}, std::string{ref.at(1).as_string()}}
        );
}

void on_received(Case& value, const Event& event)
{
    static const std::map<std::string_view, std::int64_t> anger{
        {"upset", 1},
        {"angry", 2},
        {"furious", 3}};
    const auto mood = anger.find(string_at(value.facts, "mood"));
    value.id = {number(event, "id")};
    value.ref_no = string_at(event.payload, "ref_no");
    value.owner = {number(event, "owner")};
    value.customer = {number(event, "customer")};
    value.received_at = event.at;
    value.state_since = event.at;
    value.anger = mood == anger.end() ? 0 : mood->second;
    value.contacts_in = 1;
    if (const auto repeats = number(event, "repeats"); repeats > 0)
        value.facts["repeats"] = repeats;
    if (value.kind.empty())
        value.kind = "complaint";
    read_packs(value, event);
}

void on_amended(Case& value, const Event& event)
{
    if (const auto moved = parse_rfc3339(with_text(event, "received_at")))
        value.received_at = *moved;
}

void on_emotion_step(Case& value, const Event& event)
{
    const auto step = with_text(event, "emotion_step");
    if (step == "upset_again")
        value.emotion_steps.clear();
    else
        value.emotion_steps.insert(std::string{step});
    // An apology is a step on the way, not a stage; stages only go forward until the customer is
    // upset again.
    if (const auto stage = named<EmotionStep>(step))
        value.emotion = *stage == EmotionStep::upset_again
                            ? *stage
                            : std::max(
                                  value.emotion == EmotionStep::upset_again ? EmotionStep::unheard
                                                                            : value.emotion,
                                  *stage
                              );
}

void on_emotion_set(Case& value, const Event& event)
{
    const auto* anger = with(event, "anger");
    const bool is_angry = with_text(event, "feeling") == "angry";
    value.anger = anger != nullptr ? anger->as_int64()
                                   : (is_angry ? std::max<std::int64_t>(value.anger, 1) : 0);
    value.facts["feeling"] = json::string{with_text(event, "feeling")};
    if (value.read)
        value.read->is_corrected = true;
}

void on_promise_made(Case& value, const Event& event)
{
    value.promises.push_back(
        {.number = number(event, "promise"),
         .made_at = event.at,
         .due_at = {number(event, "due")},
         .by = {number(event, "by")},
         .text = std::string{with_text(event, "promise_text")}}
    );
}

void on_promise_kept(Case& value, const Event& event)
{
    auto& promise = promise_of(value, event);
    // The time it was kept decides, not whether a tick had come round to say so.
    promise.was_broken = promise.was_broken || event.at > promise.due_at;
    promise.state = promise.was_broken ? PromiseState::made_good : PromiseState::kept;
    promise.ended_at = event.at;
}

void on_promise_renegotiated(Case& value, const Event& event)
{
    auto& promise = promise_of(value, event);
    promise.state = PromiseState::renegotiated;
    promise.due_at = {number(event, "due")};
    ++promise.renegotiated;
}

void on_promise_broken(Case& value, const Event& event)
{
    auto& promise = promise_of(value, event);
    promise.state = PromiseState::broken;
    promise.was_broken = true;
    value.flags.insert("promise_broken");
}

void on_promise_waived(Case& value, const Event& event)
{
    auto& promise = promise_of(value, event);
    promise.state = PromiseState::waived;
    promise.ended_at = event.at;
}

void on_remedy_proposed(Case& value, const Event& event)
{
    const auto* amount = with(event, "amount_minor");
    value.remedies.push_back(
        {.number = number(event, "remedy"),
         .state = RemedyState::proposed,
         .kind = std::string{with_text(event, "remedy_kind")},
         .amount_minor = amount == nullptr ? 0 : amount->as_int64(),
         .currency = std::string{with_text(event, "currency")},
         .exceeds_expectation = is_truthy(with(event, "exceeds_expectation")),
         .proposed_by = {number(event, "by")},
         .approved_by = {},
         .at = event.at}
    );
}

void on_remedy_approved(Case& value, const Event& event)
{
    auto& remedy = remedy_of(value, event);
    remedy.state = RemedyState::approved;
    remedy.approved_by = {number(event, "by")};
}

void on_letter_sent(Case& value, const Event& event)
{
    for (const auto& doc : event.payload.at("letters").as_array())
        from_doc(doc, value.letters.emplace_back());
}

void on_handover_offered(Case& value, const Event& event)
{
    value.offer = Handover{{number(event, "from")}, {number(event, "to")}, event.at};
}

void on_owner_changed(Case& value, const Event& event)
{
    value.former_owners.push_back({number(event, "former")});
    value.owner = {number(event, "owner")};
    value.offer.reset();
}

void on_step_overridden(Case& value, const Event& event)
{
    value.overrides.push_back(
        {std::string{string_at(event.payload, "step")}, {number(event, "by")}, event.at}
    );
    ++value.overrides_counted;
}

void on_contact(Case& value, const Event& event)
{
    if (const auto moment = with_text(event, "moment"); !moment.empty())
        value.contacts.push_back({event.at, event.kind == "customer_contacted", std::string{moment}}
        );
}

void on_message_received(Case& value, const Event& event)
{
    ++value.contacts_in;
    value.waiting_for_customer = false;
    on_contact(value, event);
}

void on_review_requested(Case& value, const Event&)
{
    value.decision_made = false;
    value.waiting_for_customer = false;
}

void on_customer_countered(Case& value, const Event& event)
{
    ++value.rounds;
    on_review_requested(value, event);
}

void on_reopened(Case& value, const Event&)
{
    value.decision_made = false;
    value.satisfaction.clear();
    value.facts.erase("satisfaction");
    value.flags.erase("not_satisfied");
}

const std::map<std::string_view, Handler>& handlers()
{
    static const std::map<std::string_view, Handler> by_event{
        {"received", on_received},
        {"amended", on_amended},
        {"owner_assigned", [](Case& c, const Event& e) { c.owner = {number(e, "owner")}; }},
        {"owner_changed", on_owner_changed},
        {"merged", [](Case& c, const Event& e) { c.merged_into = {number(e, "into")}; }},
        {"emotion_step_done", on_emotion_step},
        {"emotion_set", on_emotion_set},
        {"promise_made", on_promise_made},
        {"promise_kept", on_promise_kept},
        {"promise_renegotiated", on_promise_renegotiated},
        {"promise_broken", on_promise_broken},
        {"promise_waived", on_promise_waived},
        {"remedy_proposed", on_remedy_proposed},
        {"remedy_approved", on_remedy_approved},
        {"remedy_rejected",
         [](Case& c, const Event& e) { remedy_of(c, e).state = RemedyState::rejected; }},
        {"remedy_settled",
         [](Case& c, const Event& e) { remedy_of(c, e).state = RemedyState::settled; }},
        {"remedy_cancelled",
         [](Case& c, const Event& e) { remedy_of(c, e).state = RemedyState::cancelled; }},
        {"letter_sent", on_letter_sent},
        {"handover_offered", on_handover_offered},
        {"handover_declined", [](Case& c, const Event&) { c.offer.reset(); }},
        {"handover_withdrawn", [](Case& c, const Event&) { c.offer.reset(); }},
        {"step_overridden", on_step_overridden},
        {"escalated",
         [](Case& c, const Event& e) {
             c.escalation = std::max(c.escalation, number(e, "level"));
         }},
        {"case_linked",
         [](Case& c, const Event& e) {
             c.links.push_back({{number(e, "other")}, std::string{string_at(e.payload, "kind")}});
         }},
        {"packs_bound", read_packs},
        {"customer_contacted", on_contact},
        {"contact_attempted", on_contact},
        {"message_received", on_message_received},
        {"message_sent", on_contact},
        {"info_requested", [](Case& c, const Event&) { c.waiting_for_customer = true; }},
        {"info_received", [](Case& c, const Event&) { c.waiting_for_customer = false; }},
        {"decision_made", [](Case& c, const Event&) { c.decision_made = true; }},
        {"decision_communicated", [](Case& c, const Event&) { c.waiting_for_customer = true; }},
        {"customer_accepted", [](Case& c, const Event&) { c.waiting_for_customer = false; }},
        {"customer_countered", on_customer_countered},
        {"review_requested", on_review_requested},
        {"investigation_reopened", [](Case& c, const Event&) { c.decision_made = false; }},
        {"external_decision", [](Case& c, const Event&) { c.decision_made = false; }},
        {"silence_expired", [](Case& c, const Event&) { c.waiting_for_customer = false; }},
        {"not_satisfied",
         [](Case& c, const Event&) {
             c.decision_made = false;
             c.flags.insert("not_satisfied");
         }},
        {"reopened", on_reopened},
    };
    return by_event;
}

void merge_into(json::object& into, const json::object& more)
{
    for (const auto& [name, value] : more)
        into[name] = value;
}

/// Some recorded fields have a member of their own, because rules and lists ask for them all the
/// time.
void mirror_fields(Case& value)
{
    const auto mirror = [&](std::string_view name, std::string& member) {
        if (const auto text = string_at(value.facts, name); !text.empty())
            member = text;
    };
    mirror("kind", value.kind);
    mirror("channel", value.channel);
    mirror("language", value.language);
    mirror("satisfaction", value.satisfaction);
    value.anonymous = is_truthy(value.facts.if_contains("anonymous"));
}

void move_clocks(Case& value, const json::array& changes)
{
    for (const auto& doc : changes) {
        const auto change = policy::clock_change_from_json(doc.as_object());
        value.clocks = policy::applied(std::move(value.clocks), change);
        for (const std::string_view effect : change.effects) {
            if (effect.starts_with("flag:"))
                value.flags.insert(std::string{effect.substr(5)});
            else if (effect.starts_with("letter:") || effect.starts_with("require:"))
                value.flags.insert(
                    "letter_due:" + std::string{effect.substr(effect.find(':') + 1)}
                );
            else
                value.flags.insert(std::string{effect});
        }
    }
}

void enter(Case& value, State state, Instant at)
{
    value.state = state;
    value.state_since = at;
    if (state == State::closed)
        value.closed_at = at;
    if (!is_open(state)) {
        value.waiting_for_customer = false;
        value.offer.reset();
    }
}

/// Talk does not start or stop clocks after the fact; keeping it out bounds the document.
bool is_remembered(std::string_view kind)
{
    return kind != "message_sent" && kind != "note_added" && kind != "clocks_moved" &&
           kind != "amended" && kind != "message_received";
}

}  // namespace

policy::Happened happened(const Event& event)
{
    policy::Happened one{event.kind, event.at, event.recorded_at, {}};
    if (const auto* promise = event.payload.if_contains("promise"))
        one.facts["promise"] = std::to_string(promise->as_int64());
    if (const auto* due = event.payload.if_contains("due"))
        one.facts["due"] = to_rfc3339({due->as_int64()});
    if (event.kind == "reopened")
        one.facts["new_facts"] = is_truthy(with(event, "has_new_facts"));
    return one;
}

Case apply(Case before, const Event& event)
{
    Case value = std::move(before);
    ++value.version;
    value.updated_at = event.recorded_at;
    merge_into(value.facts, part(event.payload, "set"));
    merge_into(value.personal, part(event.personal, "set"));
    mirror_fields(value);
    if (const auto found = handlers().find(event.kind); found != handlers().end())
        found->second(value, event);
    take_reading(value, event);
    if (const auto state = named<State>(string_at(event.payload, "state")))
        enter(value, *state, event.at);
    if (const auto* changes = event.payload.if_contains("clocks"))
        move_clocks(value, changes->as_array());
    if (is_remembered(event.kind))
        value.history.push_back(happened(event));
    return value;
}

}  // namespace redress::cases
