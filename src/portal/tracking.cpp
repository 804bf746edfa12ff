#include "portal/tracking.hpp"

#include <algorithm>

namespace redress::portal {
namespace {

bool may(const cases::Case& value, std::string_view verb, const cases::Context& context)
{
    const auto actor = complainant_of(value);
    const auto rows = cases::possible(value, actor, context.lifecycle);
    return std::ranges::any_of(rows, [&](const auto* row) { return row->verb == verb; });
}

/// Whether nothing but what comes with the command is in its way.
bool is_free(
    const cases::Case& value,
    std::string_view verb,
    json::object inputs,
    const cases::Context& context
)
{
    const cases::Command command{
        std::string{verb},
        std::move(inputs),
        complainant_of(value),
        std::nullopt};
    return cases::missing_for(value, command, context).empty();
}

Choices choices_of(const cases::Case& value, const cases::Context& context)
{
    Choices choices;
    const bool is_forgotten = value.state == cases::State::erased;
    choices.may_write = !is_forgotten && value.state != cases::State::archived &&
                        may(value, "receive_message", context);
    choices.may_answer = value.waiting_for_customer && may(value, "receive_information", context);
    choices.may_accept = may(value, "accept_offer", context);
    choices.may_counter = is_free(value, "counter_offer", {{"counter_text", "x"}}, context);
    choices.may_escalate =
        choices.may_accept && !choices.may_counter && may(value, "escalate", context);
    choices.may_rate = may(value, "rate", context);
    choices.may_object =
        is_free(value, "report_dissatisfaction", {{"dissatisfaction_text", "x"}}, context);
    choices.may_reopen = is_free(value, "reopen", {{"reopen_reason", "x"}}, context);
    return choices;
}

std::vector<std::string> proposal_of(const cases::Case& value)
{
    std::vector<std::string> paragraphs;
    if (value.state != cases::State::offered)
        return paragraphs;
    for (const auto* name : {"findings_plain", "decision_plain", "remedy_plain"})
        if (const auto text = string_at(value.personal, name); !text.empty())
            paragraphs.emplace_back(text);
    return paragraphs;
}

}  // namespace

cases::Actor complainant_of(const cases::Case& value)
{
    cases::Actor actor;
    actor.name = "customer:" + std::to_string(value.customer.value);
    actor.customer = value.customer;
    actor.roles = {cases::Role::customer};
    return actor;
}

std::optional<Instant> next_news(const cases::Case& value)
{
    std::optional<Instant> earliest = cases::next_promise_due(value);
    std::optional<Instant> plan;
    for (const auto& clock : value.clocks) {
        if (!policy::is_open(clock))
            continue;
        if (clock.key.id == "first_response" || clock.key.id == "progress")
            earliest = std::min(earliest.value_or(clock.due_at), clock.due_at);
        if (clock.key.id == "golden_time" || clock.key.id == "follow_up")
            plan = std::min(plan.value_or(clock.due_at), clock.due_at);
    }
    return earliest ? earliest : plan;
}

Tracked
tracked(const cases::Case& value, const cases::Context& context, const staff::Roster& roster)
{
    const auto* owner = roster.find(value.owner);
    Tracked shown;
    shown.id = value.id;
    shown.state = value.state;
    shown.is_open = cases::is_open(value.state);
    shown.is_complaint = value.kind == "complaint";
    shown.language = value.language;
    shown.ref_no = value.ref_no;
    shown.owner = owner == nullptr ? std::string{} : owner->display_name;
    shown.received_at = value.received_at;
    if (shown.is_open)
        shown.next_news = next_news(value);
    shown.proposal = proposal_of(value);
    shown.process_rating = int_at(value.facts, "satisfaction_process");
    shown.outcome_rating = int_at(value.facts, "satisfaction_outcome");
    shown.choices = choices_of(value, context);
    return shown;
}

}  // namespace redress::portal
