#include "language/coach_evaluate.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>
#include <fstream>
#include <map>

namespace redress::language {
namespace {

std::vector<LabelledReply>
read_replies(std::string_view set, std::string_view lang, std::string_view half)
{
    std::ifstream in{fmt::format("{}/tests/coach/{}.{}.jsonl", REDRESS_SOURCE_DIR, set, lang)};
    REQUIRE(in);
    std::vector<LabelledReply> replies;
    for (std::string line; std::getline(in, line);) {
        auto reply = read_labelled(line);
        REQUIRE_MESSAGE(reply.has_value(), line);
        if (reply->half == half)
            replies.push_back(*std::move(reply));
    }
    return replies;
}

Evaluation measure(std::string_view set, std::string_view lang, std::string_view half)
{
    const auto replies = read_replies(set, lang, half);
    const Evaluation evaluation = evaluate(built_in_coach(), replies);
    std::string table;
    for (const auto& [rule, figures] : evaluation.rules)
        table += fmt::format(
            "{:<22} marks {:>3} recall {:.2f} hints {:>3} precision {:.2f}\n",
            rule,
            figures.marks,
            figures.recall(),
            figures.hints,
            figures.precision()
        );
    const RuleFigures all = evaluation.total();
    MESSAGE(fmt::format(
        "{} {} {}: {} replies, precision {:.3f}, recall {:.3f}\n{}",
        set,
        lang,
        half,
        evaluation.replies,
        all.precision(),
        all.recall(),
        table
    ));
    return evaluation;
}

RuleFigures sum_of(const RuleFigures& a, const RuleFigures& b)
{
    return {
        a.marks + b.marks,
        a.found + b.found,
        a.hints + b.hints,
        a.right + b.right,
        a.on_good + b.on_good};
}

/// Both languages of the half that nothing was tuned on.
std::map<std::string, RuleFigures> kept(std::string_view set)
{
    auto rules = measure(set, "zh", "kept").rules;
    for (const auto& [rule, figures] : measure(set, "en", "kept").rules)
        rules[rule] = sum_of(rules[rule], figures);
    return rules;
}

}  // namespace

TEST_CASE("coach: the half of the replies that rules were tuned on")
{
    for (const char* set : {"replies", "replies_b"})
        for (const char* lang : {"zh", "en"}) {
            const auto evaluation = measure(set, lang, "tune");
            for (const std::string& mistake : evaluation.mistakes)
                MESSAGE(mistake);
            CHECK(evaluation.total().precision() >= 0.93);
            CHECK(evaluation.total().recall() >= 0.93);
        }
}

TEST_CASE("coach: the half of the replies kept for evaluation")
{
    for (const std::string set : {"replies", "replies_b"}) {
        CAPTURE(set);
        const RuleFigures zh = measure(set, "zh", "kept").total();
        const RuleFigures en = measure(set, "en", "kept").total();
        const RuleFigures all = sum_of(zh, en);
        MESSAGE(fmt::format("precision {:.3f}, recall {:.3f}", all.precision(), all.recall()));
        CHECK(all.precision() >= 0.90);
        CHECK(all.recall() >= 0.86);
        CHECK(std::min(zh.precision(), en.precision()) >= 0.87);
        CHECK(std::min(zh.recall(), en.recall()) >= 0.82);
    }
}

TEST_CASE("coach: no rule is blind or cries wolf on the kept halves")
{
    auto rules = kept("replies");
    for (const auto& [rule, figures] : kept("replies_b"))
        rules[rule] = sum_of(rules[rule], figures);
    for (const auto& [rule, figures] : rules) {
        CAPTURE(rule);
        CAPTURE(figures.marks);
        CHECK(figures.marks >= 8);
        CHECK(figures.precision() >= 0.65);
        CHECK(figures.recall() >= 0.55);
    }
}

TEST_CASE("coach: good replies of the kept halves stay nearly free of hints")
{
    std::size_t replies = 0;
    std::size_t hints = 0;
    for (const char* set : {"replies", "replies_b"})
        for (const char* lang : {"zh", "en"})
            for (const LabelledReply& reply : read_replies(set, lang, "kept"))
                if (reply.is_good()) {
                    ++replies;
                    hints += review(reply.text, reply.facts).hints.size();
                }
    MESSAGE(fmt::format("{} hints on {} good replies", hints, replies));
    CHECK(replies > 100);
    CHECK(5 * hints <= 2 * replies);
}

}  // namespace redress::language
