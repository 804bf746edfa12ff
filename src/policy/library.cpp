#include "policy/library.hpp"

#include "base/catalogue.hpp"
#include "base/require.hpp"
#include "policy/library_reader.hpp"
#include "policy/words.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <stdexcept>

namespace redress::embedded {
std::span<const File> policies();
}  // namespace redress::embedded

namespace redress::policy {
namespace {

using namespace std::chrono;

/// In which zone "in force from the first of June" is meant.
const Zone* zone_of(const Pack& pack)
{
    return pack.calendars.empty() ? nullptr : &pack.calendars.begin()->second->zone();
}

Date date_in(const Pack& pack, Instant at)
{
    const Zone* zone = zone_of(pack);
    return zone != nullptr ? zone->date_at(at) : floor<days>(LocalTime{Micros{at.us}});
}

bool is_in_force(const Pack& pack, Instant at)
{
    const Date day = date_in(pack, at);
    return (!pack.effective_from || *pack.effective_from <= day) &&
           (!pack.effective_to || day <= *pack.effective_to);
}

bool is_newer(const Pack& a, const Pack& b)
{
    return a.effective_from && (!b.effective_from || *a.effective_from > *b.effective_from);
}

std::string said(Lang lang, const std::string& value)
{
    return has_text(lang, value) ? say(lang, value) : value;
}

}  // namespace

std::string reason_of(const Mistake& mistake, Lang lang)
{
    auto params = mistake.params;
    for (auto& [name, value] : params)
        value = said(lang, value);
    const std::string own = "policy." + mistake.code;
    const std::string key = has_text(lang, own) ? own : "refusal.policy." + mistake.code;
    return say(lang, key, params);
}

std::string to_text(const Mistake& mistake, Lang lang)
{
    return fmt::format("{}:{}: {}", mistake.file, mistake.line, reason_of(mistake, lang));
}

Library::Loaded Library::load(std::span<const SourceFile> files, const Organisation& organisation)
{
    return LibraryReader{files, organisation}.read();
}

std::shared_ptr<const Library> Library::built_in(const Organisation& organisation)
{
    const auto files = built_in_files();
    Loaded loaded = load(files, organisation);
    if (!loaded.mistakes.empty())
        throw std::logic_error{to_text(loaded.mistakes.front(), Lang::en)};
    return loaded.library;
}

const Pack* Library::find_pack(std::string_view id, std::string_view version) const
{
    const auto found = std::ranges::find_if(packs_, [&](const auto& pack) {
        return pack->id == id && pack->version == version;
    });
    return found == packs_.end() ? nullptr : found->get();
}

const Pack& Library::pack(std::string_view id, std::string_view version) const
{
    const Pack* found = find_pack(id, version);
    REQUIRE_THAT(found != nullptr);
    return *found;
}

std::vector<const Pack*> Library::packs() const
{
    std::vector<const Pack*> all;
    for (const auto& pack : packs_)
        all.push_back(pack.get());
    return all;
}

std::vector<PackRef> Library::bound_at(Instant received, std::span<const std::string> pack_ids)
    const
{
    std::vector<PackRef> bound;
    for (const std::string& id : pack_ids) {
        const Pack* best = nullptr;
        for (const auto& pack : packs_)
            if (pack->id == id && is_in_force(*pack, received) &&
                (best == nullptr || is_newer(*pack, *best)))
                best = pack.get();
        if (best != nullptr)
            bound.push_back({best->id, best->version});
    }
    return bound;
}

std::vector<std::string> Library::packs_for(const json::object& facts) const
{
    std::vector<std::string> ids;
    for (const Binding& binding : bindings_)
        if (holds(binding.when, facts) && std::ranges::find(ids, binding.pack) == ids.end())
            ids.push_back(binding.pack);
    return ids;
}

std::vector<Mistake> Library::warnings(Instant now) const
{
    static constexpr days notice{92};
    static constexpr days stale{366};
    const Date today = floor<days>(LocalTime{Micros{now.us}});
    std::vector<Mistake> all;
    for (const Holidays& table : holidays_) {
        const int needed = static_cast<int>(year_month_day{today + notice}.year());
        if (std::ranges::find(table.years, needed) == table.years.end())
            all.push_back(
                {table.origin.file,
                 table.origin.line,
                 "no_holiday_table",
                 {{"id", table.id}, {"year", std::to_string(needed)}},
                 true}
            );
    }
    for (const auto& pack : packs_)
        if (is_in_force(*pack, now) && today - pack->verified_on > stale)
            all.push_back(
                {pack->origin.file,
                 pack->origin.line,
                 "verified_long_ago",
                 {{"id", pack->id}, {"date", to_word(pack->verified_on)}},
                 true}
            );
    return all;
}

std::vector<SourceFile> built_in_files()
{
    std::vector<SourceFile> files;
    for (const embedded::File& file : embedded::policies())
        files.push_back({std::string{file.path}, std::string{file.bytes}});
    return files;
}

std::vector<SourceFile> read_folder(const std::string& folder)
{
    std::vector<SourceFile> files;
    for (const auto& entry : std::filesystem::recursive_directory_iterator{folder}) {
        if (!entry.is_regular_file() || entry.path().extension() != ".toml")
            continue;
        std::ifstream file{entry.path(), std::ios::binary};
        files.push_back(
            {std::filesystem::relative(entry.path(), folder).generic_string(),
             std::string{std::istreambuf_iterator<char>{file}, {}}}
        );
    }
    std::ranges::sort(files, {}, &SourceFile::path);
    return files;
}

}  // namespace redress::policy
