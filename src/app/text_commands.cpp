#include "app/text_commands.hpp"

#include "base/catalogue.hpp"
#include "language/analyse.hpp"
#include "language/coach_evaluate.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>
#include <fstream>
#include <iostream>

namespace redress::app {
namespace {

using namespace language;

constexpr int all_right = 0;
constexpr int mistakes_found = 1;
constexpr int cannot_read = 2;

/// The rules of the order, complaining of every mistake in them.
std::optional<LoadedCoach> load_rules(const CoachOrder& order, Lang lang)
{
    if (!std::filesystem::is_directory(order.rules)) {
        fmt::print(std::cerr, "{}\n", say(lang, "coach.cannot_read", {{"file", order.rules}}));
        return std::nullopt;
    }
    LoadedCoach loaded = load_coach(read_coach_folder(order.rules));
    for (const policy::Mistake& mistake : loaded.mistakes)
        fmt::print(std::cerr, "{}\n", policy::to_text(mistake, lang));
    return loaded;
}

struct Labelled {
    std::vector<LabelledReply> replies;
    int answer = all_right;
};

void read_file(const std::string& path, const CoachOrder& order, Labelled& labelled, Lang lang)
{
    std::ifstream file{path};
    if (!file || std::filesystem::is_directory(path)) {
        fmt::print(std::cerr, "{}\n", say(lang, "coach.cannot_read", {{"file", path}}));
        labelled.answer = cannot_read;
        return;
    }
    std::size_t number = 0;
    for (std::string line; std::getline(file, line);) {
        ++number;
        auto reply = read_labelled(line);
        if (!reply) {
            const auto reason = say(lang, reply.error().refusals.front());
            const auto place =
                say(lang, "coach.line", {{"line", std::to_string(number)}, {"reason", reason}});
            fmt::print(std::cerr, "{}: {}\n", path, place);
            labelled.answer = std::max(labelled.answer, mistakes_found);
        } else if (order.half.empty() || reply->half == order.half) {
            labelled.replies.push_back(*std::move(reply));
        }
    }
}

void print_row(const std::string& name, const RuleFigures& figures, const std::string& note)
{
    fmt::print(
        std::cout,
        "{:<24} {:>5} {:>6.3f} {:>5} {:>6.3f}  {}\n",
        name,
        figures.marks,
        figures.recall(),
        figures.hints,
        figures.precision(),
        note
    );
}

std::string note_on(const RuleFigures& figures, Lang lang)
{
    if (figures.hints == 0)
        return say(lang, "coach.never_fired");
    if (figures.on_good > 0)
        return say(lang, "coach.on_good", {{"count", std::to_string(figures.on_good)}});
    return {};
}

}  // namespace

int analyse_texts(std::istream& in, std::ostream& out)
{
    Analyser analyser;
    for (std::string line; std::getline(in, line);)
        if (!trim(line).empty())
            out << analyser.answer(line) << std::endl;
    return all_right;
}

int check_coach(const CoachOrder& order, Lang lang)
{
    std::size_t count = built_in_coach().rules.size();
    if (!order.rules.empty()) {
        const auto loaded = load_rules(order, lang);
        if (!loaded)
            return cannot_read;
        if (!loaded->mistakes.empty())
            return mistakes_found;
        count = loaded->book.rules.size();
    }
    const auto said = say(lang, "coach.rules_right", {{"rules", std::to_string(count)}});
    fmt::print(std::cout, "{}\n", said);
    return all_right;
}

int evaluate_coach(const CoachOrder& order, Lang lang)
{
    LoadedCoach own;
    if (!order.rules.empty()) {
        auto loaded = load_rules(order, lang);
        if (!loaded)
            return cannot_read;
        own = *std::move(loaded);
    }
    const CoachBook& book = order.rules.empty() ? built_in_coach() : own.book;
    Labelled labelled;
    for (const std::string& path : order.files)
        read_file(path, order, labelled, lang);
    const Evaluation evaluation = evaluate(book, labelled.replies);
    const auto heading =
        say(lang, "coach.heading", {{"replies", std::to_string(evaluation.replies)}});
    fmt::print(
        std::cout,
        "{:<24} {:>5} {:>6} {:>5} {:>6}\n",
        heading,
        "marks",
        "recall",
        "hints",
        "precis"
    );
    for (const auto& [rule, figures] : evaluation.rules)
        print_row(rule, figures, note_on(figures, lang));
    print_row(say(lang, "coach.total"), evaluation.total(), {});
    if (order.shows_mistakes)
        for (const std::string& mistake : evaluation.mistakes)
            fmt::print(std::cout, "{}\n", mistake);
    return labelled.answer;
}

}  // namespace redress::app
