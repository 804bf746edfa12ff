#include "language/guide.hpp"

#include "language/coach.hpp"
#include "policy/toml_tree.hpp"

#include <doctest/doctest.h>

namespace redress::language {
namespace {

/// The choices of a field, as policies/fields.toml lists them.
std::vector<std::string> choices_of(std::string_view field)
{
    std::vector<std::string> ids;
    for (const policy::SourceFile& file : policy::built_in_files()) {
        if (file.path != "fields.toml")
            continue;
        const auto root = policy::parse_toml(file.bytes);
        REQUIRE(root.has_value());
        for (const auto& [id, names] : root->find("fields")->find(field)->find("choices")->entries)
            ids.push_back(id);
    }
    return ids;
}

}  // namespace

TEST_CASE("guide: says something of every need and every type, in both languages")
{
    const Guide& guide = built_in_guide();
    std::size_t known = 0;
    for (const GuideOf of : {GuideOf::need, GuideOf::customer_type}) {
        const auto ids = choices_of(to_word(of));
        REQUIRE(ids.size() >= 4);
        known += ids.size();
        for (const std::string& id : ids) {
            CAPTURE(id);
            const GuideEntry* entry = guide.find(of, id);
            REQUIRE(entry != nullptr);
            CHECK(entry->approach.size() >= 3);
            CHECK(entry->starters.size() >= 3);
            CHECK(!entry->objections.empty());
            CHECK(!entry->sources.empty());
        }
    }
    CHECK(guide.entries.size() == known);
}

TEST_CASE("guide: what it suggests saying passes the coach")
{
    for (const GuideEntry& entry : built_in_guide().entries) {
        std::vector<Text> said = entry.starters;
        for (const ObjectionAnswer& objection : entry.objections)
            said.push_back(objection.answer);
        for (const Text& text : said)
            for (const std::string* words : {&text.en, &text.zh})
                for (const Hint& hint : review(*words, {}).hints)
                    CHECK_MESSAGE(
                        hint.rule->kind == RuleKind::wanted,
                        std::string{hint.rule->id}.append(": ").append(*words)
                    );
    }
}

TEST_CASE("guide: what is wrong in a file is told with its line")
{
    const std::string file = "schema = \"redress.guide/1\"\n[[entry]]\nof = \"mood\"\nid = \"x\"\n";
    const auto loaded = load_guide(std::vector<policy::SourceFile>{{"x.toml", file}});
    CHECK(loaded.mistakes.size() >= 3);
    CHECK(!load_guide(std::vector<policy::SourceFile>{{"x.toml", "= ="}}).mistakes.empty());
}

}  // namespace redress::language
