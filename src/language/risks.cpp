#include "language/risks.hpp"

#include "base/embedded.hpp"
#include "base/require.hpp"
#include "policy/toml_tree.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <re2/re2.h>

namespace redress::embedded {
std::span<const File> risk_rules();
}  // namespace redress::embedded

namespace redress::language {
namespace {

constexpr std::string_view schema = "redress.risks/1";
constexpr std::size_t most_of_one_flag = 20;
/// How far before a finding words may deny it.
constexpr std::size_t denial_bytes = 48;

using policy::TomlNode;

std::string_view text_at(const TomlNode& table, std::string_view key)
{
    const TomlNode* value = table.find(key);
    return value == nullptr ? std::string_view{} : value->text;
}

/// The patterns of a list as alternatives; English ones as whole words.
std::string alternatives(const TomlNode* list, bool is_english)
{
    std::string all;
    if (list == nullptr)
        return all;
    for (const TomlNode& item : list->items)
        all += (all.empty() ? "(?:" : "|(?:") + item.text + ")";
    return is_english && !all.empty() ? R"(\b(?:)" + all + R"()\b)" : all;
}

RE2::Options quiet()
{
    RE2::Options options;
    options.set_log_errors(false);
    return options;
}

using Expression = std::unique_ptr<RE2>;

Expression compiled(const std::string& pattern)
{
    return pattern.empty() ? nullptr : std::make_unique<RE2>("(" + pattern + ")", quiet());
}

/// Words shortly before a finding, in the same clause. Chinese needs fewer characters for as much.
Expression compiled_denial(const std::string& pattern, bool is_english)
{
    if (pattern.empty())
        return nullptr;
    const int between = is_english ? 20 : 6;
    return std::make_unique<RE2>(
        fmt::format("(?:{})[^,.!?;:。\n]{{0,{}}}$", pattern, between),
        quiet()
    );
}

re2::StringPiece piece(std::string_view text)
{
    return {text.data(), text.size()};
}

}  // namespace

struct RiskRules::Rule {
    std::string flag;
    Text title;
    int anger{};
    std::array<Expression, 2> finds;    ///< Chinese, English
    std::array<Expression, 2> denials;  ///< the same

    [[nodiscard]] bool is_denied(std::string_view before, std::size_t lang) const
    {
        if (!denials[lang])
            return false;
        const std::size_t cut = before.size() > denial_bytes ? before.size() - denial_bytes : 0;
        std::string_view near = before.substr(cut);
        while (!near.empty() && (static_cast<unsigned char>(near.front()) & 0xC0U) == 0x80U)
            near.remove_prefix(1);
        return RE2::PartialMatch(piece(near), *denials[lang]);
    }

    void find(const FoldedBytes& text, std::size_t lang, std::vector<Risk>& found) const
    {
        if (!finds[lang])
            return;
        const std::string_view all = text.text();
        re2::StringPiece rest = piece(all);
        re2::StringPiece match;
        while (found.size() < most_of_one_flag && RE2::FindAndConsume(&rest, *finds[lang], &match)
        ) {
            if (match.empty())
                return;
            const auto begin = static_cast<std::size_t>(match.data() - all.data());
            if (!is_denied(all.substr(0, begin), lang))
                found.push_back({flag, text.original(begin, begin + match.size()), anger});
        }
    }
};

RiskRules::RiskRules() = default;
RiskRules::RiskRules(RiskRules&&) noexcept = default;
RiskRules& RiskRules::operator=(RiskRules&&) noexcept = default;
RiskRules::~RiskRules() = default;

Result<RiskRules> RiskRules::read(std::string_view toml)
{
    const auto refuse = [](int line, std::string detail) {
        return deny(
            Denial::invalid,
            "risk_rules",
            {},
            {{"line", fmt::to_string(line)}, {"detail", std::move(detail)}}
        );
    };
    const auto root = policy::parse_toml(toml);
    if (!root)
        return refuse(root.error().line, root.error().detail);
    const TomlNode* list = root->find("risk");
    if (text_at(*root, "schema") != schema || list == nullptr)
        return refuse(1, fmt::format("schema {} and [[risk]]", schema));
    constexpr std::array<std::string_view, 2> languages{"zh", "en"};
    const TomlNode* denial = root->find("denial");
    RiskRules rules;
    for (const TomlNode& entry : list->items) {
        auto rule = std::make_unique<Rule>();
        rule->flag = text_at(entry, "flag");
        const TomlNode* title = entry.find("title");
        const TomlNode* anger = entry.find("anger");
        if (rule->flag.empty() || title == nullptr)
            return refuse(entry.line, "flag, title");
        rule->title = {std::string{text_at(*title, "en")}, std::string{text_at(*title, "zh")}};
        rule->anger =
            anger == nullptr ? 0 : static_cast<int>(std::clamp<std::int64_t>(anger->integer, 0, 3));
        const TomlNode* keeps = entry.find("also_denied");
        const bool may_be_denied = keeps == nullptr || !keeps->boolean;
        for (std::size_t i = 0; i < languages.size(); ++i) {
            rule->finds[i] = compiled(alternatives(entry.find(languages[i]), i == 1));
            if (denial != nullptr && may_be_denied)
                rule->denials[i] =
                    compiled_denial(alternatives(denial->find(languages[i]), i == 1), i == 1);
            for (const RE2* expression : {rule->finds[i].get(), rule->denials[i].get()})
                if (expression != nullptr && !expression->ok())
                    return refuse(entry.line, expression->error());
        }
        rules.rules_.push_back(std::move(rule));
    }
    return rules;
}

RiskRules RiskRules::built_in()
{
    const auto files = embedded::risk_rules();
    REQUIRE_THAT(files.size() == 1);
    auto rules = read(files.front().bytes);
    REQUIRE_THAT(rules.has_value());
    return std::move(*rules);
}

std::vector<Risk> RiskRules::find(const FoldedBytes& text) const
{
    std::vector<Risk> found;
    for (const auto& rule : rules_) {
        std::vector<Risk> of_rule;
        for (std::size_t lang = 0; lang < rule->finds.size(); ++lang)
            rule->find(text, lang, of_rule);
        found.insert(found.end(), of_rule.begin(), of_rule.end());
    }
    std::ranges::stable_sort(found, {}, &Risk::span);
    return found;
}

std::vector<std::pair<std::string, Text>> RiskRules::flags() const
{
    std::vector<std::pair<std::string, Text>> flags;
    for (const auto& rule : rules_)
        if (std::ranges::find(flags, rule->flag, &std::pair<std::string, Text>::first) ==
            flags.end())
            flags.emplace_back(rule->flag, rule->title);
    return flags;
}

}  // namespace redress::language
