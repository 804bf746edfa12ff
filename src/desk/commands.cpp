#include "base/catalogue.hpp"
#include "desk/case_page.hpp"
#include "desk/json_writer.hpp"

#include <algorithm>
#include <set>

namespace redress::desk {
namespace {

std::string_view type_name(cases::Field::Type type)
{
    using enum cases::Field::Type;
    switch (type) {
        case text:
            return "text";
        case prose:
            return "prose";
        case boolean:
            return "bool";
        case whole:
            return "whole";
        case money_minor:
            return "money_minor";
        case number:
            return "number";
        case instant:
            return "instant";
        case staff:
            return "staff";
        case case_ref:
            return "case";
        case choice:
            return "choice";
        case choices:
            return "choices";
        case list:
            return "list";
        case map:
            return "map";
    }
    return "";
}

void write_choices(
    JsonWriter& out,
    const std::vector<std::pair<std::string, Text>>& choices,
    Lang lang
)
{
    out.key("choices");
    out.open('[');
    for (const auto& [value, label] : choices) {
        out.open('{');
        out.member("value", std::string_view{value});
        out.member("label", std::string_view{label.in(lang)});
        out.close('}');
    }
    out.close(']');
}

/// Whom inputs are asked of, and for which case, if for any.
struct Asking {
    Lang lang{};
    std::vector<const policy::Pack*> packs{};
    const cases::Case* value{};
    const cases::Context* context{};
};

bool is_overridden(const Asking& asking, std::string_view step)
{
    return asking.value != nullptr &&
           std::ranges::find(asking.value->overrides, step, &cases::Override::step) !=
               asking.value->overrides.end();
}

/// The scheme of categories that a field is coded in.
std::string_view scheme_of(std::string_view field)
{
    return field == "cause_final" || field == "provisional_cause" ? "cause" : field;
}

/// Choices that the bound packs give to a field which is free text by itself.
std::vector<std::pair<std::string, Text>>
choices_of_packs(std::string_view field, const Asking& asking)
{
    std::vector<std::pair<std::string, Text>> choices;
    for (const auto* pack : asking.packs) {
        if (field == "outcome")
            for (const auto& one : pack->outcomes)
                choices.emplace_back(one.code, one.label);
        if (field == "letter")
            for (const auto& one : pack->letters)
                choices.emplace_back(one.id, one.title);
        if (field == "decline_ground")
            for (const auto& one : pack->decline_grounds)
                choices.emplace_back(one, pack->ground_label(one));
        if (field == "step")
            for (const auto& one : pack->steps)
                choices.emplace_back(one.id, one.title);
        for (const auto& one : pack->categories)
            if (one.scheme == scheme_of(field))
                choices.emplace_back(one.code, one.label);
    }
    // Packs know some things under the same name; the first of them is the one the rules go by.
    std::set<std::string> told;
    std::erase_if(choices, [&](const auto& one) {
        return (field == "step" && is_overridden(asking, one.first)) ||
               !told.insert(one.first).second;
    });
    return choices;
}

void write_part(JsonWriter& out, const cases::LetterPart& part, Lang lang)
{
    const auto key = "letter_element." + part.element;
    const auto label =
        has_text(lang, key) ? say(lang, key) : policy::in_plain_words(part.element).in(lang);
    out.open('{');
    out.member("value", std::string_view{part.element});
    out.member("label", std::string_view{label});
    out.member("words", std::string_view{part.words.in(lang)});
    out.member("is_enclosure", part.is_enclosure);
    out.member("is_there", part.is_there);
    out.close('}');
}

/// What each letter must contain, so that nobody finds out by being refused.
void write_letter_parts(JsonWriter& out, const Asking& asking)
{
    out.key("parts");
    out.open('{');
    for (const auto& [letter, title] : choices_of_packs("letter", asking)) {
        out.key(letter);
        out.open('[');
        for (const auto& part : cases::letter_parts(*asking.value, letter, *asking.context))
            write_part(out, part, asking.lang);
        out.close(']');
    }
    out.close('}');
}

void write_input(JsonWriter& out, const cases::Field& field, bool is_required, const Asking& asking)
{
    out.open('{');
    out.member("field", std::string_view{field.id});
    out.member("label", std::string_view{field.label.in(asking.lang)});
    out.member("type", type_name(field.type));
    out.member("is_required", is_required);
    if (!field.choices.empty())
        write_choices(out, field.choices, asking.lang);
    else if (const auto choices = choices_of_packs(field.id, asking); !choices.empty())
        write_choices(out, choices, asking.lang);
    if (field.id == "letter" && asking.value != nullptr)
        write_letter_parts(out, asking);
    out.close('}');
}

std::vector<const policy::Pack*> packs_of(const cases::Case& value, const cases::Context& context)
{
    std::vector<const policy::Pack*> packs;
    for (const auto& ref : value.packs)
        packs.push_back(&context.policies.pack(ref.id, ref.version));
    return packs;
}

bool is_wanted_by(
    const cases::Transition& row,
    const policy::Pack& pack,
    const policy::FieldRule& rule
)
{
    const auto& asked = pack.ask_on_register;
    const bool is_asked = cases::leads_through(row, cases::State::registered) &&
                          std::ranges::find(asked, rule.id) != asked.end();
    const auto state = named<cases::State>(rule.required_at);
    return is_asked || (state && cases::leads_through(row, *state));
}

/// Fields that only packs know, asked for by the command that leads to where they are wanted.
std::vector<const policy::FieldRule*>
pack_fields(const cases::Transition& row, const std::vector<const policy::Pack*>& packs)
{
    std::vector<const policy::FieldRule*> fields;
    for (const auto* pack : packs)
        for (const auto& rule : pack->fields) {
            const bool is_told =
                cases::lifecycle().find_field(rule.id) != nullptr || cases::is_derived(rule.id) ||
                std::ranges::any_of(fields, [&](const auto* one) { return one->id == rule.id; });
            if (row.takes_pack_fields && !is_told && is_wanted_by(row, *pack, rule))
                fields.push_back(&rule);
        }
    return fields;
}

void write_inputs(JsonWriter& out, const cases::Transition& row, const Asking& asking)
{
    const auto& lifecycle = cases::lifecycle();
    out.key("inputs");
    out.open('[');
    for (const auto& input : row.inputs)
        write_input(out, *lifecycle.find_field(input.field), input.is_required, asking);
    for (const auto* rule : pack_fields(row, asking.packs))
        write_input(out, cases::field_of(*rule), false, asking);
    out.close(']');
}

void write_missing(
    JsonWriter& out,
    const std::vector<Refusal>& missing,
    const cases::Transition& row,
    Lang lang
)
{
    out.key("missing");
    out.open('[');
    for (const auto& refusal : missing) {
        const bool comes_with = std::ranges::any_of(row.inputs, [&](const cases::Input& one) {
            return one.field == refusal.field;
        });
        if (comes_with)
            continue;
        out.open('{');
        out.member("code", std::string_view{refusal.code});
        out.member("field", std::string_view{refusal.field});
        out.member("detail", std::string_view{say(lang, refusal)});
        out.close('}');
    }
    out.close(']');
}

}  // namespace

std::string
write_commands(const cases::Case& value, const Viewer& viewer, const cases::Context& context)
{
    const Asking asking{viewer.lang, packs_of(value, context), &value, &context};
    JsonWriter out;
    out.open('{');
    out.key("items");
    out.open('[');
    for (const auto* row : cases::possible(value, viewer.actor, context.lifecycle)) {
        const cases::Command command{row->verb, {}, viewer.actor, std::nullopt};
        out.open('{');
        out.member("verb", std::string_view{row->verb});
        out.member("id", std::string_view{row->id});
        out.member("title", std::string_view{row->title.in(viewer.lang)});
        out.member("changes_state", row->to.has_value());
        write_inputs(out, *row, asking);
        write_missing(out, cases::missing_for(value, command, context), *row, viewer.lang);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return out.take();
}

std::string write_lifecycle(const cases::Lifecycle& lifecycle, Lang lang)
{
    JsonWriter out;
    out.open('{');
    out.key("states");
    out.open('[');
    for (const auto state :
         {cases::State::captured,
          cases::State::not_complaint,
          cases::State::registered,
          cases::State::assessed,
          cases::State::investigating,
          cases::State::deciding,
          cases::State::offered,
          cases::State::fulfilling,
          cases::State::verifying,
          cases::State::referred,
          cases::State::closed,
          cases::State::withdrawn,
          cases::State::declined,
          cases::State::merged,
          cases::State::archived,
          cases::State::erased}) {
        out.open('{');
        out.member("id", name_of(state));
        out.member("title", std::string_view{lifecycle.title(state).in(lang)});
        out.member("is_open", cases::is_open(state));
        out.close('}');
    }
    out.close(']');
    out.key("commands");
    out.open('[');
    for (const auto& row : lifecycle.transitions()) {
        out.open('{');
        out.member("verb", std::string_view{row.verb});
        out.member("id", std::string_view{row.id});
        out.member("title", std::string_view{row.title.in(lang)});
        write_inputs(out, row, {lang});
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return out.take();
}

}  // namespace redress::desk
