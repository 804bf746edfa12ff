#include "policy/resolve.hpp"

#include <algorithm>

namespace redress::policy {
namespace {

std::string key_of(const CalendarDraft& entry)
{
    return entry.id;
}
std::string key_of(const DeadlineRule& entry)
{
    return entry.id;
}
std::string key_of(const Step& entry)
{
    return entry.id;
}
std::string key_of(const Letter& entry)
{
    return entry.id;
}
std::string key_of(const Element& entry)
{
    return entry.id;
}
std::string key_of(const FieldRule& entry)
{
    return entry.id;
}
std::string key_of(const Category& entry)
{
    return entry.scheme + "/" + entry.code;
}
std::string key_of(const Outcome& entry)
{
    return entry.code;
}
std::string key_of(const DeclineGround& entry)
{
    return entry.code;
}
std::string key_of(const ExternalBody& entry)
{
    return entry.id;
}
std::string key_of(const Retention& entry)
{
    return entry.record + "/" + entry.when.text();
}
std::string key_of(const Report& entry)
{
    return entry.id;
}
std::string key_of(const Target& entry)
{
    return entry.measure;
}

/// Calls `each(kind, entries of the one, entries of the other)` for every list of a pack.
template <class One, class Other, class Each>
void for_each_list(One& one, Other& other, Each each)
{
    each("calendar", one.calendars, other.calendars);
    each("deadline", one.pack.deadlines, other.pack.deadlines);
    each("step", one.pack.steps, other.pack.steps);
    each("letter", one.pack.letters, other.pack.letters);
    each("element", one.pack.elements, other.pack.elements);
    each("field", one.pack.fields, other.pack.fields);
    each("category", one.pack.categories, other.pack.categories);
    each("outcome", one.pack.outcomes, other.pack.outcomes);
    each("decline_ground", one.pack.ground_labels, other.pack.ground_labels);
    each("external_body", one.pack.external_bodies, other.pack.external_bodies);
    each("retention", one.pack.retentions, other.pack.retentions);
    each("report", one.pack.reports, other.pack.reports);
    each("target", one.pack.targets, other.pack.targets);
}

template <class Entry>
bool drop(std::vector<Entry>& entries, std::string_view key)
{
    return std::erase_if(entries, [&](const Entry& entry) { return key_of(entry) == key; }) > 0;
}

void disable(PackDraft& parent, const PackDraft& child, std::vector<Mistake>& mistakes)
{
    for (const std::string& name : child.disable) {
        const auto colon = std::min(name.find(':'), name.size());
        const std::string_view kind = std::string_view{name}.substr(0, colon);
        const std::string_view key =
            std::string_view{name}.substr(std::min(colon + 1, name.size()));
        bool is_found = false;
        for_each_list(parent, parent, [&](std::string_view its_kind, auto& entries, auto&) {
            if (its_kind == kind)
                is_found = drop(entries, key);
        });
        if (!is_found)
            mistakes.push_back(
                {child.origin.file,
                 child.origin.line_of("disable"),
                 "nothing_to_disable",
                 {{"id", name}},
                 false}
            );
    }
}

template <class Entry>
void replace_or_add(std::vector<Entry>& inherited_entries, const std::vector<Entry>& own)
{
    for (const Entry& entry : own) {
        const auto same = std::ranges::find_if(inherited_entries, [&](const Entry& other) {
            return key_of(other) == key_of(entry);
        });
        if (same != inherited_entries.end())
            *same = entry;
        else
            inherited_entries.push_back(entry);
    }
}

}  // namespace

void check_duplicates(const PackDraft& draft, std::vector<Mistake>& mistakes)
{
    for_each_list(draft, draft, [&](std::string_view kind, const auto& entries, const auto&) {
        std::map<std::string, int> seen;
        for (const auto& entry : entries) {
            const auto [first, is_new] = seen.emplace(key_of(entry), entry.origin.line);
            if (is_new)
                continue;
            mistakes.push_back(
                {entry.origin.file,
                 entry.origin.line,
                 "duplicate_entry",
                 {{"kind", std::string{kind}},
                  {"id", first->first},
                  {"line", std::to_string(first->second)}},
                 false}
            );
        }
    });
}

PackDraft inherited(const PackDraft& parent, PackDraft child, std::vector<Mistake>& mistakes)
{
    PackDraft base = parent;
    disable(base, child, mistakes);
    // A child that lists its grounds has those alone, and no names of others.
    if (const auto& own = child.pack.decline_grounds; !own.empty())
        std::erase_if(base.pack.ground_labels, [&](const DeclineGround& ground) {
            return std::ranges::find(own, ground.code) == own.end();
        });
    for_each_list(base, child, [](std::string_view, auto& inherited_entries, auto& own) {
        replace_or_add(inherited_entries, own);
        own = std::move(inherited_entries);
    });
    Pack& pack = child.pack;
    if (!pack.reopen_window)
        pack.reopen_window = base.pack.reopen_window;
    if (!pack.silence_days)
        pack.silence_days = base.pack.silence_days;
    if (!pack.max_rounds)
        pack.max_rounds = base.pack.max_rounds;
    if (pack.decline_grounds.empty())
        pack.decline_grounds = base.pack.decline_grounds;
    for (const std::string& question : base.pack.ask_on_register)
        if (std::ranges::find(pack.ask_on_register, question) == pack.ask_on_register.end())
            pack.ask_on_register.push_back(question);
    return child;
}

}  // namespace redress::policy
