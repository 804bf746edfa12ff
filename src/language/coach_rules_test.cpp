#include "language/coach_rules.hpp"

#include <doctest/doctest.h>

namespace redress::language {

TEST_CASE("coach rules: the built-in files have no mistakes")
{
    const auto loaded = load_coach(read_coach_folder(REDRESS_SOURCE_DIR "/coach"));
    for (const policy::Mistake& mistake : loaded.mistakes)
        MESSAGE(policy::to_text(mistake, Lang::en));
    CHECK(loaded.mistakes.empty());
    CHECK(loaded.book.rules.size() == built_in_coach().rules.size());
}

TEST_CASE("coach rules: both languages, a reason, a source and a better wording in every rule")
{
    for (const CoachRule& rule : built_in_coach().rules) {
        CAPTURE(rule.id);
        for (const Text* text : {&rule.title, &rule.why, &rule.better}) {
            CHECK(!text->en.empty());
            CHECK(!text->zh.empty());
        }
        CHECK(rule.source.size() == 3);
        CHECK(rule.weight > 0);
    }
}

TEST_CASE("coach rules: what is wrong in a file is told with its line")
{
    const std::string file = R"(schema = "redress.coach/1"
[[rule]]
id = "rude"
kind = "against"
source = "001"
title = { en = "a", zh = "b" }
why = { en = "a", zh = "b" }
better = { en = "a", zh = "b" }
when = "no_such_fact"
[rule.en]
match = ['(open', '{no_such_word}']
)";
    const auto loaded = load_coach(std::vector<policy::SourceFile>{{"rude.toml", file}});
    REQUIRE(loaded.mistakes.size() >= 3);
    for (const policy::Mistake& mistake : loaded.mistakes) {
        CHECK(mistake.file == "rude.toml");
        CHECK(mistake.line >= 2);
        CHECK(!policy::to_text(mistake, Lang::zh).empty());
    }
}

}  // namespace redress::language
