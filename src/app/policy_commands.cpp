#include "app/policy_commands.hpp"

#include "base/catalogue.hpp"
#include "policy/due.hpp"
#include "policy/explain.hpp"
#include "policy/library.hpp"
#include "policy/overlay.hpp"
#include "policy/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <istream>
#include <iterator>
#include <ostream>

namespace redress::app {
namespace {

constexpr int all_right = 0;
constexpr int mistakes_found = 1;
constexpr int cannot_read = 2;

void print(const std::vector<policy::Mistake>& mistakes, std::ostream& out, Lang lang)
{
    for (const policy::Mistake& mistake : mistakes)
        out << policy::to_text(mistake, lang) << '\n';
}

int check_file(const std::string& path, std::ostream& out, std::ostream& err, Lang lang)
{
    std::ifstream file{path, std::ios::binary};
    if (!file || std::filesystem::is_directory(path)) {
        err << say(lang, "policy.cannot_read", {{"file", path}}) << '\n';
        return cannot_read;
    }
    const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
    const std::string name = std::filesystem::path{path}.filename().string();
    auto files = policy::built_in_files();
    // What is wrong elsewhere is this file's doing too: the built-in files have no mistakes of
    // their own.
    const std::string own = policy::lay_over(files, {name, bytes});
    auto mistakes = policy::Library::load(files, {}).mistakes;
    for (policy::Mistake& mistake : mistakes)
        if (mistake.file == own)
            mistake.file = path;
    print(mistakes, out, lang);
    if (mistakes.empty())
        out << say(lang, "policy.file_is_right", {{"file", path}}) << '\n';
    return mistakes.empty() ? all_right : mistakes_found;
}

int check_built_in(std::ostream& out, Lang lang)
{
    const auto loaded = policy::Library::load(policy::built_in_files(), {});
    print(loaded.mistakes, out, lang);
    if (loaded.mistakes.empty())
        out << say(lang, "policy.file_is_right", {{"file", "policies"}}) << '\n';
    return loaded.mistakes.empty() ? all_right : mistakes_found;
}

const policy::Pack*
find_pack(const policy::Library& library, std::span<const std::string> arguments)
{
    const policy::Pack* newest = nullptr;
    for (const policy::Pack* pack : library.packs()) {
        const bool is_wanted =
            pack->id == arguments[0] && (arguments.size() < 2 || pack->version == arguments[1]);
        const bool is_newer = newest == nullptr || pack->effective_from > newest->effective_from;
        if (is_wanted && is_newer)
            newest = pack;
    }
    return newest;
}

std::string in_force(const policy::Pack& pack)
{
    const auto word = [](const std::optional<policy::Date>& day) {
        return day ? policy::to_word(*day) : std::string{"…"};
    };
    return fmt::format("{} – {}", word(pack.effective_from), word(pack.effective_to));
}

/// Everything beside the deadlines that a pack asks for.
void explain_entries(const policy::Pack& pack, std::ostream& out, Lang lang)
{
    const std::string separator = say(lang, "policy.list_separator");
    const auto listed = [&](const std::vector<std::string>& names) {
        return fmt::format("{}", fmt::join(names, separator));
    };
    for (const policy::Step& step : pack.steps)
        out << say(lang,
                   "policy.explain.step",
                   {{"title", step.title.in(lang)},
                    {"gate", listed(step.gate)},
                    {"requires", listed(step.requirements)},
                    {"ref", step.ref}})
            << '\n';
    for (const policy::Letter& letter : pack.letters)
        out << say(lang,
                   "policy.explain.letter",
                   {{"title", letter.title.in(lang)}, {"elements", listed(letter.must_contain)}})
            << '\n';
    for (const policy::Outcome& outcome : pack.outcomes) {
        static constexpr std::array<std::string_view, 3> keys{
            "policy.explain.upheld",
            "policy.explain.partial",
            "policy.explain.not_upheld"};
        out << say(lang,
                   keys.at(static_cast<std::size_t>(outcome.upheld)),
                   {{"label", outcome.label.in(lang)}})
            << '\n';
    }
    for (const policy::Retention& retention : pack.retentions)
        out << say(lang,
                   "policy.explain.retention",
                   {{"keep", policy::sentence(retention.keep, lang)},
                    {"from", retention.from},
                    {"then", say(lang, "policy.explain.then." + retention.then)}})
            << '\n';
}

}  // namespace

int policy_check(
    std::span<const std::string> files,
    std::ostream& out,
    std::ostream& err,
    Lang lang
)
{
    if (files.empty())
        return check_built_in(out, lang);
    int worst = all_right;
    for (const std::string& path : files)
        worst = std::max(worst, check_file(path, out, err, lang));
    return worst;
}

int policy_due(std::istream& in, std::ostream& out)
{
    for (std::string line; std::getline(in, line);)
        out << policy::answer_due(line) << std::endl;
    return all_right;
}

int policy_explain(
    std::span<const std::string> arguments,
    std::ostream& out,
    std::ostream& err,
    Lang lang
)
{
    const auto library = policy::Library::built_in({});
    const policy::Pack* pack = arguments.empty() ? nullptr : find_pack(*library, arguments);
    if (pack == nullptr) {
        err << say(lang, "policy.no_such_pack", {{"id", arguments.empty() ? "" : arguments[0]}})
            << '\n';
        return cannot_read;
    }
    out << fmt::format(
        "{} ({} {}, {})\n",
        pack->title.in(lang),
        pack->id,
        pack->version,
        in_force(*pack)
    );
    out << say(lang, "policy.verified_on", {{"date", policy::to_word(pack->verified_on)}}) << '\n';
    for (const policy::DeadlineRule& rule : pack->deadlines)
        out << "- " << rule.id << ": " << policy::sentence(rule, lang) << '\n';
    explain_entries(*pack, out, lang);
    for (const policy::LegalBasis& basis : pack->legal_basis)
        out << fmt::format("  {}: {}\n", basis.ref, basis.note);
    return all_right;
}

int policy_list(std::ostream& out, Lang lang)
{
    for (const policy::Pack* pack : policy::Library::built_in({})->packs())
        out << fmt::format(
            "{:<24} {:<10} {:<25} {}\n",
            pack->id,
            pack->version,
            in_force(*pack),
            pack->title.in(lang)
        );
    return all_right;
}

}  // namespace redress::app
