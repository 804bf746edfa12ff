#include "cases/lifecycle.hpp"
#include "policy/library.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <stdexcept>

namespace redress::cases {
namespace {

[[noreturn]] void fail(const toml::node& at, std::string_view reason)
{
    throw std::runtime_error{fmt::format("lifecycle, line {}: {}", at.source().begin.line, reason)};
}

std::string text_at(const toml::table& table, std::string_view key)
{
    const auto value = table[key].value<std::string>();
    if (!value)
        fail(table, fmt::format("'{}' is missing", key));
    return *value;
}

Text title_at(const toml::table& table)
{
    const auto* title = table["title"].as_table();
    if (title == nullptr)
        fail(table, "'title' is missing");
    return {text_at(*title, "en"), text_at(*title, "zh")};
}

std::vector<std::string> texts_at(const toml::table& table, std::string_view key)
{
    std::vector<std::string> texts;
    if (const auto* array = table[key].as_array())
        for (const auto& item : *array) {
            if (!item.is_string())
                fail(item, fmt::format("'{}' takes strings", key));
            texts.push_back(*item.value<std::string>());
        }
    return texts;
}

State state_named(const toml::table& at, std::string_view name)
{
    const auto state = named<State>(name);
    if (!state)
        fail(at, fmt::format("there is no state '{}'", name));
    return *state;
}

const std::map<std::string, Field::Type, std::less<>>& field_types()
{
    using enum Field::Type;
    static const std::map<std::string, Field::Type, std::less<>> types{
        {"text", text},
        {"prose", prose},
        {"bool", boolean},
        {"whole", whole},
        {"money_minor", money_minor},
        {"number", number},
        {"instant", instant},
        {"staff", staff},
        {"case", case_ref},
        {"choice", choice},
        {"choices", choices},
        {"list", list},
        {"map", map}};
    return types;
}

std::vector<std::pair<std::string, Text>> choices_of(const toml::table& row)
{
    std::vector<std::pair<std::string, Text>> choices;
    const auto* table = row["choices"].as_table();
    if (table == nullptr)
        fail(row, "a choice needs 'choices'");
    for (const auto& [value, labels] : *table) {
        const auto* pair = labels.as_array();
        if (pair == nullptr || pair->size() != 2)
            fail(labels, "a choice is [English, Chinese]");
        choices.emplace_back(
            std::string{value.str()},
            Text{pair->get(0)->value_or(std::string{}), pair->get(1)->value_or(std::string{})}
        );
    }
    return choices;
}

Field field_of(const std::string& id, const toml::table& row)
{
    Field field{.id = id, .label = {text_at(row, "en"), text_at(row, "zh")}};
    const auto type = field_types().find(text_at(row, "type"));
    if (type == field_types().end())
        fail(row, "there is no such type");
    field.type = type->second;
    field.is_once = row["once"].value_or(false);
    field.is_personal = row["personal"].value_or(false);
    field.is_sensitive = row["sensitive"].value_or(false);
    field.min = row["min"].value_or(std::numeric_limits<std::int64_t>::min());
    field.max = row["max"].value_or(std::numeric_limits<std::int64_t>::max());
    return field;
}

void read_from(const toml::table& row, const std::set<State>& all, Transition& into)
{
    for (const auto& name : texts_at(row, "from")) {
        if (name == "*new")
            into.from_new = true;
        else if (name == "*any")
            into.from = all;
        else if (name == "*open")
            std::ranges::copy_if(all, std::inserter(into.from, into.from.end()), is_open);
        else
            into.from.insert(state_named(row, name));
    }
}

void read_inputs(const toml::table& row, Transition& into)
{
    for (auto name : texts_at(row, "inputs")) {
        const bool is_required = name.ends_with('!');
        if (is_required)
            name.pop_back();
        if (name == "*pack")
            into.takes_pack_fields = true;
        else
            into.inputs.push_back({std::move(name), is_required});
    }
}

Transition transition_of(const toml::table& row, const std::set<State>& all)
{
    Transition transition{
        .id = text_at(row, "id"),
        .verb = text_at(row, "verb"),
        .title = title_at(row)};
    read_from(row, all, transition);
    read_inputs(row, transition);
    if (const auto to = text_at(row, "to"); to != "*same")
        transition.to = state_named(row, to);
    for (const auto& name : texts_at(row, "who")) {
        const auto role = named<Role>(name);
        if (!role)
            fail(row, fmt::format("there is no role '{}'", name));
        transition.who.insert(*role);
    }
    transition.needs = texts_at(row, "needs");
    transition.emits = texts_at(row, "emits");
    transition.skips_required_fields = row["skips_required_fields"].value_or(false);
    return transition;
}

/// A row that emits one of these on its way passes that state too.
constexpr std::array<std::pair<std::string_view, State>, 3> passed_by_event{
    {{"registered", State::registered},
     {"assessed", State::assessed},
     {"decision_communicated", State::offered}}};

Field::Type type_of(policy::FieldShape shape)
{
    using enum policy::FieldShape;
    switch (shape) {
        case any:
        case text:
            return Field::Type::text;
        case prose:
            return Field::Type::prose;
        case boolean:
            return Field::Type::boolean;
        case whole:
            return Field::Type::whole;
        case number:
            return Field::Type::number;
        case money_minor:
            return Field::Type::money_minor;
        case choice:
            return Field::Type::choice;
    }
    return Field::Type::text;
}

std::string embedded_text(std::string_view path)
{
    for (auto& file : policy::built_in_files())
        if (file.path == path)
            return std::move(file.bytes);
    throw std::logic_error{"the lifecycle is not built in"};
}

}  // namespace

struct Lifecycle::Reader {
    Lifecycle& into;

    void read_fields(const toml::table& root) const
    {
        for (const auto& [key, node] : *root["fields"].as_table()) {
            const auto* row = node.as_table();
            if (row == nullptr)
                fail(node, "a field is a table");
            Field field = field_of(std::string{key.str()}, *row);
            if (field.type == Field::Type::choice || field.type == Field::Type::choices) {
                const auto like = (*row)["like"].value<std::string>();
                field.choices =
                    like ? choices_of(*root["fields"][*like].as_table()) : choices_of(*row);
            }
            into.by_field_.emplace(field.id, into.fields_.size());
            into.fields_.push_back(std::move(field));
        }
    }

    void read_states(const toml::table& root) const
    {
        for (const auto& node : *root["state"].as_array()) {
            const auto& row = *node.as_table();
            const State state = state_named(row, text_at(row, "id"));
            into.titles_[state] = title_at(row);
            if (row["open"].value_or(false) != is_open(state))
                fail(row, "'open' differs from the rules");
        }
    }

    void read_commands(const toml::table& root) const
    {
        std::set<State> all;
        for (const auto& [state, title] : into.titles_)
            all.insert(state);
        for (const auto& node : *root["command"].as_array()) {
            const auto& row = *node.as_table();
            auto transition = transition_of(row, all);
            for (const auto& input : transition.inputs)
                if (!into.by_field_.contains(input.field))
                    fail(row, fmt::format("there is no field '{}'", input.field));
            if (!into.by_verb_.emplace(transition.verb, into.transitions_.size()).second)
                fail(row, fmt::format("'{}' stands twice", transition.verb));
            into.transitions_.push_back(std::move(transition));
        }
    }
};

Lifecycle::Lifecycle(std::string_view lifecycle_toml, std::string_view fields_toml)
{
    const toml::table commands = toml::parse(lifecycle_toml);
    const Reader reader{*this};
    reader.read_fields(toml::parse(fields_toml));
    reader.read_states(commands);
    reader.read_commands(commands);
    for (const auto& fact : texts_at(*commands["facts"].as_table(), "ids"))
        facts_.insert(fact);
}

const Transition* Lifecycle::find(std::string_view verb) const
{
    const auto found = by_verb_.find(verb);
    return found == by_verb_.end() ? nullptr : &transitions_[found->second];
}

const Field* Lifecycle::find_field(std::string_view id) const
{
    const auto found = by_field_.find(id);
    return found == by_field_.end() ? nullptr : &fields_[found->second];
}

bool leads_through(const Transition& row, State state)
{
    if (row.from_new || !row.to)
        return false;
    return *row.to == state || std::ranges::any_of(passed_by_event, [&](const auto& pair) {
        return pair.second == state && std::ranges::find(row.emits, pair.first) != row.emits.end();
    });
}

bool is_derived(std::string_view field)
{
    constexpr std::array<std::string_view, 7> derived{
        "received_at",
        "channel",
        "ref_no",
        "complainant",
        "due_for_response",
        "redress_amount",
        "no_conflict"};
    return std::ranges::find(derived, field) != derived.end();
}

Field field_of(const policy::FieldRule& rule)
{
    Field field{.id = rule.id, .type = type_of(rule.shape), .label = rule.label};
    if (field.label.en.empty())
        field.label = policy::in_plain_words(rule.id);
    field.is_personal = rule.pii;
    field.is_sensitive = rule.sensitive;
    field.min = std::numeric_limits<std::int64_t>::min();
    field.max = std::numeric_limits<std::int64_t>::max();
    field.choices = rule.choices;
    return field;
}

const Lifecycle& lifecycle()
{
    static const Lifecycle built_in{embedded_text("lifecycle.toml"), embedded_text("fields.toml")};
    return built_in;
}

}  // namespace redress::cases
