#include "desk/case_page.hpp"

#include "base/catalogue.hpp"
#include "desk/desk_sql.hpp"
#include "desk/json_writer.hpp"

#include <algorithm>
#include <charconv>

namespace redress::desk {
namespace {

constexpr db::Query<StoryRow, CaseId, std::int64_t, std::int64_t> list_story_before{
    "desk.list_story_before",
    sql::list_story_before};

void write_person(JsonWriter& out, std::string_view name, StaffId id, const staff::Roster& roster)
{
    const auto* person = roster.find(id);
    out.key(name);
    out.open('{');
    out.member("id", id.value);
    out.member(
        "name",
        std::string_view{
            person == nullptr ? std::string_view{} : std::string_view{person->display_name}}
    );
    out.close('}');
}

/// "staff:12" as the name a reader knows.
std::string_view name_of_actor(std::string_view actor, const staff::Roster& roster)
{
    constexpr std::string_view prefix = "staff:";
    std::int64_t id = 0;
    if (actor.starts_with(prefix))
        std::from_chars(actor.data() + prefix.size(), actor.data() + actor.size(), id);
    const auto* person = roster.find(StaffId{id});
    return person == nullptr ? actor : std::string_view{person->display_name};
}

bool is_hidden(std::string_view name, const Viewer& viewer)
{
    if (viewer.sees_sensitive)
        return false;
    const auto* field = cases::lifecycle().find_field(name);
    return field != nullptr && field->is_sensitive;
}

json::object visible(const json::object& fields, const Viewer& viewer)
{
    json::object shown;
    for (const auto& [name, value] : fields)
        if (!is_hidden(name, viewer))
            shown[name] = value;
    return shown;
}

/// Personal halves of events are copied as they are; only who must not see sensitive fields pays
/// for reading them.
std::string visible_personal(const std::string& personal, const Viewer& viewer)
{
    if (viewer.sees_sensitive || personal.find("vulnerab") == std::string::npos)
        return personal;
    auto halves = parse_json(personal).as_object();
    for (auto& [name, half] : halves)
        if (half.is_object())
            half = visible(half.get_object(), viewer);
    return json::serialize(halves);
}

void write_story_rows(
    JsonWriter& out,
    const std::vector<StoryRow>& story,
    const Viewer& viewer,
    const staff::Roster& roster
)
{
    out.open('[');
    for (const auto& row : story) {
        out.open('{');
        out.member("seq", row.seq);
        out.member("version", row.version);
        out.member("kind", std::string_view{row.kind});
        out.member("title", std::string_view{say(viewer.lang, "event." + row.kind)});
        out.member("at", row.at);
        if (row.recorded_at != row.at)
            out.member("recorded_at", row.recorded_at);
        out.member("actor", std::string_view{row.actor});
        out.member("actor_name", name_of_actor(row.actor, roster));
        out.key("payload");
        out.raw(row.payload);
        if (row.personal) {
            out.key("personal");
            out.raw(visible_personal(*row.personal, viewer));
        }
        out.close('}');
    }
    out.close(']');
}

std::string_view title_of(const policy::Clock& clock, const policy::Pack& pack, Lang lang)
{
    const auto* rule = pack.deadline(clock.key.id);
    return rule == nullptr ? std::string_view{clock.key.id}
                           : std::string_view{rule->title.in(lang)};
}

std::string_view state_name(policy::ClockState state)
{
    using enum policy::ClockState;
    switch (state) {
        case running:
            return "running";
        case paused:
            return "paused";
        case met:
            return "met";
        case late:
            return "late";
        case cancelled:
            return "cancelled";
        case superseded:
            return "superseded";
    }
    return "";
}

std::string_view kind_name(policy::DeadlineKind kind)
{
    using enum policy::DeadlineKind;
    switch (kind) {
        case hard:
            return "hard";
        case soft:
            return "soft";
        case window:
            return "window";
        case customer:
            return "customer";
        case watch:
            return "watch";
    }
    return "";
}

void write_clock(JsonWriter& out, const policy::Clock& clock, const policy::Pack& pack, Lang lang)
{
    out.member("id", std::string_view{clock.key.id});
    out.member("pack", std::string_view{clock.key.pack});
    if (!clock.key.subject.empty())
        out.member("subject", std::string_view{clock.key.subject});
    out.member("instance", std::int64_t{clock.key.instance});
    out.member("title", title_of(clock, pack, lang));
    out.member("kind", kind_name(clock.kind));
    out.member("state", state_name(clock.state));
    out.member("is_open", policy::is_open(clock));
    out.member("counts", policy::counts_for_staff(clock.kind));
    out.member("started_at", clock.started_at);
    out.member("due_at", clock.due_at);
    if (clock.stopped_at)
        out.member("stopped_at", *clock.stopped_at);
}

void write_clocks(
    JsonWriter& out,
    const cases::Case& value,
    Lang lang,
    const cases::Context& context
)
{
    out.open('[');
    for (const auto& clock : value.clocks) {
        out.open('{');
        write_clock(out, clock, context.policies.pack(clock.key.pack, clock.version), lang);
        out.close('}');
    }
    out.close(']');
}

void write_promises(JsonWriter& out, const cases::Case& value)
{
    out.open('[');
    for (const auto& promise : value.promises) {
        out.open('{');
        out.member("number", promise.number);
        out.member("state", name_of(promise.state));
        out.member("text", std::string_view{promise.text});
        out.member("made_at", promise.made_at);
        out.member("due_at", promise.due_at);
        out.member("by", promise.by.value);
        out.member("was_broken", promise.was_broken);
        out.close('}');
    }
    out.close(']');
}

void write_remedies(JsonWriter& out, const cases::Case& value)
{
    out.open('[');
    for (const auto& remedy : value.remedies) {
        out.open('{');
        out.member("number", remedy.number);
        out.member("state", name_of(remedy.state));
        out.member("kind", std::string_view{remedy.kind});
        out.key("amount");
        out.open('{');
        out.member("minor", remedy.amount_minor);
        out.member("currency", std::string_view{remedy.currency});
        out.close('}');
        out.member("exceeds_expectation", remedy.exceeds_expectation);
        out.member("proposed_by", remedy.proposed_by.value);
        out.member("at", remedy.at);
        out.close('}');
    }
    out.close(']');
}

void write_case(
    JsonWriter& out,
    const cases::Case& value,
    const Viewer& viewer,
    const cases::Context& context,
    const staff::Roster& roster
)
{
    out.open('{');
    out.member("id", value.id.value);
    out.member("ref_no", std::string_view{value.ref_no});
    out.member("state", name_of(value.state));
    out.member(
        "state_title",
        std::string_view{context.lifecycle.title(value.state).in(viewer.lang)}
    );
    out.member("is_open", cases::is_open(value.state));
    out.member("kind", std::string_view{value.kind});
    out.member("channel", std::string_view{value.channel});
    out.member("language", std::string_view{value.language});
    out.member("received_at", value.received_at);
    out.member("updated_at", value.updated_at);
    write_person(out, "owner", value.owner, roster);
    if (value.offer)
        write_person(out, "offered_to", value.offer->to, roster);
    if (value.customer)
        out.member("customer_id", value.customer.value);
    out.member("customer_name", string_at(value.personal, "complainant_name"));
    out.member("anger", value.anger);
    out.member("anger_at_most", value.anger_at_most);
    if (value.read)
        out.member("read", to_doc(*value.read));
    out.member("emotion", name_of(value.emotion));
    out.member("emotion_steps", to_doc(value.emotion_steps));
    out.member("escalation", value.escalation);
    out.member("is_waiting", value.waiting_for_customer);
    out.member("decision_made", value.decision_made);
    out.member("overrides", value.overrides_counted);
    if (const auto due = cases::next_due(value); due != cases::no_time)
        out.member("next_due_at", due);
    if (value.merged_into)
        out.member("merged_into", value.merged_into.value);
    out.member("flags", to_doc(value.flags));
    out.member("packs", to_doc(value.packs));
    out.member("fields", json::value(visible(value.facts, viewer)));
    out.member("personal", json::value(visible(value.personal, viewer)));
    out.close('}');
}

}  // namespace

std::vector<StoryRow> list_story(db::Tx& tx, CaseId id, std::int64_t before, std::int64_t limit)
{
    return tx.all(list_story_before, id, before, limit);
}

std::string
write_story(const std::vector<StoryRow>& story, const Viewer& viewer, const staff::Roster& roster)
{
    JsonWriter out;
    out.open('{');
    out.key("items");
    write_story_rows(out, story, viewer, roster);
    out.close('}');
    return out.take();
}

std::string write_case_page(
    const cases::Case& value,
    const std::vector<StoryRow>& story,
    const Viewer& viewer,
    const cases::Context& context,
    const staff::Roster& roster
)
{
    JsonWriter out;
    out.open('{');
    out.member("version", value.version);
    out.key("case");
    write_case(out, value, viewer, context, roster);
    out.key("clocks");
    write_clocks(out, value, viewer.lang, context);
    out.key("promises");
    write_promises(out, value);
    out.key("remedies");
    write_remedies(out, value);
    out.member("letters", to_doc(value.letters));
    out.member("contacts", to_doc(value.contacts));
    out.member("links", to_doc(value.links));
    out.key("story");
    write_story_rows(out, story, viewer, roster);
    out.key("commands");
    out.open('[');
    for (const auto* row : cases::possible(value, viewer.actor, context.lifecycle))
        out.value(std::string_view{row->verb});
    out.close(']');
    out.close('}');
    return out.take();
}

std::string
write_deadlines(const cases::Case& value, const Viewer& viewer, const cases::Context& context)
{
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    for (const auto& clock : value.clocks) {
        const auto& pack = context.policies.pack(clock.key.pack, clock.version);
        out.open('{');
        write_clock(out, clock, pack, viewer.lang);
        out.member(
            "explanation",
            json::value(policy::to_json(policy::explain(clock, pack, viewer.lang)))
        );
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return out.take();
}

}  // namespace redress::desk
