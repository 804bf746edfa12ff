#include "desk/api_policies.hpp"

#include "desk/dry_run.hpp"
#include "policy/explain.hpp"
#include "policy/overlay.hpp"
#include "policy/words.hpp"

#include <algorithm>
#include <array>

namespace redress::desk {

struct PolicyText {
    static constexpr auto wire_limits = std::to_array<http::Limit>({{"text", 1, 200'000}});
    std::string text;
};

struct PolicyMistake {
    std::int64_t line{};
    std::string text;
    bool is_warning{};
};

struct PolicySentence {
    std::string id;
    std::string title;
    std::string sentence;
    std::string ref;
};

struct PolicyCheck {
    std::vector<PolicyMistake> mistakes;
    std::optional<std::string> id;
    std::optional<std::string> version;
    std::optional<std::string> title;
    std::vector<PolicySentence> rules;
};

/// Either a text, or the id and version of a pack that is loaded.
struct PolicyTrial {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"text", 1, 200'000}, {"days", 1, 366}});
    std::optional<std::string> text;
    std::optional<std::string> id;
    std::optional<std::string> version;
    std::optional<std::int64_t> days;  ///< 30 when absent
};

struct CalendarView {
    std::string id;
    std::string sentence;
    std::string zone;
    std::vector<std::int64_t> years;  ///< that have a holiday table
    std::vector<std::string> off;     ///< statutory holidays of the year asked for
    std::vector<std::string> work;    ///< make-up working days of that year
};

struct CalendarList {
    std::int64_t year{};
    std::vector<CalendarView> items;
};

BOOST_DESCRIBE_STRUCT(PolicyText, (), (text))
BOOST_DESCRIBE_STRUCT(PolicyMistake, (), (line, text, is_warning))
BOOST_DESCRIBE_STRUCT(PolicySentence, (), (id, title, sentence, ref))
BOOST_DESCRIBE_STRUCT(PolicyCheck, (), (mistakes, id, version, title, rules))
BOOST_DESCRIBE_STRUCT(PolicyTrial, (), (text, id, version, days))
BOOST_DESCRIBE_STRUCT(CalendarView, (), (id, sentence, zone, years, off, work))
BOOST_DESCRIBE_STRUCT(CalendarList, (), (year, items))

namespace {

using http::Call;
using http::NoBody;

/// The library with the text laid over its files, and which of its packs the text is.
struct Tried {
    policy::Library::Loaded loaded;
    std::string path;
    const policy::Pack* pack{};
};

Tried try_out(const PolicyServices& services, const std::string& text)
{
    auto files = services.files();
    Tried tried;
    tried.path = policy::lay_over(files, {"draft.toml", text});
    tried.loaded = policy::Library::load(files, services.policies.organisation());
    for (const auto* pack : tried.loaded.library->packs())
        if (pack->origin.file == tried.path)
            tried.pack = pack;
    return tried;
}

PolicyCheck check(const PolicyServices& services, const Call& call, const PolicyText& form)
{
    const auto tried = try_out(services, form.text);
    PolicyCheck result;
    for (const auto& mistake : tried.loaded.mistakes)
        result.mistakes.push_back(
            {mistake.file == tried.path ? mistake.line : 0,
             mistake.file == tried.path ? policy::reason_of(mistake, call.lang)
                                        : policy::to_text(mistake, call.lang),
             mistake.is_warning}
        );
    if (tried.pack == nullptr)
        return result;
    result.id = tried.pack->id;
    result.version = tried.pack->version;
    result.title = tried.pack->title.in(call.lang);
    for (const auto& rule : tried.pack->deadlines)
        result.rules.push_back(
            {rule.id, rule.title.in(call.lang), policy::sentence(rule, call.lang), rule.ref}
        );
    return result;
}

Result<DryRun>
try_on_cases(const PolicyServices& services, const Call& call, const PolicyTrial& form)
{
    const auto now = services.clock.now();
    const auto since = now - std::chrono::days{form.days.value_or(30)};
    if (form.text) {
        const auto tried = try_out(services, *form.text);
        if (tried.pack == nullptr)
            return deny(Denial::invalid, "policy_not_a_pack", "text");
        return dry_run(services.database, services.policies, {*tried.pack, since, now, call.lang});
    }
    const auto* pack = services.policies.find_pack(form.id.value_or(""), form.version.value_or(""));
    if (pack == nullptr)
        return deny(Denial::not_found, "policy_unknown", "id", {{"pack", form.id.value_or("")}});
    return dry_run(services.database, services.policies, {*pack, since, now, call.lang});
}

int year_of(policy::Date day)
{
    return static_cast<int>(std::chrono::year_month_day{day}.year());
}

std::vector<std::string> days_of(const std::vector<policy::Date>& days, std::int64_t year)
{
    std::vector<std::string> words;
    for (const auto day : days)
        if (year_of(day) == year)
            words.push_back(policy::to_word(day));
    return words;
}

Result<CalendarList> list_calendars(const PolicyServices& services, const Call& call)
{
    const auto* pack = services.policies.find_pack(call.param("pack_id"), call.param("version"));
    if (pack == nullptr)
        return deny(Denial::not_found, "policy_unknown", "", {{"pack", call.param("pack_id")}});
    const auto zone = policy::Zone::find(services.policies.organisation().tz);
    CalendarList list;
    list.year = call.asked_number("year").value_or(year_of(zone->date_at(services.clock.now())));
    for (const auto& [id, calendar] : pack->calendars) {
        const auto& spec = calendar->spec();
        list.items.push_back(
            {id,
             policy::sentence(*calendar, call.lang),
             calendar->zone().name(),
             {spec.years.begin(), spec.years.end()},
             days_of(spec.off, list.year),
             days_of(spec.work, list.year)}
        );
    }
    return list;
}

}  // namespace

http::RouteTable policy_trial_routes(const PolicyServices& services)
{
    http::RouteTable table;
    table.push_back(http::route<PolicyText, PolicyCheck>(
        {.name = "check_policy",
         .method = "POST",
         .path = "/api/v1/policies/check",
         .summary = "What is wrong with a policy file, line by line, and its rules as sentences.",
         .permission = "policy_admin"},
        [services](const Call& call, const PolicyText& form) -> Result<PolicyCheck> {
            return check(services, call, form);
        }
    ));
    table.push_back(http::route<PolicyTrial, DryRun>(
        {.name = "dry_run_policy",
         .method = "POST",
         .path = "/api/v1/policies/dry-run",
         .summary = "What another version of a pack would have done to the cases received lately.",
         .permission = "policy_admin"},
        [services](const Call& call, const PolicyTrial& form) {
            return try_on_cases(services, call, form);
        }
    ));
    table.push_back(http::route<NoBody, CalendarList>(
        {.name = "list_calendars",
         .method = "GET",
         .path = "/api/v1/policies/{pack_id}/{version}/calendars",
         .summary = "The calendars a pack counts on, with the days of a year that are different.",
         .permission = "policy_read",
         .query =
             {{.name = "year", .about = "This year when absent", .type = http::QueryType::number}}},
        [services](const Call& call) { return list_calendars(services, call); }
    ));
    return table;
}

}  // namespace redress::desk
