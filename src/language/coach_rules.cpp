#include "language/coach_rules.hpp"

#include "base/embedded.hpp"
#include "policy/table.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace redress::embedded {
std::span<const File> coach();
}  // namespace redress::embedded

namespace redress::language {
namespace {

using policy::Reading;
using policy::SourceFile;
using policy::Table;
using policy::TomlNode;

constexpr std::string_view schema = "redress.coach/1";
constexpr int heaviest = 100;

using Words = std::map<std::string, std::string, std::less<>>;

/// What `when` may ask for; see ReplyFacts.
bool is_known_fact(std::string_view name)
{
    static constexpr std::array<std::string_view, 11> names{
        "our_fault",
        "first_reply",
        "upset",
        "emotion",
        "anger",
        "need",
        "type",
        "facts_known",
        "exceeds_offer",
        "declines",
        "lang"};
    return std::ranges::find(names, name) != names.end();
}

/// {name} is replaced by its words; {0,8} stays a repetition.
std::string with_words(std::string_view pattern, const Words& words, std::string& unknown)
{
    std::string made;
    for (std::size_t at = 0; at < pattern.size();) {
        const std::size_t open = pattern.find('{', at);
        const std::size_t close = pattern.find('}', open);
        if (open == std::string_view::npos || close == std::string_view::npos)
            return made.append(pattern.substr(at));
        made.append(pattern.substr(at, open - at));
        const auto name = pattern.substr(open + 1, close - open - 1);
        const bool is_name = !name.empty() && name[0] >= 'a' && name[0] <= 'z';
        const auto word = words.find(name);
        if (is_name && word != words.end())
            made.append(word->second);
        else if (is_name)
            unknown = name;
        else
            made.append(pattern.substr(open, close - open + 1));
        at = close + 1;
    }
    return made;
}

class Loader {
public:
    explicit Loader(const CoachModel& model) { loaded_.book.model = &model; }

    void read_words(const SourceFile& file)
    {
        const auto root = parse(file, false);
        const TomlNode* tables = root ? root->find("words") : nullptr;
        if (tables == nullptr)
            return;
        for (const auto& [lang, table] : tables->entries)
            for (const auto& [name, value] : table.entries)
                words_[lang][name] = value.text;
    }

    void read_rules(const SourceFile& file)
    {
        const auto root_node = parse(file, true);
        if (!root_node)
            return;
        const Reading reading{file.path, loaded_.mistakes};
        Table root{*root_node, reading, "policy.file"};
        if (const std::string given = root.need_text("schema"); given != schema)
            root.wrong("schema", "bad_value", {{"value", given}, {"allowed", std::string{schema}}});
        static_cast<void>(root.find("words"));
        for (Table& rule : root.tables("rule"))
            read_rule(rule);
        root.finish();
    }

    LoadedCoach finish()
    {
        loaded_.book.phrases.close();
        return std::move(loaded_);
    }

private:
    std::optional<TomlNode> parse(const SourceFile& file, bool notes_mistake)
    {
        auto root = policy::parse_toml(file.bytes);
        if (root)
            return *std::move(root);
        if (notes_mistake)
            loaded_.mistakes.push_back(
                {file.path, root.error().line, "toml", {{"detail", root.error().detail}}, false}
            );
        return std::nullopt;
    }

    void read_rule(Table& table)
    {
        CoachRule rule;
        rule.id = table.need_id("id");
        if (loaded_.book.find(rule.id) != nullptr)
            table.wrong("id", "duplicate", {{"id", rule.id}});
        rule.kind = table.choose<RuleKind>(
            "kind",
            {{"against", RuleKind::against}, {"wanted", RuleKind::wanted}}
        );
        rule.anchor = table.choose<Anchor>(
            "anchor",
            {{"opening", Anchor::opening}, {"closing", Anchor::closing}},
            Anchor::opening
        );
        rule.weight = static_cast<int>(
            std::clamp<std::int64_t>(table.integer("weight").value_or(0), 0, heaviest)
        );
        rule.source = table.need_text("source");
        rule.is_once = table.boolean("once", false);
        rule.at_least = static_cast<std::size_t>(
            std::clamp<std::int64_t>(table.integer("at_least").value_or(1), 1, 10)
        );
        rule.is_met_by_promise = table.boolean("by_promise", false);
        rule.restates_customer = table.boolean("restates_customer", false);
        rule.title = table.need_both("title");
        rule.why = table.need_both("why");
        rule.better = table.need_both("better");
        if (const std::string when = table.text("when"); !when.empty())
            read_when(table, when, rule);
        if (auto learned = table.table("learned"))
            read_learned(*learned, rule);
        for (const char* lang : {"zh", "en"})
            if (auto phrases = table.table(lang))
                read_phrases(*phrases, lang, rule);
        if (rule.match.empty())
            table.wrong("zh", "missing_key");
        table.finish();
        loaded_.book.rules.push_back(std::move(rule));
    }

    static void read_when(Table& table, const std::string& text, CoachRule& rule)
    {
        auto condition = policy::parse_when(text, is_known_fact);
        if (condition)
            rule.when = *std::move(condition);
        else
            table.wrong("when", condition.error().code, {{"detail", condition.error().detail}});
    }

    /// Of a rule that the classifier does not know nothing is learned: a folder of one's own may
    /// have more rules.
    void read_learned(Table& table, CoachRule& rule) const
    {
        const auto sure = static_cast<float>(table.number("sure").value_or(1));
        const auto doubt = static_cast<float>(table.number("doubt").value_or(-1));
        if (sure < doubt)
            table.wrong(
                "sure",
                "bad_value",
                {{"value", fmt::to_string(sure)}, {"allowed", ">= doubt"}}
            );
        table.finish();
        if (const auto head = loaded_.book.model->head_of(rule.id))
            rule.learned = {*head, sure, doubt};
    }

    void read_phrases(Table& table, const std::string& lang, CoachRule& rule)
    {
        const std::pair<const char*, std::vector<int>*> lists[] = {
            {"match", &rule.match},
            {"alone", &rule.alone},
            {"soft", &rule.soft},
            {"unless", &rule.unless},
            {"unless_near", &rule.unless_near},
            {"unless_reply", &rule.unless_reply},
            {"before", &rule.before}};
        for (const auto& [key, numbers] : lists)
            for (const std::string& pattern : table.texts(key))
                add_phrase(table, key, with_language(pattern, lang), *numbers);
        table.finish();
    }

    [[nodiscard]] std::pair<std::string, std::string>
    with_language(const std::string& pattern, const std::string& lang)
    {
        Words& words = words_[lang];
        std::string unknown;
        std::string first = with_words(pattern, words, unknown);
        return {with_words(first, words, unknown), unknown};
    }

    void add_phrase(
        Table& table,
        const char* key,
        const std::pair<std::string, std::string>& made,
        std::vector<int>& numbers
    )
    {
        if (!made.second.empty())
            return table.wrong(
                key,
                "bad_value",
                {{"value", "{" + made.second + "}"}, {"allowed", "words.toml"}}
            );
        const auto number = loaded_.book.phrases.add(made.first);
        if (!number)
            return table
                .wrong(key, "bad_value", {{"value", made.first}, {"allowed", number.error()}});
        numbers.push_back(*number);
    }

    std::map<std::string, Words, std::less<>> words_;
    LoadedCoach loaded_;
};

}  // namespace

const CoachRule* CoachBook::find(std::string_view id) const
{
    const auto found = std::ranges::find(rules, id, &CoachRule::id);
    return found == rules.end() ? nullptr : &*found;
}

LoadedCoach load_coach(std::span<const SourceFile> files, const CoachModel& model)
{
    Loader loader{model};
    for (const SourceFile& file : files)
        loader.read_words(file);
    for (const SourceFile& file : files)
        loader.read_rules(file);
    return loader.finish();
}

LoadedCoach load_built_in_coach(const CoachModel& model)
{
    std::vector<SourceFile> files;
    for (const embedded::File& file : embedded::coach())
        files.push_back({std::string{file.path}, std::string{file.bytes}});
    return load_coach(files, model);
}

const CoachBook& built_in_coach()
{
    static const CoachBook book = [] {
        LoadedCoach loaded = load_built_in_coach(built_in_coach_model());
        if (!loaded.mistakes.empty())
            throw std::logic_error{"coach: " + policy::to_text(loaded.mistakes.front(), Lang::en)};
        return std::move(loaded.book);
    }();
    return book;
}

std::vector<SourceFile> read_coach_folder(const std::string& folder)
{
    std::vector<SourceFile> files;
    for (const auto& entry : std::filesystem::directory_iterator{folder}) {
        if (entry.path().extension() != ".toml")
            continue;
        std::ifstream in{entry.path(), std::ios::binary};
        files.push_back(
            {entry.path().filename().string(), std::string{std::istreambuf_iterator<char>{in}, {}}}
        );
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

}  // namespace redress::language
