#include "base/text.hpp"
#include "policy/library.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <doctest/doctest.h>

namespace redress::policy {
namespace {

std::string& file(std::vector<SourceFile>& files, std::string_view path)
{
    const auto found = std::ranges::find(files, path, &SourceFile::path);
    REQUIRE_MESSAGE(found != files.end(), path);
    return found->bytes;
}

/// The line on which a text stands; 0 when it is not there.
int line_of(std::string_view bytes, std::string_view text)
{
    const auto found = bytes.find(text);
    if (found == std::string_view::npos)
        return 0;
    return 1 + static_cast<int>(std::ranges::count(bytes.substr(0, found), '\n'));
}

/// One change to the first place where a text stands in a file, and what is to be said of it.
struct Mutation {
    std::string_view path;
    std::string_view from;
    std::string_view to;
    std::string_view code;
    std::string_view line;  ///< a text on the line that is to be named, after the change
};

std::vector<Mistake> mistakes_after(const Mutation& mutation, int& line)
{
    auto files = built_in_files();
    std::string& bytes = file(files, mutation.path);
    const auto place = bytes.find(mutation.from);
    REQUIRE_MESSAGE(place != std::string::npos, mutation.from);
    bytes.replace(place, mutation.from.size(), mutation.to);
    line = line_of(bytes, mutation.line.empty() ? mutation.to : mutation.line);
    return Library::load(files, {}).mistakes;
}

constexpr std::string_view house = "packs/house-default.toml";
constexpr std::string_view disp = "packs/uk-fca-disp.toml";
constexpr std::string_view bank = "packs/cn-bank-insurance-2020.toml";
constexpr std::string_view gb = "calendars/gb-eng.toml";

constexpr auto mutations = std::to_array<Mutation>({
    {house, "[pack]", "[pack", "toml_syntax", ""},
    {house,
     "schema = \"redress.policy-pack/1\"",
     "schema = \"redress.policy-pack/9\"",
     "bad_value",
     ""},
    {house, "silence_days = 7", "silence_day = 7", "unknown_key", ""},
    {house, "silence_days = 7", "silence_days = \"seven\"", "wrong_type", ""},
    {house, "kind = \"internal\"", "kind = \"secret\"", "bad_value", ""},
    {house, "version = \"1.0.0\"", "version = \"1 0\"", "bad_id", ""},
    {house, "verified_on = 2026-11-21", "# verified_on", "missing_key", "[pack]"},
    {house,
     "unit = \"hour\", calendar = \"elapsed\" }",
     "unit = \"hour\", calendar = \"lunar\" }",
     "undefined",
     ""},
    {house,
     "unit = \"hour\", calendar = \"elapsed\" }",
     "unit = \"month\", calendar = \"elapsed\" }",
     "unit_kind",
     ""},
    {house,
     "unit = \"hour\", calendar = \"elapsed\" }",
     "unit = \"fortnight\", calendar = \"elapsed\" }",
     "bad_value",
     ""},
    {house, "{ n = 24, unit", "{ n = -24, unit", "bad_value", ""},
    {house, "tz = \"@org\"", "tz = \"Mars/Olympus\"", "unknown_zone", ""},
    {house, "holidays = \"@org\"", "holidays = \"atlantis\"", "undefined", ""},
    {house, "to = \"18:00\"", "to = \"08:00\"", "shift", ""},
    {house, "stops_on = [\"first_responded\"]", "stops_on = [\"answered\"]", "undefined", ""},
    {house, "starts_on = [\"received\"]", "starts_on = []", "empty_list", ""},
    {house, "warn_at = [\"50%\", \"80%\"]", "warn_at = [\"half\"]", "bad_value", ""},
    {house, "role = \"executive\"", "role = \"emperor\"", "undefined", ""},
    {house, "\"letter:promise_missed\"", "\"letter:promise_mist\"", "undefined", ""},
    {house, "\"flag:promise_broken\"", "\"hope:for_the_best\"", "undefined", ""},
    {house, "gate = [\"T12\", \"T18\"]", "gate = [\"T12\", \"T99\"]", "undefined", ""},
    {house, "\"emotion:listened\"", "\"emotion:bored\"", "undefined", ""},
    {house,
     "requires = [\"field:remedy_asked\"]",
     "requires = [\"field:shoe_size\"]",
     "undefined",
     ""},
    {house,
     "when = \"case.expectation_gap > 0\"",
     "when = \"case.expectation_gape > 0\"",
     "when_unknown",
     ""},
    {house,
     "when = \"case.expectation_gap > 0\"",
     "when = \"case.expectation_gap >\"",
     "when_syntax",
     ""},
    {house, "must_contain = [\"handler_name\"", "must_contain = [\"handler_nam\"", "undefined", ""},
    {house,
     "must_not_contain = [\"blame_customer\"",
     "must_not_contain = [\"thanks\"",
     "undefined",
     ""},
    {house, "for_deadline = \"first_response\"", "for_deadline = \"first_reply\"", "undefined", ""},
    {house, "required_at = \"captured\"", "required_at = \"limbo\"", "undefined", ""},
    {house, "required_at = \"captured\"", "# required_at", "missing_key", "[[field]]"},
    {house, "code = \"not_our_product\"", "code = \"not_our_fault\"", "undefined", ""},
    {disp, "type = \"bool\"", "type = \"maybe\"", "bad_value", ""},
    {disp,
     "type = \"bool\"",
     "type = \"choice\"",
     "missing_key",
     "id = \"eligible_complainant\"\nreq"},
    {disp,
     "type = \"bool\"",
     "choices = [ { value = \"a\", en = \"A\", zh = \"A\" } ]",
     "needs_type_choice",
     ""},
    {house,
     "id = \"golden_time\"",
     "id = \"first_response\"",
     "duplicate_entry",
     "id = \"first_response\"\ntitle = { en = \"A concrete"},
    {house, "upheld = \"partial\"", "upheld = \"perhaps\"", "bad_value", ""},
    {house, "extends = []", "extends = [\"nobody\"]", "undefined", ""},
    {"packs/iso10002-generic.toml",
     "extends = []",
     "extends = [\"uk-fca-disp\"]",
     "cyclic_extends",
     ""},
    {disp,
     "extends = [\"iso10002-generic\"]",
     "extends = [\"iso10002-generic\"]\ndisable = [\"deadline:yawn\"]",
     "nothing_to_disable",
     "disable ="},
    {disp,
     "ref = \"DISP 1.6.2R; 2.8.1R(2)\"",
     "",
     "hard_without_ref",
     "id = \"final_response\"\ntitle"},
    {disp, "parent = \"advice\"", "parent = \"advise\"", "undefined", ""},
    {disp,
     "opens_on = [\"final_response_sent\"",
     "opens_on = [\"deadline:nope:breached\"",
     "undefined",
     ""},
    {disp,
     "publish_if = \"report.opened >= 500\"",
     "publish_if = \"report.openend >= 500\"",
     "when_unknown",
     ""},
    {bank, "requires_previous = \"complex\"", "requires_previous = \"simple\"", "undefined", ""},
    {bank, "approver = \"manager\"", "approver = \"nobody\"", "undefined", ""},
    {bank,
     "resume_on = [\"appraisal_finished\"]",
     "",
     "pause_without_end",
     "pause_on = [\"appraisal_started\"]"},
    {bank, "add = { n = 30, unit = \"day\"", "to = { n = 30, unit = \"hour\"", "unit_kind", ""},
    {gb,
     "from = 2025-01-01",
     "from = 2024-01-01",
     "wrong_year",
     "from = 2024-01-01 },\n  { name = { en = \"Good Friday\", zh = \"耶稣受难日\" }, from = 2025"},
    {gb,
     "year = 2025",
     "year = 2024",
     "duplicate",
     "year = 2024\nsource = \"https://www.gov.uk/bank-holidays (England and Wales, 2025)"},
    {gb, "work = []", "work = [2024-01-01]", "off_and_work", ""},
    {"bindings.toml", "pack = \"uk-fca-disp\"", "pack = \"uk-fsa\"", "undefined", ""},
    {"bindings.toml", "case.jurisdiction == 'GB'", "case.country == 'GB'", "when_unknown", ""},
});

}  // namespace

TEST_CASE("library: every mistake is told with its file, its line and its reason in both languages")
{
    for (const Mutation& mutation : mutations) {
        int line = 0;
        const auto mistakes = mistakes_after(mutation, line);
        const auto found = std::ranges::find_if(mistakes, [&](const Mistake& mistake) {
            return mistake.file == mutation.path && mistake.code == mutation.code;
        });
        REQUIRE_MESSAGE(
            found != mistakes.end(),
            mutation.path,
            ": ",
            mutation.to,
            " should be ",
            mutation.code
        );
        const bool is_line_right = std::ranges::any_of(mistakes, [&](const Mistake& mistake) {
            return mistake.code == mutation.code && std::abs(mistake.line - line) <= 1;
        });
        CHECK_MESSAGE(is_line_right, mutation.to, ": line ", found->line, " instead of ", line);
        for (const Lang lang : {Lang::en, Lang::zh}) {
            const std::string text = to_text(*found, lang);
            CHECK_MESSAGE(text.find("policy.") == std::string::npos, text);
            CHECK_MESSAGE(text.find('{') == std::string::npos, text);
        }
    }
}

}  // namespace redress::policy
