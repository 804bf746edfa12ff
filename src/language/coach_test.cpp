#include "language/coach_evaluate.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>
#include <fstream>

namespace redress::language {
namespace {

std::vector<LabelledReply> read_replies(std::string_view lang, std::string_view half)
{
    std::ifstream in{fmt::format("{}/tests/coach/replies.{}.jsonl", REDRESS_SOURCE_DIR, lang)};
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

Evaluation measure(std::string_view lang, std::string_view half)
{
    const auto replies = read_replies(lang, half);
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
        "{} {}: {} replies, precision {:.3f}, recall {:.3f}\n{}",
        lang,
        half,
        evaluation.replies,
        all.precision(),
        all.recall(),
        table
    ));
    return evaluation;
}

}  // namespace

TEST_CASE("coach: the half of the replies that rules were tuned on")
{
    for (const char* lang : {"zh", "en"}) {
        const auto evaluation = measure(lang, "tune");
        for (const std::string& mistake : evaluation.mistakes)
            MESSAGE(mistake);
        CHECK(evaluation.total().precision() >= 0.95);
        CHECK(evaluation.total().recall() >= 0.95);
    }
}

TEST_CASE("coach: the half of the replies kept for evaluation")
{
    const RuleFigures zh = measure("zh", "kept").total();
    const RuleFigures en = measure("en", "kept").total();
    const RuleFigures all{
        zh.marks + en.marks,
        zh.found + en.found,
        zh.hints + en.hints,
        zh.right + en.right};
    MESSAGE(fmt::format("kept: precision {:.3f}, recall {:.3f}", all.precision(), all.recall()));
    CHECK(all.precision() >= 0.90);
    CHECK(all.recall() >= 0.80);
    CHECK(std::min(zh.precision(), en.precision()) >= 0.88);
    CHECK(std::min(zh.recall(), en.recall()) >= 0.80);
}

}  // namespace redress::language
