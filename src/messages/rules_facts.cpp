#include "messages/rules_facts.hpp"

#include "messages/rules_template.hpp"

#include <fmt/format.h>

#include <array>

namespace redress::messages {
namespace {

constexpr std::string_view case_prefix = "case.";
constexpr std::string_view organisation_prefix = "org.";

/// The recorded texts among the variables.
void add_fields(Facts& facts, const cases::Case& value)
{
    for (const auto variable : known_variables()) {
        if (!variable.starts_with(case_prefix))
            continue;
        const auto* recorded = cases::field(value, variable.substr(case_prefix.size()));
        if (recorded != nullptr && recorded->is_string())
            facts.insert_or_assign(std::string{variable}, std::string{recorded->get_string()});
    }
}

void add_organisation(Facts& facts, const json::object& organisation)
{
    for (const auto variable : known_variables())
        if (variable.starts_with(organisation_prefix))
            facts.insert_or_assign(
                std::string{variable},
                std::string{string_at(organisation, variable.substr(organisation_prefix.size()))}
            );
}

void add_deadlines(Facts& facts, const cases::Case& value, const policy::Zone& zone, Lang lang)
{
    std::map<std::string, Instant, std::less<>> first;
    for (const auto& clock : value.clocks) {
        if (!policy::is_open(clock))
            continue;
        const auto [found, is_new] = first.try_emplace(clock.key.id, clock.due_at);
        if (!is_new)
            found->second = std::min(found->second, clock.due_at);
    }
    for (const auto& [id, due_at] : first)
        facts.insert_or_assign("deadline." + id + ".due", told(due_at, zone, lang));
}

}  // namespace

std::string told(Instant at, const policy::Zone& zone, Lang lang)
{
    const auto local = zone.to_local(at);
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss time{std::chrono::floor<std::chrono::minutes>(local - day)};
    const auto year = static_cast<int>(date.year());
    const auto month = static_cast<unsigned>(date.month());
    const auto of_month = static_cast<unsigned>(date.day());
    if (lang == Lang::zh)
        return fmt::format(
            "{}年{}月{}日{:02}:{:02}",
            year,
            month,
            of_month,
            time.hours().count(),
            time.minutes().count()
        );
    return fmt::format(
        "{:04}-{:02}-{:02} {:02}:{:02}",
        year,
        month,
        of_month,
        time.hours().count(),
        time.minutes().count()
    );
}

Facts facts_of(const cases::Case& value, const Surroundings& around, Lang lang)
{
    Facts facts;
    add_fields(facts, value);
    add_organisation(facts, around.organisation);
    add_deadlines(facts, value, around.zone, lang);
    facts.insert_or_assign("case.ref_no", value.ref_no);
    facts.insert_or_assign("case.received_at", told(value.received_at, around.zone, lang));
    facts.insert_or_assign("customer.name", around.customer_name);
    facts.insert_or_assign("owner.display_name", around.owner_name);
    facts.insert_or_assign("owner.contact", around.owner_contact);
    facts.insert_or_assign("owner.manager", around.owner_manager);
    if (const auto due = cases::next_promise_due(value))
        facts.insert_or_assign("promise.due", told(*due, around.zone, lang));
    std::erase_if(facts, [](const auto& fact) { return fact.second.empty(); });
    return facts;
}

}  // namespace redress::messages
