#include "cases/model.hpp"

#include "base/document.hpp"

#include <algorithm>
#include <ranges>

namespace redress {

template <>
json::value to_doc(const policy::Clock& clock)
{
    return policy::to_json(clock);
}

template <>
void from_doc(const json::value& doc, policy::Clock& clock)
{
    clock = policy::clock_from_json(doc.as_object());
}

template <>
json::value to_doc(const policy::PackRef& ref)
{
    return json::array{json::string{ref.id}, json::string{ref.version}};
}

template <>
void from_doc(const json::value& doc, policy::PackRef& ref)
{
    ref = {std::string{doc.at(0).as_string()}, std::string{doc.at(1).as_string()}};
}

template <>
json::value to_doc(const policy::Happened& happened)
{
    json::array row{json::string{happened.event}, happened.at.us, happened.recorded_at.us};
    if (!happened.facts.empty())
        row.emplace_back(happened.facts);
    return row;
}

template <>
void from_doc(const json::value& doc, policy::Happened& happened)
{
    const auto& row = doc.as_array();
    happened = {
        std::string{row.at(0).as_string()},
        {row.at(1).as_int64()},
        {row.at(2).as_int64()},
        {}};
    if (row.size() > 3)
        happened.facts = row.at(3).as_object();
}

}  // namespace redress

namespace redress::policy {

static bool operator==(const Happened& a, const Happened& b)
{
    return a.event == b.event && a.at == b.at && a.recorded_at == b.recorded_at &&
           a.facts == b.facts;
}

}  // namespace redress::policy

namespace redress::cases {

BOOST_DESCRIBE_STRUCT(
    Case,
    (),
    (id,
     ref_no,
     version,
     state,
     kind,
     channel,
     language,
     received_at,
     updated_at,
     state_since,
     closed_at,
     owner,
     offer,
     former_owners,
     customer,
     anonymous,
     emotion,
     emotion_steps,
     anger,
     anger_at_most,
     read,
     escalation,
     rounds,
     contacts_in,
     overrides_counted,
     waiting_for_customer,
     decision_made,
     satisfaction,
     merged_into,
     facts,
     personal,
     packs,
     clocks,
     history,
     promises,
     remedies,
     letters,
     overrides,
     contacts,
     links,
     flags)
)

bool is_open(State state)
{
    using enum State;
    switch (state) {
        case captured:
        case registered:
        case assessed:
        case investigating:
        case deciding:
        case offered:
        case fulfilling:
        case verifying:
        case referred:
            return true;
        case not_complaint:
        case closed:
        case withdrawn:
        case declined:
        case merged:
        case archived:
        case erased:
            return false;
    }
    return false;
}

std::string to_json(const Case& value)
{
    return write_doc(value);
}

Case from_json(std::string_view doc)
{
    return read_doc<Case>(doc);
}

const json::value* field(const Case& value, std::string_view name)
{
    const auto* found = value.facts.if_contains(name);
    return found != nullptr ? found : value.personal.if_contains(name);
}

Instant next_due(const Case& value)
{
    return is_open(value.state) ? policy::next_due(value.clocks).value_or(no_time) : no_time;
}

std::optional<Instant> next_promise_due(const Case& value)
{
    std::optional<Instant> earliest;
    for (const auto& promise : value.promises)
        if (promise.state == PromiseState::open || promise.state == PromiseState::renegotiated)
            earliest = std::min(earliest.value_or(promise.due_at), promise.due_at);
    return earliest;
}

}  // namespace redress::cases
