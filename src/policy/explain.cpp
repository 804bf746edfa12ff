#include "policy/explain.hpp"

#include "base/catalogue.hpp"
#include "base/require.hpp"
#include "policy/words.hpp"

#include <fmt/format.h>

namespace redress::policy {
namespace {

using namespace std::chrono;
using Params = std::vector<std::pair<std::string, std::string>>;

constexpr std::size_t most_holidays_shown = 40;

/// Gathers the reasons of one clock.
class Explaining {
public:
    Explaining(const Clock& clock, const Pack& pack, const DeadlineRule& rule, Lang lang)
        : clock_{clock}, pack_{pack}, rule_{rule}, calendar_{*rule.calendar}, lang_{lang}
    {}

    Explanation finish()
    {
        made_.rule_sentence = sentence(rule_, lang_);
        made_.ref = rule_.ref;
        made_.zone = calendar_.zone().name();
        made_.started_at = clock_.started_at;
        made_.due_at = clock_.due_at;
        add("rule",
            "policy.why.rule",
            {{"sentence", made_.rule_sentence},
             {"pack", pack_.title.in(lang_)},
             {"version", pack_.version}});
        add("start",
            "policy.why.start",
            {{"time", at(clock_.started_at)}, {"event", event_name(clock_.started_by)}});
        add("calendar", "policy.why.calendar", {{"calendar", sentence(calendar_, lang_)}});
        count();
        holidays();
        for (const Pause& pause : clock_.pauses)
            add("pause", "policy.why.pause", {{"from", at(pause.from)}, {"to", at(pause.to)}});
        if (clock_.paused_at)
            add("pause",
                "policy.why.paused",
                {{"from", at(*clock_.paused_at)}, {"event", event_name(clock_.paused_by)}});
        for (const UsedExtension& used : clock_.extensions)
            add("extension",
                "policy.why.extension",
                {{"id", used.id},
                 {"role", used.approver},
                 {"reason", used.reason},
                 {"at", at(used.at)},
                 {"due", at(used.due_at)}});
        add("due",
            clock_.is_due_inclusive ? "policy.why.due_inclusive" : "policy.why.due",
            {{"time", at(clock_.due_at)}, {"zone", made_.zone}});
        legal_roll();
        if (clock_.year_without_table != 0)
            add("warning",
                "policy.why.no_table",
                {{"year", std::to_string(clock_.year_without_table)}});
        return std::move(made_);
    }

private:
    void add(std::string kind, std::string_view key, const Params& params)
    {
        made_.reasons.push_back({std::move(kind), say(lang_, key, params)});
    }

    [[nodiscard]] std::string at(Instant when) const { return calendar_.zone().to_text(when); }

    [[nodiscard]] std::string event_name(const std::string& event) const
    {
        const std::string key = "policy.event." + event;
        return has_text(lang_, key) ? say(lang_, key) : event;
    }

    [[nodiscard]] bool is_day_clock() const
    {
        const bool is_by_day = calendar_.kind() == CalendarKind::civil_days ||
                               calendar_.kind() == CalendarKind::business_days;
        return is_by_day && rule_.due_field.empty();
    }

    [[nodiscard]] Date first_day() const { return calendar_.zone().date_at(clock_.started_at); }
    [[nodiscard]] Date last_day() const
    {
        return calendar_.zone().date_at(clock_.due_at - Micros{1});
    }

    void count()
    {
        const Micros counted =
            allotted(calendar_, {clock_.started_at, clock_.due_at, clock_.pauses});
        made_.counted_minutes = duration_cast<minutes>(counted).count();
        if (!is_day_clock()) {
            static constexpr std::int64_t per_hour = 60;
            return add(
                "counted",
                "policy.why.counted_time",
                {{"hours", std::to_string(made_.counted_minutes / per_hour)},
                 {"minutes", std::to_string(made_.counted_minutes % per_hour)}}
            );
        }
        const bool is_business = calendar_.kind() == CalendarKind::business_days;
        made_.counted_days = is_business ? calendar_.count_business_days(first_day(), last_day())
                                         : (last_day() - first_day()).count();
        add("counted",
            is_business ? "policy.why.counted_business_days" : "policy.why.counted_days",
            {{"first", to_word(first_day())},
             {"n", std::to_string(made_.counted_days)},
             {"last", to_word(last_day())}});
    }

    void holidays()
    {
        const bool skips = calendar_.kind() == CalendarKind::business_days ||
                           calendar_.kind() == CalendarKind::business_hours;
        if (!skips)
            return;
        for (Date day = first_day();
             day <= last_day() && made_.holidays_skipped.size() < most_holidays_shown;
             day += days{1})
            if (calendar_.is_statutory_holiday(day))
                made_.holidays_skipped.push_back(to_word(day));
        if (!made_.holidays_skipped.empty())
            add("holiday",
                "policy.why.holidays",
                {{"dates", fmt::format("{}", fmt::join(made_.holidays_skipped, ", "))}});
    }

    void legal_roll()
    {
        const auto legal = pack_.legal_calendars.find(rule_.calendar_id);
        if (legal == pack_.legal_calendars.end() || !rule_.due || !clock_.extensions.empty() ||
            !rule_.due_field.empty())
            return;
        const auto later = due_at(
            *legal->second,
            clock_.started_at,
            Course{rule_.due->amount, {}, clock_.pauses, {}}
        );
        if (later && *later > clock_.due_at)
            add("legal", "policy.why.legal_roll", {{"time", at(*later)}});
    }

    const Clock& clock_;
    const Pack& pack_;
    const DeadlineRule& rule_;
    const Calendar& calendar_;
    Lang lang_;
    Explanation made_;
};

}  // namespace

Explanation explain(const Clock& clock, const Pack& pack, Lang lang)
{
    const DeadlineRule* rule = pack.deadline(clock.key.id);
    REQUIRE_THAT(rule != nullptr);
    return Explaining{clock, pack, *rule, lang}.finish();
}

json::object to_json(const Explanation& explanation)
{
    json::array reasons;
    for (const Reason& reason : explanation.reasons)
        reasons.push_back(json::object{{"kind", reason.kind}, {"text", reason.text}});
    return {
        {"rule", explanation.rule_sentence},
        {"ref", explanation.ref},
        {"zone", explanation.zone},
        {"started_at", to_rfc3339(explanation.started_at)},
        {"due_at", to_rfc3339(explanation.due_at)},
        {"counted_minutes", explanation.counted_minutes},
        {"counted_days", explanation.counted_days},
        {"holidays_skipped",
         json::array(explanation.holidays_skipped.begin(), explanation.holidays_skipped.end())},
        {"reasons", std::move(reasons)},
    };
}

}  // namespace redress::policy
