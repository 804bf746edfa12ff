#include "intake/mapping.hpp"

#include "base/catalogue.hpp"
#include "base/hash.hpp"
#include "customers/model.hpp"
#include "intake/encoding.hpp"
#include "intake/field_value.hpp"

#include <fmt/format.h>
#include <toml++/toml.h>

#include <algorithm>
#include <array>
#include <set>

namespace redress::intake {
namespace {

constexpr std::string_view schema_name = "redress.import/1";

std::string as_text(const toml::node& node)
{
    if (const auto* text = node.as_string())
        return text->get();
    if (const auto* flag = node.as_boolean())
        return flag->get() ? "true" : "false";
    if (const auto* whole = node.as_integer())
        return fmt::format("{}", whole->get());
    if (const auto* number = node.as_floating_point())
        return fmt::format("{}", number->get());
    return {};
}

/// Reads one document and collects everything that is wrong with it.
class MappingReader {
public:
    explicit MappingReader(const cases::Lifecycle& lifecycle) : lifecycle_{lifecycle} {}

    LoadedMapping read(const toml::table& root)
    {
        read_head(root);
        read_times(table_at(root, "received_at"));
        read_columns(table_at(root, "columns"));
        read_contacts(table_at(root, "contacts"));
        read_constants(table_at(root, "constants"));
        read_values(table_at(root, "values"));
        check_whole(root);
        std::ranges::sort(mistakes_, {}, [](const MappingMistake& one) {
            return std::pair{one.line, one.code};
        });
        LoadedMapping loaded{.mapping = {}, .mistakes = std::move(mistakes_)};
        if (loaded.mistakes.empty())
            loaded.mapping = std::move(mapping_);
        return loaded;
    }

private:
    using Params = std::vector<std::pair<std::string, std::string>>;

    void mistake(const toml::node& at, std::string code, Params params = {})
    {
        const auto line = static_cast<int>(at.source().begin.line);
        mistakes_.push_back({line, std::move(code), std::move(params)});
    }

    const toml::table* table_at(const toml::table& root, std::string_view key)
    {
        const auto* node = root.get(key);
        if (node != nullptr && !node->is_table())
            mistake(*node, "not_a_section", {{"key", std::string{key}}});
        return node == nullptr ? nullptr : node->as_table();
    }

    std::string text_at(const toml::table& table, std::string_view key)
    {
        const auto* node = table.get(key);
        if (node == nullptr)
            return {};
        if (!node->is_string())
            mistake(*node, "not_text", {{"key", std::string{key}}});
        return node->value_or(std::string{});
    }

    /// A text or a list of texts, none of them empty.
    std::vector<std::string> texts_of(const toml::node& node, const std::string& key)
    {
        std::vector<std::string> texts;
        if (const auto* one = node.as_string())
            texts.push_back(one->get());
        else if (const auto* many = node.as_array())
            for (const auto& item : *many)
                texts.push_back(item.value_or(std::string{}));
        const bool has_gap =
            std::ranges::any_of(texts, [](const auto& text) { return text.empty(); });
        if (texts.empty() || has_gap)
            mistake(node, "not_texts", {{"key", key}});
        return texts;
    }

    void check_keys(const toml::table& table, std::initializer_list<std::string_view> known)
    {
        for (const auto& [key, node] : table)
            if (std::ranges::find(known, key.str()) == known.end())
                mistake(node, "unknown_key", {{"key", std::string{key.str()}}});
    }

    const cases::Field* field_at(const toml::node& at, const std::string& name)
    {
        const auto* field = find_importable(lifecycle_, name);
        if (field == nullptr)
            mistake(at, "not_a_field", {{"field", name}});
        else if (field->type == cases::Field::Type::map)
            mistake(at, "contacts_column", {{"field", name}});
        return field;
    }

    void read_head(const toml::table& root)
    {
        check_keys(
            root,
            {"schema",
             "system",
             "delimiter",
             "encoding",
             "columns",
             "contacts",
             "constants",
             "received_at",
             "values"}
        );
        if (text_at(root, "schema") != schema_name)
            mistake(root, "schema", {{"schema", std::string{schema_name}}});
        mapping_.system = text_at(root, "system");
        if (mapping_.system.empty() || mapping_.system.size() > 50)
            mistake(root, "system_missing");
        if (const auto delimiter = text_at(root, "delimiter"); !delimiter.empty()) {
            constexpr std::array<std::string_view, 4> known{",", ";", "\t", "|"};
            if (std::ranges::find(known, delimiter) == known.end())
                mistake(*root.get("delimiter"), "delimiter");
            mapping_.delimiter = delimiter.front();
        }
        if (const auto encoding = text_at(root, "encoding"); !encoding.empty()) {
            if (encoding != "auto" && !is_known_encoding(encoding))
                mistake(*root.get("encoding"), "encoding", {{"encoding", encoding}});
            mapping_.encoding = encoding;
        }
    }

    void read_times(const toml::table* section)
    {
        if (section == nullptr)
            return;
        check_keys(*section, {"formats", "zone"});
        if (const auto* formats = section->get("formats"))
            mapping_.formats = texts_of(*formats, "formats");
        for (const auto& format : mapping_.formats)
            if (!is_time_format(format))
                mistake(*section->get("formats"), "format", {{"format", format}});
        const auto zone = text_at(*section, "zone");
        mapping_.zone = policy::Zone::find(zone.empty() ? "UTC" : zone);
        if (zone.empty() || !mapping_.zone)
            mistake(*section, "zone", {{"zone", zone}});
    }

    void read_columns(const toml::table* section)
    {
        if (section == nullptr)
            return;
        for (const auto& [key, node] : *section) {
            const std::string name{key.str()};
            auto headings = texts_of(node, name);
            if (name == "external_id")
                mapping_.external_id = std::move(headings);
            else if (name == "received_at")
                mapping_.received_at = std::move(headings);
            else if (field_at(node, name) != nullptr)
                mapping_.columns.emplace_back(name, std::move(headings));
        }
    }

    void read_contacts(const toml::table* section)
    {
        if (section == nullptr)
            return;
        for (const auto& [key, node] : *section) {
            const std::string kind{key.str()};
            if (!named<customers::ContactKind>(kind))
                mistake(node, "contact_kind", {{"kind", kind}});
            for (auto& heading : texts_of(node, kind))
                mapping_.contacts.emplace_back(kind, std::move(heading));
        }
    }

    void read_constants(const toml::table* section)
    {
        if (section == nullptr)
            return;
        for (const auto& [key, node] : *section) {
            const std::string name{key.str()};
            const auto* field = field_at(node, name);
            if (field == nullptr)
                continue;
            const std::string text = as_text(node);
            const auto value = constant_of(*field, text);
            if (!value)
                mistake(node, "constant", {{"field", name}, {"value", text}});
            else
                mapping_.constants.emplace(name, *value);
            if (is_column(name))
                mistake(node, "twice", {{"field", name}});
        }
    }

    std::optional<json::value> constant_of(const cases::Field& field, const std::string& text)
    {
        if (text.empty())
            return std::nullopt;
        if (field.type != cases::Field::Type::instant)
            return to_field_value(field, text);
        const auto time = parse_time(text, mapping_.formats, mapping_.zone.get());
        return time ? std::optional<json::value>{json::string{to_rfc3339(*time)}} : std::nullopt;
    }

    void read_values(const toml::table* section)
    {
        if (section == nullptr)
            return;
        for (const auto& [key, node] : *section) {
            const std::string name{key.str()};
            const auto* table = node.as_table();
            if (table == nullptr || !is_column(name)) {
                mistake(node, "values_without_column", {{"field", name}});
                continue;
            }
            if (const auto* field = find_importable(lifecycle_, name))
                read_values_of(*field, *table);
        }
    }

    void read_values_of(const cases::Field& field, const toml::table& table)
    {
        auto& values = mapping_.values[field.id];
        for (const auto& [key, node] : table) {
            const std::string text = as_text(node);
            if (!text.empty() && !constant_of(field, text))
                mistake(node, "value", {{"field", field.id}, {"value", text}});
            values.emplace(std::string{key.str()}, text);
        }
    }

    [[nodiscard]] bool is_column(std::string_view name) const
    {
        if (name == "received_at")
            return !mapping_.received_at.empty();
        return std::ranges::any_of(mapping_.columns, [&](const auto& column) {
            return column.first == name;
        });
    }

    void check_whole(const toml::table& root)
    {
        if (mapping_.received_at.empty() && !mapping_.constants.contains("received_at"))
            mistake(root, "received_at_missing");
        if (!is_column("description") && !is_column("raw_content"))
            mistake(root, "description_missing");
    }

    const cases::Lifecycle& lifecycle_;
    Mapping mapping_;
    std::vector<MappingMistake> mistakes_;
};

}  // namespace

std::string to_text(const MappingMistake& mistake, std::string_view file, Lang lang)
{
    const std::string reason = say(lang, "mapping." + mistake.code, mistake.params);
    if (mistake.line == 0)
        return fmt::format("{}: {}", file, reason);
    return fmt::format("{}:{}: {}", file, mistake.line, reason);
}

LoadedMapping load_mapping(std::string_view toml, const cases::Lifecycle& lifecycle)
{
    try {
        auto loaded = MappingReader{lifecycle}.read(toml::parse(toml));
        if (loaded.mapping)
            loaded.mapping->hash = sha256_hex(toml);
        return loaded;
    } catch (const toml::parse_error& error) {
        const auto line = static_cast<int>(error.source().begin.line);
        const std::string reason{error.description()};
        return {.mapping = {}, .mistakes = {{line, "syntax", {{"reason", reason}}}}};
    }
}

const cases::Field* find_importable(const cases::Lifecycle& lifecycle, std::string_view field)
{
    const auto* receive = lifecycle.find("receive");
    const bool is_taken =
        receive != nullptr && std::ranges::any_of(receive->inputs, [&](const cases::Input& input) {
            return input.field == field;
        });
    return is_taken ? lifecycle.find_field(field) : nullptr;
}

}  // namespace redress::intake
