#include "intake/command.hpp"

#include "base/text.hpp"

#include <algorithm>
namespace redress::intake {
namespace {

/// Limits of the field types `text` and `prose`; `raw` keeps what is beyond.
constexpr std::size_t most_line = 500;
constexpr std::size_t most_prose = 20'000;

void put(json::object& inputs, std::string_view field, std::string_view text)
{
    if (!trim(text).empty())
        inputs.emplace(field, text);
}

/// What a handler is shown as received: the words, or else the bytes as far as they can be read.
std::string readable(const Inbound& inbound)
{
    const std::string text = to_valid_utf8(inbound.text.empty() ? inbound.raw : inbound.text);
    const std::string shown{first_code_points(text, most_prose)};
    return trim(shown).empty() ? "—" : shown;
}

json::object contacts_of(const Sender& sender)
{
    json::object contacts;
    for (const auto& [kind, value] : sender.contacts)
        if (!value.empty())
            contacts.emplace(kind, value);
    return contacts;
}

cases::Command receive(const Inbound& inbound, const cases::Actor& actor)
{
    cases::Command command{
        .verb = "receive",
        .inputs = {},
        .actor = actor,
        .at = inbound.received_at};
    command.inputs.emplace("channel", inbound.channel);
    command.inputs.emplace("received_at", to_rfc3339(inbound.received_at));
    command.inputs.emplace("raw_content", readable(inbound));
    return command;
}

bool takes(const cases::Lifecycle& lifecycle, std::string_view verb, std::string_view field)
{
    const auto* row = lifecycle.find(verb);
    return row != nullptr && std::ranges::any_of(row->inputs, [&](const cases::Input& input) {
               return input.field == field;
           });
}

}  // namespace

std::string language_of(std::string_view text)
{
    // In UTF-8 the characters U+4000 to U+9FFF begin with these bytes, and no others do.
    const bool is_chinese = std::ranges::any_of(text, [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return byte >= 0xE4 && byte <= 0xE9;
    });
    return is_chinese ? "zh" : "en";
}

cases::Command to_command(const Inbound& inbound, const cases::Actor& actor)
{
    auto command = receive(inbound, actor);
    auto& inputs = command.inputs;
    put(inputs, "subject", first_code_points(inbound.subject, most_line));
    put(inputs, "description", inbound.text);
    put(inputs, "complainant_name", inbound.sender.name);
    if (auto contacts = contacts_of(inbound.sender); !contacts.empty())
        inputs.emplace("complainant_contacts", std::move(contacts));
    const std::string told = inbound.text.empty() ? inbound.subject : inbound.text;
    inputs.emplace("language", inbound.language.empty() ? language_of(told) : inbound.language);
    for (const auto& [field, value] : inbound.fields)
        inputs.insert_or_assign(field, value);
    return command;
}

cases::Command to_bare_command(
    const Inbound& inbound,
    const cases::Actor& actor,
    const cases::Lifecycle& lifecycle
)
{
    auto command = receive(inbound, actor);
    if (takes(lifecycle, "receive", "needs_human"))
        command.inputs.emplace("needs_human", true);
    return command;
}

}  // namespace redress::intake
