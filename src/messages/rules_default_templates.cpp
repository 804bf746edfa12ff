#include "messages/rules_default_templates.hpp"

#include "base/embedded.hpp"
#include "base/text.hpp"

#include <toml++/toml.h>

#include <array>
#include <span>
#include <stdexcept>

namespace redress::embedded {
std::span<const File> message_templates();
}  // namespace redress::embedded

namespace redress::messages {
namespace {

[[noreturn]] void reject(const toml::node& node, const std::string& why)
{
    throw std::runtime_error{
        "default templates, line " + std::to_string(node.source().begin.line) + ": " + why};
}

std::string text_at(const toml::table& table, std::string_view key)
{
    const auto text = table[key].value<std::string>();
    if (!text)
        reject(table, std::string{key} + " is missing");
    return *text;
}

TemplateDraft draft_in(const toml::table& table, std::string_view language)
{
    const auto* texts = table[language].as_table();
    if (texts == nullptr)
        reject(table, std::string{language} + " is missing");
    const auto use = named<TemplateUse>(text_at(table, "use"));
    if (!use)
        reject(table, "use is none of the uses");
    return {
        text_at(table, "code"),
        std::string{language},
        text_at(*texts, "title"),
        std::string{trim(text_at(*texts, "body"))},
        *use,
        true};
}

}  // namespace

std::vector<TemplateDraft> read_templates(std::string_view text)
{
    const auto document = toml::parse(text);
    const auto* tables = document["template"].as_array();
    std::vector<TemplateDraft> drafts;
    if (tables == nullptr)
        return drafts;
    for (const auto& node : *tables) {
        const auto* table = node.as_table();
        if (table == nullptr)
            reject(node, "not a table");
        for (const std::string_view language : {"zh", "en"}) {
            drafts.push_back(draft_in(*table, language));
            if (const auto good = checked(drafts.back()); !good)
                reject(node, good.error().refusals.front().code);
        }
    }
    return drafts;
}

const std::vector<TemplateDraft>& default_templates()
{
    static const auto drafts = [] {
        std::vector<TemplateDraft> all;
        for (const auto& file : embedded::message_templates())
            for (auto& draft : read_templates(file.bytes))
                all.push_back(std::move(draft));
        return all;
    }();
    return drafts;
}

}  // namespace redress::messages
