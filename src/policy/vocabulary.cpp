#include "policy/vocabulary.hpp"

namespace redress::policy {
namespace {

/// What is of another kind is skipped: these two files have a reader of their own that complains.
void add_texts(const TomlNode* list, std::set<std::string, std::less<>>& names)
{
    if (list == nullptr)
        return;
    for (const TomlNode& item : list->items)
        if (item.kind == TomlNode::Kind::text && !item.text.starts_with('*'))
            names.insert(item.text);
}

void add_text(const TomlNode* text, std::set<std::string, std::less<>>& names)
{
    if (text != nullptr && text->kind == TomlNode::Kind::text)
        names.insert(text->text);
}

}  // namespace

void read_lifecycle(const TomlNode& root, Vocabulary& vocabulary)
{
    add_texts(root.find("roles"), vocabulary.roles);
    if (const TomlNode* states = root.find("state"))
        for (const TomlNode& state : states->items)
            add_text(state.find("id"), vocabulary.states);
    if (const TomlNode* commands = root.find("command"))
        for (const TomlNode& command : commands->items) {
            add_text(command.find("id"), vocabulary.transitions);
            add_texts(command.find("emits"), vocabulary.events);
        }
    if (const TomlNode* facts = root.find("facts"))
        add_texts(facts->find("ids"), vocabulary.events);
}

void read_fields(const TomlNode& root, Vocabulary& vocabulary)
{
    if (const TomlNode* fields = root.find("fields"))
        for (const auto& [name, field] : fields->entries)
            vocabulary.fields.insert(name);
}

std::vector<BindingDraft> read_bindings(const TomlNode& root_node, const Reading& reading)
{
    static constexpr std::string_view schema = "redress.bindings/1";
    Table root{root_node, reading, "policy.file"};
    if (const std::string given = root.need_text("schema"); !given.empty() && given != schema)
        root.wrong("schema", "bad_value", {{"value", given}, {"allowed", std::string{schema}}});
    std::vector<BindingDraft> all;
    for (Table& table : root.tables("binding")) {
        all.push_back({table.need_id("pack"), table.text("when"), table.origin()});
        table.finish();
    }
    root.finish();
    return all;
}

}  // namespace redress::policy
