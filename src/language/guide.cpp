#include "language/guide.hpp"

#include "base/embedded.hpp"
#include "policy/table.hpp"

#include <algorithm>
#include <stdexcept>

namespace redress::embedded {
std::span<const File> guide();
}  // namespace redress::embedded

namespace redress::language {
namespace {

using policy::Reading;
using policy::SourceFile;
using policy::Table;

constexpr std::string_view schema = "redress.guide/1";

/// Two lists of the same length, line for line the same in both languages.
std::vector<Text> read_lines(Table& entry, std::string_view key)
{
    auto table = entry.table(key);
    if (!table) {
        entry.wrong(key, "missing_key");
        return {};
    }
    const auto en = table->texts("en");
    const auto zh = table->texts("zh");
    table->finish();
    if (en.empty() || en.size() != zh.size())
        entry.wrong(key, "empty_list");
    std::vector<Text> lines;
    for (std::size_t index = 0; index < std::min(en.size(), zh.size()); ++index)
        lines.push_back({en[index], zh[index]});
    return lines;
}

GuideEntry read_entry(Table& table)
{
    GuideEntry entry;
    entry.of = table.choose<GuideOf>(
        "of",
        {{"need", GuideOf::need}, {"customer_type", GuideOf::customer_type}}
    );
    entry.id = table.need_id("id");
    entry.sources = table.texts("sources");
    entry.approach = read_lines(table, "approach");
    entry.starters = read_lines(table, "starters");
    for (Table& objection : table.tables("objection")) {
        entry.objections.push_back({objection.need_both("says"), objection.need_both("answer")});
        objection.finish();
    }
    table.finish();
    return entry;
}

void read_file(const SourceFile& file, LoadedGuide& loaded)
{
    const auto node = policy::parse_toml(file.bytes);
    if (!node) {
        loaded.mistakes.push_back(
            {file.path, node.error().line, "toml", {{"detail", node.error().detail}}, false}
        );
        return;
    }
    const Reading reading{file.path, loaded.mistakes};
    Table root{*node, reading, "policy.file"};
    if (const std::string given = root.need_text("schema"); given != schema)
        root.wrong("schema", "bad_value", {{"value", given}, {"allowed", std::string{schema}}});
    for (Table& table : root.tables("entry")) {
        GuideEntry entry = read_entry(table);
        if (loaded.guide.find(entry.of, entry.id) != nullptr)
            table.wrong("id", "duplicate", {{"id", entry.id}});
        loaded.guide.entries.push_back(std::move(entry));
    }
    root.finish();
}

}  // namespace

const GuideEntry* Guide::find(GuideOf of, std::string_view id) const
{
    const auto found = std::ranges::find_if(entries, [&](const GuideEntry& entry) {
        return entry.of == of && entry.id == id;
    });
    return found == entries.end() ? nullptr : &*found;
}

LoadedGuide load_guide(std::span<const SourceFile> files)
{
    LoadedGuide loaded;
    for (const SourceFile& file : files)
        read_file(file, loaded);
    return loaded;
}

const Guide& built_in_guide()
{
    static const Guide guide = [] {
        std::vector<SourceFile> files;
        for (const embedded::File& file : embedded::guide())
            files.push_back({std::string{file.path}, std::string{file.bytes}});
        LoadedGuide loaded = load_guide(files);
        if (!loaded.mistakes.empty())
            throw std::logic_error{"guide: " + policy::to_text(loaded.mistakes.front(), Lang::en)};
        return std::move(loaded.guide);
    }();
    return guide;
}

std::string_view to_word(GuideOf of)
{
    return of == GuideOf::need ? "need" : "customer_type";
}

}  // namespace redress::language
