#include "language/coach.hpp"
#include "language/coach_training.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <fstream>
#include <iterator>

namespace redress::language {
namespace {

std::string shipped(const std::string& name)
{
    std::ifstream in{REDRESS_SOURCE_DIR "/models/" + name, std::ios::binary};
    REQUIRE(in);
    return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<std::uint32_t> features_of(std::string_view text, const WordGroups& groups)
{
    std::vector<Feature> features;
    collect_stretch_features(text, groups, features);
    std::vector<std::uint32_t> hashes;
    for (const Feature& feature : features)
        hashes.push_back(feature.hash);
    std::ranges::sort(hashes);
    return hashes;
}

std::size_t shared_features(std::string_view a, std::string_view b, const WordGroups& groups)
{
    std::vector<std::uint32_t> both;
    std::ranges::set_intersection(
        features_of(a, groups),
        features_of(b, groups),
        std::back_inserter(both)
    );
    return both.size();
}

/// A rule with one phrase, and lessons that teach more of it and that one use of it is fine.
constexpr std::string_view rule_file = R"(schema = "redress.coach/1"
[[rule]]
id = "stalling"
kind = "against"
weight = 5
source = "003"
learned = { sure = 0.2, doubt = -0.4 }
title = { en = "a", zh = "b" }
why = { en = "a", zh = "b" }
better = { en = "a", zh = "b" }
[rule.en]
match = ['\bsoon\b']
)";

constexpr std::string_view lesson_file = R"(# a remark
[stalling]
We will answer before long
It takes as long as it takes
You will hear from us soon
[-]
You told us too soon after the operation
I never saw a refund come too soon
Nobody is ever told too soon
I will ring you by five
)";

CoachLessons lessons()
{
    auto sentences = read_coach_sentences(lesson_file);
    REQUIRE(sentences);
    return {*std::move(sentences), {}, WordGroups{"wait: wait hang"}};
}

LoadedCoach book_with(const CoachModel& model)
{
    return load_coach(
        std::vector<policy::SourceFile>{{"rules.toml", std::string{rule_file}}},
        model
    );
}

}  // namespace

TEST_CASE("coach model: sentences stand below the rules they are examples of")
{
    const auto read = read_coach_sentences("[a b]\nfirst\n# remark\n\n[-]\nsecond\n");
    REQUIRE(read);
    REQUIRE(read->size() == 2);
    CHECK((*read)[0].rules == std::vector<std::string>{"a", "b"});
    CHECK((*read)[1].rules.empty());
    CHECK((*read)[1].text == "second");
    CHECK(!read_coach_sentences("first\n[a]\n"));
}

TEST_CASE("coach model: words of a group are alike, the longest word at a place counts")
{
    const WordGroups groups{"# remark\nmoney: refund 退款 退\nback: 退货\nlate: refund\n"};
    CHECK(
        shared_features("the refund", "the deposit", groups) <
        shared_features("the refund", "the 退款", groups)
    );
    CHECK(
        shared_features("我退款", "我退货", WordGroups{}) ==
        shared_features("我退款", "我退货", groups)
    );
    CHECK(features_of("5 days", groups) == features_of("17 days", groups));
}

TEST_CASE("coach model: clauses end at commas, colons and dashes, not within numbers")
{
    const std::string_view text = "you left it, so: 1,200 pounds, 12:30 — gone、走了";
    std::vector<std::string_view> parts;
    for (const Clause& clause : find_clauses(text))
        parts.push_back(clause.of(text));
    CHECK(parts.size() == 6);
    CHECK(parts[2] == " 1,200 pounds,");
    CHECK(find_clauses(" , ").empty());
}

TEST_CASE("coach model: learns, reads back the same and refuses damage")
{
    const CoachModel none{{}, {}, {}};
    const CoachModel model = train_coach(lessons(), book_with(none).book);
    REQUIRE(model.head_of("stalling"));
    CHECK(!model.head_of("arguing"));
    std::vector<Feature> features;
    const auto score = [&](std::string_view text) { return model.score(text, features).front(); };
    CHECK(score("it takes as long as it takes") > 0.5F);
    CHECK(score("i will ring you by five") < -0.3F);

    const std::string bytes = model.write();
    const auto again = CoachModel::read(bytes);
    REQUIRE(again);
    CHECK(again->write() == bytes);
    for (std::size_t at = 0; at < bytes.size(); at += 97) {
        std::string damaged = bytes;
        damaged[at] = static_cast<char>(damaged[at] ^ 1);
        CHECK(!CoachModel::read(damaged));
        CHECK(!CoachModel::read(bytes.substr(0, at)));
    }
}

TEST_CASE("coach model: it adds what no phrase has and takes away what a phrase gets wrong")
{
    const CoachModel none{{}, {}, {}};
    const CoachModel model = train_coach(lessons(), book_with(none).book);
    const auto wise = book_with(model);
    const auto plain = book_with(none);
    CHECK(wise.mistakes.empty());
    const auto hints = [](std::string_view text, const LoadedCoach& coach) {
        return review(text, {}, coach.book).hints.size();
    };
    CHECK(hints("It takes as long as it takes.", plain) == 0);
    CHECK(hints("It takes as long as it takes.", wise) == 1);
    CHECK(hints("Nobody is ever told too soon.", plain) == 1);
    CHECK(hints("Nobody is ever told too soon.", wise) == 0);
    CHECK(hints("You will hear from us soon.", wise) == 1);
}

TEST_CASE("coach model: the shipped one is of the shipped words and knows the rules that listen")
{
    const CoachModel& model = built_in_coach_model();
    CHECK(model.groups().text() == shipped("coach/groups.txt"));
    CHECK(shipped("coach.model").size() <= 300'000);
    for (const std::string& rule : model.rules())
        CHECK_MESSAGE(built_in_coach().find(rule) != nullptr, rule);
    std::size_t listening = 0;
    for (const CoachRule& rule : built_in_coach().rules)
        listening += rule.learned ? 1U : 0U;
    CHECK(listening >= 20);
    for (const char* file : {"coach/zh.txt", "coach/en.txt"}) {
        const auto sentences = read_coach_sentences(shipped(file));
        REQUIRE(sentences);
        for (const CoachSentence& sentence : *sentences)
            for (const std::string& rule : sentence.rules)
                CHECK_MESSAGE(model.head_of(rule).has_value(), sentence.text);
    }
}

}  // namespace redress::language
