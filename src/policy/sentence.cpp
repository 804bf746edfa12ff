#include "base/catalogue.hpp"
#include "policy/explain.hpp"
#include "policy/words.hpp"

#include <fmt/format.h>

#include <array>

namespace redress::policy {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

std::string listed(const std::vector<std::string>& parts, Lang lang)
{
    return fmt::format("{}", fmt::join(parts, say(lang, "policy.list_separator")));
}

std::string event_names(const std::vector<std::string>& events, Lang lang)
{
    std::vector<std::string> names;
    for (const std::string& event : events) {
        const std::string key = "policy.event." + event;
        names.push_back(has_text(lang, key) ? say(lang, key) : event);
    }
    return listed(names, lang);
}

std::string role_name(const std::string& role, Lang lang)
{
    const std::string key = "policy.role." + role;
    return has_text(lang, key) ? say(lang, key) : role;
}

std::string weekday_names(std::uint8_t days, Lang lang)
{
    static constexpr std::array<std::string_view, 7>
        names{"sun", "mon", "tue", "wed", "thu", "fri", "sat"};
    std::vector<std::string> all;
    for (unsigned i = 1; i <= names.size(); ++i)
        if ((days >> (i % names.size()) & 1) != 0)
            all.push_back(say(lang, fmt::format("policy.weekday.{}", names[i % names.size()])));
    return listed(all, lang);
}

std::string hours_text(const CalendarSpec& spec, Lang lang)
{
    std::vector<std::string> all;
    for (const Shift& shift : spec.hours)
        all.push_back(fmt::format(
            "{} {}–{}",
            weekday_names(shift.weekdays, lang),
            to_word(shift.from),
            to_word(shift.to)
        ));
    return listed(all, lang);
}

std::string due_text(const DeadlineRule& rule, Lang lang)
{
    if (rule.due_field.empty())
        return say(
            lang,
            "policy.sentence.within",
            {{"amount", sentence(rule.due->amount, lang)},
             {"start", event_names(rule.starts_on, lang)}}
        );
    if (rule.due)
        return say(
            lang,
            "policy.sentence.given_or",
            {{"field", rule.due_field},
             {"amount", sentence(rule.due->amount, lang)},
             {"start", event_names(rule.starts_on, lang)}}
        );
    return say(lang, "policy.sentence.given", {{"field", rule.due_field}});
}

std::string extension_text(const ExtendRule& rule, Lang lang)
{
    const std::string_view key =
        rule.kind == Stretch::Kind::to ? "policy.sentence.extend_to" : "policy.sentence.extend_add";
    return say(
        lang,
        key,
        {{"amount", sentence(rule.by.amount, lang)},
         {"role", role_name(rule.approver, lang)},
         {"times", std::to_string(rule.max_times)}}
    );
}

/// Everything beyond "within so much of what": when, pauses, extensions, escalations.
std::vector<std::string> clauses(const DeadlineRule& rule, Lang lang)
{
    std::vector<std::string> all;
    const auto add = [&](std::string_view key, Params params) {
        all.push_back(say(lang, key, params));
    };
    if (!rule.when.always_holds())
        add("policy.sentence.when", {{"when", rule.when.text()}});
    add("policy.sentence.stops", {{"events", event_names(rule.stops_on, lang)}});
    if (!rule.recurs_on.empty())
        add("policy.sentence.recurs", {{"events", event_names(rule.recurs_on, lang)}});
    if (!rule.restart_on.empty())
        add("policy.sentence.restarts", {{"events", event_names(rule.restart_on, lang)}});
    if (!rule.pause_on.empty())
        add("policy.sentence.pauses",
            {{"events", event_names(rule.pause_on, lang)},
             {"until", event_names(rule.resume_on, lang)}});
    for (const ExtendRule& extension : rule.extensions)
        all.push_back(extension_text(extension, lang));
    for (const Escalation& escalation : rule.escalates_to)
        add("policy.sentence.escalates",
            {{"at", escalation.at.text}, {"role", role_name(escalation.role, lang)}});
    if (!counts_for_staff(rule.kind))
        add(std::string{"policy.sentence.kind."} +
                std::string{
                    rule.kind == DeadlineKind::window     ? "window"
                    : rule.kind == DeadlineKind::customer ? "customer"
                                                          : "watch"},
            {});
    return all;
}

}  // namespace

std::string sentence(const DeadlineRule& rule, Lang lang)
{
    const std::string separator = say(lang, "policy.clause_separator");
    std::string text =
        say(lang,
            "policy.sentence.rule",
            {{"title", rule.title.in(lang)}, {"due", due_text(rule, lang)}});
    text += separator + sentence(*rule.calendar, lang);
    for (const std::string& clause : clauses(rule, lang))
        text += separator + clause;
    text += say(lang, "policy.sentence.end");
    if (!rule.ref.empty())
        text += say(lang, "policy.sentence.ref", {{"ref", rule.ref}});
    return text;
}

std::string sentence(const Amount& amount, Lang lang)
{
    const std::string number = amount.n == 1 ? "one" : "many";
    return say(
        lang,
        fmt::format("policy.amount.{}.{}", to_word(amount.unit), number),
        {{"n", std::to_string(amount.n)}}
    );
}

std::string sentence(const Calendar& calendar, Lang lang)
{
    const CalendarSpec& spec = calendar.spec();
    const std::string zone = calendar.zone().name();
    if (spec.kind == CalendarKind::elapsed)
        return say(lang, "policy.calendar.elapsed");
    if (spec.kind == CalendarKind::business_hours)
        return say(
            lang,
            "policy.calendar.business_hours",
            {{"zone", zone}, {"hours", hours_text(spec, lang)}}
        );
    const std::string end =
        spec.end_of_day ? to_word(*spec.end_of_day) : say(lang, "policy.calendar.close");
    const std::string first =
        say(lang,
            spec.first_day == FirstDay::exclude ? "policy.calendar.first_excluded"
                                                : "policy.calendar.first_included");
    const std::string_view kind = spec.kind == CalendarKind::civil_days
                                      ? "policy.calendar.civil_days"
                                      : "policy.calendar.business_days";
    std::string text = say(lang, kind, {{"zone", zone}, {"first", first}, {"end", end}});
    if (spec.roll == Roll::next_business_day)
        text += say(lang, "policy.calendar.roll_business");
    if (spec.roll == Roll::after_statutory_holiday)
        text += say(lang, "policy.calendar.roll_holiday");
    if (spec.cutoff)
        text += say(lang, "policy.calendar.cutoff", {{"time", to_word(*spec.cutoff)}});
    return text;
}

}  // namespace redress::policy
