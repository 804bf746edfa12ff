#include "cases/rules_draft.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

Reading reading_in(const json::value& doc)
{
    Reading reading;
    from_doc(doc, reading);
    return reading;
}

void add_risk(Case& value, std::string_view risk)
{
    auto& flags = value.facts["risk_flags"];
    auto& list = flags.is_array() ? flags.get_array() : flags.emplace_array();
    if (std::ranges::find(list, json::value(json::string_view{risk})) == list.end())
        list.emplace_back(json::string_view{risk});
}

}  // namespace

void take_reading(Case& value, const Event& event)
{
    if (const auto* doc = event.payload.if_contains("read")) {
        const auto reading = reading_in(*doc);
        const bool is_first = value.version == 1;
        value.anger = std::max(reading.anger, is_first ? value.anger : value.anger - 1);
        value.read = LastReading{value.version, reading.feeling, reading.anger, false};
        value.facts["feeling"] = json::string{reading.feeling};
        for (const auto& risk : reading.risks)
            add_risk(value, risk.says);
    }
    value.anger_at_most = std::max(value.anger_at_most, value.anger);
}

}  // namespace redress::cases
