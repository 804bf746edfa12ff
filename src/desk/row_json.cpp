#include "desk/row_json.hpp"

#include "cases/lifecycle.hpp"

namespace redress::desk {

void write_row(JsonWriter& out, const QueueRow& row, const staff::Roster& roster, Lang lang)
{
    const auto* owner = roster.find(row.owner_id);
    const auto state = named<cases::State>(row.state).value_or(cases::State::captured);
    out.member("id", row.id.value);
    out.member("ref_no", std::string_view{row.ref_no});
    out.member("title", std::string_view{row.title});
    out.member("customer_name", std::string_view{row.customer_name});
    out.member("state", std::string_view{row.state});
    out.member("state_title", std::string_view{cases::lifecycle().title(state).in(lang)});
    out.member("kind", std::string_view{row.kind});
    out.member("channel", std::string_view{row.channel});
    out.key("owner");
    out.open('{');
    out.member("id", row.owner_id.value);
    out.member(
        "name",
        owner == nullptr ? std::string_view{} : std::string_view{owner->display_name}
    );
    out.close('}');
    if (row.offered_to)
        out.member("offered_to", row.offered_to->value);
    out.member("received_at", row.received_at);
    if (row.next_due_at != cases::no_time)
        out.member("next_due_at", row.next_due_at);
    if (row.promise_due_at)
        out.member("promise_due_at", *row.promise_due_at);
    out.member("anger", row.anger);
    out.member("severity", row.severity);
    out.member("escalation", row.escalation);
    out.member("is_waiting", row.is_waiting);
    out.member("version", row.version);
}

}  // namespace redress::desk
