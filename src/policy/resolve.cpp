#include "policy/resolve.hpp"

#include <algorithm>

namespace redress::policy {
namespace {

constexpr std::string_view of_organisation = "@org";

/// One pack on its way from a flattened draft to something that can be used.
class Resolution {
public:
    Resolution(PackDraft draft, const Surroundings& around)
        : draft_{std::move(draft)}, around_{around}
    {}

    Pack finish()
    {
        for (const CalendarDraft& calendar : draft_.calendars)
            build(calendar);
        for (DeadlineRule& rule : pack().deadlines)
            bind(rule);
        if (pack().reopen_window)
            bind(*pack().reopen_window, {pack().origin, "reopen_window"});
        for (Report& report : pack().reports) {
            bind(report.due, {report.origin, "due_in"});
            parse(report.publish_if, {report.origin, "publish_if"});
        }
        parse_all(pack().steps);
        parse_all(pack().elements);
        parse_all(pack().fields);
        parse_all(pack().retentions);
        check_references(pack(), around_);
        return std::move(draft_.pack);
    }

private:
    Pack& pack() { return draft_.pack; }

    /// Where something stands: the entry and the key in it.
    struct Place {
        const Origin& origin;
        std::string_view key;
    };

    void wrong(
        const Place& place,
        std::string code,
        std::vector<std::pair<std::string, std::string>> params
    )
    {
        around_.mistakes.push_back(
            {place.origin.file,
             place.origin.line_of(place.key),
             std::move(code),
             std::move(params),
             false}
        );
    }

    void undefined(const Place& place, std::string_view what, const std::string& id)
    {
        wrong(place, "undefined", {{"what", std::string{"policy.what."}.append(what)}, {"id", id}});
    }

    /// "@org" and the holiday table filled in; nullopt when there is no such table.
    std::optional<CalendarSpec> filled(const CalendarDraft& draft)
    {
        CalendarSpec spec = draft.spec;
        const Organisation& organisation = around_.organisation;
        if (spec.tz == of_organisation)
            spec.tz = organisation.tz;
        if (spec.hours.empty())
            spec.hours = organisation.hours;
        const std::string& table =
            draft.holidays == of_organisation ? organisation.holidays : draft.holidays;
        if (table.empty())
            return spec;
        const auto found = around_.holidays.find(table);
        if (found == around_.holidays.end()) {
            undefined({draft.origin, "holidays"}, "holidays", table);
            return std::nullopt;
        }
        spec.off = found->second.off;
        spec.work = found->second.work;
        spec.years = found->second.years;
        return spec;
    }

    std::shared_ptr<const Calendar> made(const CalendarDraft& draft, CalendarSpec spec)
    {
        auto calendar = Calendar::make(std::move(spec));
        if (calendar)
            return *calendar;
        const Refusal& refusal = calendar.error().refusals.front();
        const auto dot = refusal.field.rfind('.');
        const std::string key = refusal.field.substr(dot == std::string::npos ? 0 : dot + 1);
        auto params = refusal.params;
        params.emplace_back("key", key);
        params.emplace_back("where", "calendar");
        wrong(
            {draft.origin, key},
            refusal.code.substr(std::string_view{"policy."}.size()),
            std::move(params)
        );
        return nullptr;
    }

    void build(const CalendarDraft& draft)
    {
        auto spec = filled(draft);
        if (!spec)
            return;
        if (draft.legal_roll) {
            CalendarSpec legal = *spec;
            legal.roll = *draft.legal_roll;
            pack().legal_calendars[draft.id] = made(draft, std::move(legal));
        }
        if (draft.cutoff_applies_to && spec->cutoff) {
            if (!draft.cutoff_applies_to->empty())
                with_cutoff_[draft.id] = {made(draft, *spec), *draft.cutoff_applies_to};
            spec->cutoff.reset();
        }
        if (auto calendar = made(draft, *std::move(spec)))
            pack().calendars[draft.id] = std::move(calendar);
    }

    std::shared_ptr<const Calendar> find(const std::string& id, const Place& place)
    {
        const auto found = pack().calendars.find(id);
        if (found != pack().calendars.end())
            return found->second;
        const bool is_written =
            std::ranges::find(draft_.calendars, id, &CalendarDraft::id) != draft_.calendars.end();
        if (!is_written)
            undefined(place, "calendar", id);
        return nullptr;
    }

    void bind(Measure& measure, const Place& place)
    {
        if (measure.calendar_id.empty())
            return wrong(place, "missing_key", {{"key", "calendar"}, {"where", "due_in"}});
        measure.calendar = find(measure.calendar_id, place);
        if (measure.calendar && !is_measured_in(measure.calendar->kind(), measure.amount.unit))
            return wrong(place, "unit_kind", {});
        // Any limit that packs may state must end within the years we can write.
        static constexpr Instant latest_start{32'503'680'000'000'000};
        if (measure.calendar && !due_at(*measure.calendar, latest_start, measure.amount))
            wrong(place, "beyond_9999", {});
    }

    void bind(DeadlineRule& rule)
    {
        const auto cutoff = with_cutoff_.find(rule.calendar_id);
        const bool has_cutoff =
            cutoff != with_cutoff_.end() &&
            std::ranges::find(cutoff->second.deadlines, rule.id) != cutoff->second.deadlines.end();
        if (!rule.calendar_id.empty())
            rule.calendar = find(rule.calendar_id, {rule.origin, "due_in"});
        if (rule.due)
            bind(*rule.due, {rule.origin, "due_in"});
        if (has_cutoff) {
            rule.calendar = cutoff->second.calendar;
            if (rule.due)
                rule.due->calendar = cutoff->second.calendar;
        }
        if (rule.pause_max)
            bind(*rule.pause_max, {rule.origin, "pause_max"});
        for (ExtendRule& extension : rule.extensions)
            bind(
                extension.by,
                {extension.origin, extension.kind == Stretch::Kind::to ? "to" : "add"}
            );
        parse(rule.when, {rule.origin, "when"});
    }

    void parse(Condition& condition, const Place& place)
    {
        if (condition.text().empty())
            return;
        auto parsed = parse_when(condition.text(), [&](std::string_view name) {
            return is_identifier_of(pack(), around_.vocabulary, name);
        });
        if (parsed)
            condition = *std::move(parsed);
        else
            wrong(
                place,
                parsed.error().code,
                {{"detail", parsed.error().detail}, {"when", condition.text()}}
            );
    }

    template <class Entry>
    void parse_all(std::vector<Entry>& entries)
    {
        for (Entry& entry : entries)
            parse(entry.when, {entry.origin, "when"});
    }

    struct WithCutoff {
        std::shared_ptr<const Calendar> calendar;
        std::vector<std::string> deadlines;
    };

    PackDraft draft_;
    const Surroundings& around_;
    std::map<std::string, WithCutoff> with_cutoff_;
};

}  // namespace

Pack resolved(PackDraft draft, const Surroundings& around)
{
    return Resolution{std::move(draft), around}.finish();
}

}  // namespace redress::policy
