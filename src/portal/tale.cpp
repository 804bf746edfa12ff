#include "portal/tale.hpp"

#include "base/json.hpp"
#include "staff/model.hpp"

#include <algorithm>
#include <array>
#include <charconv>

namespace redress::portal {
namespace {

/// The half of an event that belongs to it alone ("with") or became a fact ("set").
const json::object& part(const json::object& half, std::string_view name)
{
    static const json::object none;
    const auto* found = half.if_contains(name);
    return found != nullptr && found->is_object() ? found->get_object() : none;
}

json::object object_in(std::string_view text)
{
    auto value = parse_json(text);
    return value.is_object() ? std::move(value.get_object()) : json::object{};
}

std::vector<std::string> list_at(const json::object& object, std::string_view name)
{
    std::vector<std::string> items;
    const auto* found = object.if_contains(name);
    if (found == nullptr || !found->is_array())
        return items;
    for (const auto& item : found->get_array())
        if (item.is_string())
            items.emplace_back(item.get_string());
    return items;
}

std::string author_of(std::string_view actor, const staff::Roster& roster)
{
    constexpr std::string_view prefix = "staff:";
    std::int64_t id = 0;
    if (!actor.starts_with(prefix))
        return {};
    std::from_chars(actor.data() + prefix.size(), actor.data() + actor.size(), id);
    const auto* person = roster.find(StaffId{id});
    return person == nullptr ? std::string{} : person->display_name;
}

bool is_of_house(std::string_view kind)
{
    constexpr auto kinds = std::to_array<std::string_view>(
        {"first_responded",
         "acknowledged",
         "message_sent",
         "letter_sent",
         "progress_update_sent",
         "info_requested",
         "promise_made"}
    );
    return std::ranges::find(kinds, kind) != kinds.end();
}

/// The one input of an event that holds its words; which one, its kind says.
std::string words_of(const json::object& with, const json::object& set)
{
    for (const auto* name :
         {"text",
          "progress_text",
          "promise_text",
          "info_text",
          "counter_text",
          "dissatisfaction_text"})
        if (const auto text = string_at(with, name); !text.empty())
            return std::string{text};
    for (const auto* name : {"description", "acceptance_evidence"})
        if (const auto text = string_at(set, name); !text.empty())
            return std::string{text};
    return std::string{string_at(with, "raw_content")};
}

std::optional<Instant> until_of(const json::object& payload, const json::object& with)
{
    if (const auto due = int_at(payload, "due"); due != 0)
        return Instant{due};
    return parse_rfc3339(string_at(with, "reply_by"));
}

}  // namespace

Entry to_entry(const TaleRow& row, const staff::Roster& roster)
{
    const auto payload = object_in(row.payload);
    const auto personal = row.personal ? object_in(*row.personal) : json::object{};
    const auto& with = part(payload, "with");
    Entry entry;
    entry.version = row.version;
    entry.voice = is_of_house(row.kind) ? Voice::house : Voice::customer;
    entry.at = row.at;
    entry.author = author_of(row.actor, roster);
    entry.kind = row.kind;
    entry.text = words_of(part(personal, "with"), part(personal, "set"));
    entry.questions = list_at(with, "question_list");
    entry.until = until_of(payload, with);
    entry.attachments = list_at(with, "attachments");
    return entry;
}

}  // namespace redress::portal
