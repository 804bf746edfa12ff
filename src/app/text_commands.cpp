#include "app/text_commands.hpp"

#include "base/catalogue.hpp"
#include "language/analyse.hpp"
#include "language/coach_evaluate.hpp"
#include "language/coach_training.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>

namespace redress::app {
namespace {

using namespace language;

constexpr int all_right = 0;
constexpr int mistakes_found = 1;
constexpr int cannot_read = 2;

std::optional<std::string> read_bytes(const std::filesystem::path& path, Lang lang)
{
    std::ifstream file{path, std::ios::binary};
    if (file && !std::filesystem::is_directory(path))
        return std::string{std::istreambuf_iterator<char>{file}, {}};
    fmt::print(std::cerr, "{}\n", say(lang, "coach.cannot_read", {{"file", path.string()}}));
    return std::nullopt;
}

/// The rules of the order, complaining of every mistake in them.
std::optional<LoadedCoach>
load_rules(const CoachOrder& order, Lang lang, const CoachModel& model = built_in_coach_model())
{
    if (!std::filesystem::is_directory(order.rules)) {
        fmt::print(std::cerr, "{}\n", say(lang, "coach.cannot_read", {{"file", order.rules}}));
        return std::nullopt;
    }
    LoadedCoach loaded = load_coach(read_coach_folder(order.rules), model);
    for (const policy::Mistake& mistake : loaded.mistakes)
        fmt::print(std::cerr, "{}\n", policy::to_text(mistake, lang));
    return loaded;
}

/// The model of the order, or the built-in one.
std::optional<CoachModel> model_of(const CoachOrder& order, Lang lang)
{
    if (order.model.empty())
        return built_in_coach_model();
    const auto bytes = read_bytes(order.model, lang);
    if (!bytes)
        return std::nullopt;
    auto model = CoachModel::read(*bytes);
    if (model)
        return *std::move(model);
    fmt::print(std::cerr, "{}\n", say(lang, model.error().refusals.front()));
    return std::nullopt;
}

/// The sentences and word groups of a folder; nothing, after a complaint, when they cannot be read.
std::optional<CoachLessons> lessons_in(const std::string& folder, Lang lang)
{
    CoachLessons lessons;
    const auto groups = read_bytes(std::filesystem::path{folder} / "groups.txt", lang);
    if (!groups)
        return std::nullopt;
    lessons.groups = WordGroups{*groups};
    for (const char* name : {"zh.txt", "en.txt"}) {
        const auto bytes = read_bytes(std::filesystem::path{folder} / name, lang);
        if (!bytes)
            return std::nullopt;
        auto sentences = read_coach_sentences(*bytes);
        if (!sentences) {
            fmt::print(std::cerr, "{}\n", say(lang, sentences.error().refusals.front()));
            return std::nullopt;
        }
        std::ranges::move(*sentences, std::back_inserter(lessons.sentences));
    }
    return lessons;
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
    const auto model = model_of(order, lang);
    if (!model)
        return cannot_read;
    LoadedCoach own;
    if (!order.rules.empty()) {
        auto loaded = load_rules(order, lang, *model);
        if (!loaded)
            return cannot_read;
        own = *std::move(loaded);
    } else if (!order.model.empty()) {
        own = load_built_in_coach(*model);
    }
    const CoachBook& book = own.book.rules.empty() ? built_in_coach() : own.book;
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

int train_coach_model(const CoachOrder& order, Lang lang)
{
    auto lessons = lessons_in(order.sentences, lang);
    if (!lessons)
        return cannot_read;
    CoachOrder tuned = order;
    tuned.half = "tune";
    Labelled labelled;
    for (const std::string& path : order.files)
        read_file(path, tuned, labelled, lang);
    lessons->replies = std::move(labelled.replies);
    std::ranges::move(replies_of(built_in_guide()), std::back_inserter(lessons->replies));
    const CoachModel none{{}, {}, {}};
    const CoachModel model = train_coach(*lessons, load_built_in_coach(none).book);
    const std::string bytes = model.write();
    std::ofstream out{order.model, std::ios::binary};
    out << bytes;
    if (!out.flush()) {
        fmt::print(std::cerr, "{}\n", say(lang, "coach.cannot_write", {{"file", order.model}}));
        return cannot_read;
    }
    const auto said =
        say(lang,
            "coach.trained",
            {{"rules", std::to_string(model.rules().size())},
             {"sentences", std::to_string(lessons->sentences.size())},
             {"replies", std::to_string(lessons->replies.size())},
             {"bytes", std::to_string(bytes.size())}});
    fmt::print(std::cout, "{}\n", said);
    return labelled.answer;
}

}  // namespace redress::app
