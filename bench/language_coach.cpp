#include "language_coach.hpp"

#include "base/text.hpp"
#include "language/coach_evaluate.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <fstream>
#include <stdexcept>
#include <vector>

namespace redress::bench {
namespace {

using namespace language;

constexpr std::string_view floor_of_coach = "0.90, 0.80";

void read_kept(const std::filesystem::path& path, std::vector<LabelledReply>& replies)
{
    std::ifstream in{path};
    for (std::string line; std::getline(in, line);) {
        auto reply = read_labelled(line);
        if (!reply)
            throw std::runtime_error{path.string() + ": a line that is no labelled reply"};
        if (reply->half == "kept")
            replies.push_back(*std::move(reply));
    }
}

std::vector<LabelledReply> kept_of(const std::filesystem::path& folder, std::string_view set)
{
    std::vector<LabelledReply> replies;
    for (const char* lang : {"zh", "en"})
        read_kept(folder / fmt::format("{}.{}.jsonl", set, lang), replies);
    if (replies.empty())
        throw std::runtime_error{"no labelled replies below " + folder.string()};
    return replies;
}

std::string in_words(const RuleFigures& figures)
{
    return fmt::format(
        "precision {:.2f} of {} hints, recall {:.2f} of {} marks",
        figures.precision(),
        figures.hints,
        figures.recall(),
        figures.marks
    );
}

/// Five hundred characters of replies as they are written, good and bad.
std::string draft_of_500(const std::vector<LabelledReply>& replies, Lang lang)
{
    std::string text;
    for (const LabelledReply& reply : replies)
        if (reply.lang == lang)
            text += reply.text;
    return std::string{first_code_points(text, 500)};
}

/// Processor time, so that a busy machine says the same.
double typical_us(const std::string& draft)
{
    constexpr int times = 500;
    ReplyFacts facts;
    facts.is_first_reply = true;
    facts.emotion = "angry";
    const std::clock_t begin = std::clock();
    for (int i = 0; i < times; ++i)
        static_cast<void>(review(draft, facts));
    return 1e6 * static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC / times;
}

}  // namespace

void measure_coach(const std::filesystem::path& folder, const Row& row)
{
    std::vector<LabelledReply> both;
    for (const auto& [set, name] :
         {std::pair{"replies", "first set"},
          {"replies_b", "second set, written blind"},
          {"replies_c", "third set, measured once"}}) {
        const auto replies = kept_of(folder, set);
        const RuleFigures all = evaluate(built_in_coach(), replies).total();
        row(fmt::format("coach, {}, {} kept replies", name, replies.size()),
            in_words(all),
            floor_of_coach);
        if (std::string_view{set} != "replies_c")
            both.insert(both.end(), replies.begin(), replies.end());
    }
    const Evaluation evaluation = evaluate(built_in_coach(), both);
    for (const auto& [rule, figures] : evaluation.rules)
        row(fmt::format("coach, {}, first two sets", rule), in_words(figures), floor_of_coach);
    const auto good = std::ranges::count_if(both, &LabelledReply::is_good);
    row(fmt::format("coach, hints on the {} good replies of them", good),
        fmt::to_string(evaluation.total().on_good),
        "");
    for (const Lang lang : {Lang::zh, Lang::en})
        row(fmt::format(
                "coach on 500 characters of replies, {}",
                lang == Lang::zh ? "Chinese" : "English"
            ),
            fmt::format("{:.0f} µs", typical_us(draft_of_500(both, lang))),
            "1,000 µs for everything");
}

}  // namespace redress::bench
