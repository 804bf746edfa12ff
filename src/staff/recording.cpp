#include "staff/recording.hpp"

#include <algorithm>
#include <array>

namespace redress::staff {
namespace {

constexpr std::array<std::string_view, 4> personal_names{
    "display_name",
    "email",
    "login",
    "reason"};
constexpr std::array<std::string_view, 2> silent_names{"id", "version"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& names, std::string_view name)
{
    return std::ranges::find(names, name) != names.end();
}

void add(Entry& entry, std::string_view name, const json::value& value)
{
    if (is_one_of(silent_names, name))
        return;
    auto& part = is_one_of(personal_names, name) ? entry.personal : entry.payload;
    part.insert_or_assign(name, value);
}

}  // namespace

Entry difference(std::string kind, const json::object& before, const json::object& after)
{
    Entry entry;
    for (const auto& [name, value] : after) {
        const auto* old = before.if_contains(name);
        if (old == nullptr || *old != value)
            add(entry, name, value);
    }
    for (const auto& [name, value] : before)
        if (!after.contains(name))
            add(entry, name, nullptr);
    if (!entry.payload.empty() || !entry.personal.empty())
        entry.kind = std::move(kind);
    return entry;
}

void record(Services& services, db::Tx& tx, const About& about, const Entry& entry)
{
    const auto now = services.clock.now();
    services.ledger.append(
        tx,
        {.stream = about.stream,
         .entity = about.entity,
         .version = about.version,
         .kind = entry.kind,
         .at = now,
         .recorded_at = now,
         .actor = about.by,
         .payload = to_canonical_json(entry.payload),
         .personal = entry.personal.empty() ? std::string{} : to_canonical_json(entry.personal)}
    );
}

}  // namespace redress::staff
