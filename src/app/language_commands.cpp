#include "app/language_commands.hpp"

#include "base/catalogue.hpp"
#include "base/json.hpp"
#include "language/classifier_training.hpp"
#include "language/emotion_training.hpp"
#include "language/tokens.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <array>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <iterator>
#include <optional>

namespace redress::app {
namespace {

using namespace language;

constexpr int all_right = 0;
constexpr int refused = 1;
constexpr int cannot_read = 2;
constexpr std::size_t guesses_shown = 3;

std::optional<std::string> read_file(const std::filesystem::path& path, Lang lang)
{
    std::ifstream file{path, std::ios::binary};
    if (!file || std::filesystem::is_directory(path)) {
        fmt::print(
            std::cerr,
            "{}\n",
            say(lang, "classifier.cannot_read", {{"file", path.string()}})
        );
        return std::nullopt;
    }
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

int write_file(const std::string& path, std::string_view bytes, Lang lang)
{
    std::ofstream file{path, std::ios::binary};
    file.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    if (file.flush())
        return all_right;
    fmt::print(std::cerr, "{}\n", say(lang, "classifier.cannot_write", {{"file", path}}));
    return cannot_read;
}

int complain(const Denied& denied, Lang lang)
{
    for (const Refusal& refusal : denied.refusals)
        fmt::print(std::cerr, "{}\n", say(lang, refusal));
    return refused;
}

/// The labelled texts of a file, or the answer of the command.
std::expected<std::vector<LabelledText>, int> read_texts(const ClassifierOrder& order, Lang lang)
{
    const auto bytes = read_file(order.input, lang);
    if (!bytes)
        return std::unexpected{cannot_read};
    auto texts = read_labelled_texts(*bytes);
    if (!texts)
        return std::unexpected{complain(texts.error(), lang)};
    return std::move(*texts);
}

std::expected<Classifier, int> read_classifier(const ClassifierOrder& order, Lang lang)
{
    const auto bytes = read_file(order.model, lang);
    if (!bytes)
        return std::unexpected{cannot_read};
    auto classifier = Classifier::read(*bytes);
    if (!classifier)
        return std::unexpected{complain(classifier.error(), lang)};
    return std::move(*classifier);
}

std::string in_percent(double share)
{
    return fmt::format("{:.1f} %", share * 100);
}

void print_confusion(const Score& score, Lang lang)
{
    fmt::print("\n{}\n", say(lang, "classifier.confusion"));
    for (std::size_t i = 0; i < score.labels.size(); ++i)
        fmt::print("{}\t{}\n", fmt::join(score.confusion[i], "\t"), score.labels[i].label);
}

void print_score(const Score& score, Lang lang)
{
    const auto line = [&](const std::string& key, const std::string& figure) {
        fmt::print("{}: {}\n", say(lang, "classifier." + key), figure);
    };
    line("texts", fmt::to_string(score.texts));
    line("accuracy", fmt::format("{:.4f}", score.accuracy));
    line("macro_f1", fmt::format("{:.4f}", score.macro_f1));
    line("answered", in_percent(score.answered));
    line("answered_right", in_percent(score.answered_right));
    fmt::print("\n{}\n", say(lang, "classifier.columns"));
    for (const auto& label : score.labels)
        fmt::print(
            "{:.4f}\t{:.4f}\t{:.4f}\t{}\t{}\n",
            label.precision,
            label.recall,
            label.f1,
            label.texts,
            label.label
        );
    print_confusion(score, lang);
}

json::object to_json(const Score& score)
{
    json::array labels;
    for (std::size_t i = 0; i < score.labels.size(); ++i) {
        const auto& label = score.labels[i];
        labels.push_back(json::object{
            {"label", label.label},
            {"texts", label.texts},
            {"precision", label.precision},
            {"recall", label.recall},
            {"f1", label.f1},
            {"guessed_as", json::array(score.confusion[i].begin(), score.confusion[i].end())}});
    }
    return {
        {"texts", score.texts},
        {"accuracy", score.accuracy},
        {"macro_f1", score.macro_f1},
        {"answered", score.answered},
        {"answered_right", score.answered_right},
        {"labels", std::move(labels)}};
}

/// The likeliest labels of a text with the words that speak for each.
void explain_text(const Classifier& classifier, std::string_view text, Lang lang)
{
    const Verdict verdict = classifier.classify(text);
    if (verdict.is_unsure)
        fmt::print("{}\n", say(lang, "classifier.unsure"));
    const std::size_t shown = std::min(guesses_shown, verdict.guesses.size());
    for (const Guess& guess : std::span{verdict.guesses}.first(shown)) {
        std::vector<std::string_view> words;
        for (const Evidence& evidence : classifier.explain(text, guess.label)) {
            const auto before = first_code_points(text, evidence.span.begin);
            words.push_back(first_code_points(text.substr(before.size()), evidence.span.size()));
        }
        fmt::print("{:.3f}\t{}\t{}\n", guess.confidence, guess.label, fmt::join(words, " "));
    }
}

/// What the shipped model learns from. Only data whose licence lets models made from it be shipped;
/// docs/language.md names each.
constexpr std::string_view sources =
    "BRIGHTER (SemEval-2025 task 11), CC BY 4.0; GoEmotions, Apache-2.0; XED, CC BY 4.0; "
    "complaints written for Redress, Apache-2.0";

using FeltTexts = std::vector<FeltText>;

/// Adds a corpus of `data`, or says which file is missing.
template <class Read>
bool add_corpus(FeltTexts& texts, const std::filesystem::path& file, Lang reader, const Read& read)
{
    const auto bytes = read_file(file, reader);
    if (!bytes)
        return false;
    const FeltTexts more = read(*bytes);
    texts.insert(texts.end(), more.begin(), more.end());
    return true;
}

/// The lines that are in a language: Chinese is what has Han characters.
std::string lines_in(std::string_view tsv, Lang lang)
{
    std::string lines;
    for (std::size_t begin = 0; begin < tsv.size();) {
        const auto end = std::min(tsv.find('\n', begin), tsv.size());
        const auto line = tsv.substr(begin, end - begin);
        const Folded folded{line};
        if (std::ranges::any_of(folded.text(), is_han) == (lang == Lang::zh))
            lines.append(line).append("\n");
        begin = end + 1;
    }
    return lines;
}

std::optional<FeltTexts> felt_texts(const ClassifierOrder& order, Lang lang, Lang reader)
{
    const std::filesystem::path data = order.data;
    const auto own = std::filesystem::path{order.model}.parent_path();
    const auto brighter = [lang](std::string_view csv) { return read_brighter(csv, lang); };
    const auto xed = [lang](std::string_view tsv) { return read_xed(tsv, lang); };
    const auto complaints = [lang](std::string_view tsv) { return read_complaints(tsv, lang); };
    const bool is_zh = lang == Lang::zh;
    const std::string code = is_zh ? "chn" : "eng";
    FeltTexts texts;
    bool has_all = true;
    const auto add = [&](const std::filesystem::path& file, const auto& read) {
        has_all = add_corpus(texts, file, reader, read) && has_all;
    };
    for (const char* part : {"train", "dev"}) {
        add(data / "brighter" / fmt::format("track_b_{}_{}.csv", code, part), brighter);
        if (!is_zh)
            add(data / "goemotions" / fmt::format("{}.tsv", part), read_goemotions);
    }
    if (is_zh) {
        add(data / "xed" / "cn.tsv", xed);
        add(data / "xed" / "zh.tsv", xed);
    } else {
        add(data / "xed" / "en.tsv", xed);
    }
    add(own / (is_zh ? "complaints.zh.tsv" : "complaints.en.tsv"), complaints);
    if (!order.corrections.empty())
        add(order.corrections,
            [lang](std::string_view tsv) { return read_complaints(lines_in(tsv, lang), lang); });
    return has_all ? std::optional{std::move(texts)} : std::nullopt;
}

void print_figures(const TrainedEmotion& trained, Lang lang, Lang reader)
{
    constexpr std::array<std::string_view, count_of_measures> names{
        "anger",
        "sadness",
        "anxiety",
        "pleasure"};
    for (std::size_t i = 0; i < names.size(); ++i)
        fmt::print(
            "{}\n",
            say(reader,
                "classifier.emotion_figures",
                {{"language", std::string{to_tag(lang)}},
                 {"measure", std::string{names[i]}},
                 {"auc", fmt::format("{:.3f}", trained.figures[i].auc)},
                 {"f1", fmt::format("{:.3f}", trained.figures[i].f1)},
                 {"pearson", fmt::format("{:.3f}", trained.figures[i].pearson)}})
        );
}

}  // namespace

int learn_categories(const ClassifierOrder& order, Lang lang)
{
    const auto texts = read_texts(order, lang);
    if (!texts)
        return texts.error();
    const auto classifier = train_classifier(*texts);
    if (!classifier)
        return complain(classifier.error(), lang);
    fmt::print(
        "{}\n",
        say(lang,
            "classifier.trained",
            {{"texts", fmt::to_string(texts->size())},
             {"labels", fmt::to_string(classifier->labels().size())},
             {"file", order.model}})
    );
    return write_file(order.model, classifier->write(), lang);
}

int measure_categories(const ClassifierOrder& order, Lang lang)
{
    const auto texts = read_texts(order, lang);
    if (!texts)
        return texts.error();
    const auto classifier = read_classifier(order, lang);
    if (!classifier)
        return classifier.error();
    const Score score = language::evaluate(*classifier, *texts);
    if (order.as_json)
        fmt::print("{}\n", json::serialize(to_json(score)));
    else
        print_score(score, lang);
    return all_right;
}

int explain_category(const ClassifierOrder& order, Lang lang)
{
    const auto classifier = read_classifier(order, lang);
    if (!classifier)
        return classifier.error();
    if (!order.text.empty()) {
        explain_text(*classifier, order.text, lang);
        return all_right;
    }
    for (std::string line; std::getline(std::cin, line);)
        explain_text(*classifier, line, lang);
    return all_right;
}

int train_emotion_model(const ClassifierOrder& order, Lang lang)
{
    EmotionModel model;
    model.sources = sources;
    for (const Lang of : {Lang::zh, Lang::en}) {
        const auto texts = felt_texts(order, of, lang);
        if (!texts)
            return cannot_read;
        TrainedEmotion trained = train_emotion(*texts);
        print_figures(trained, of, lang);
        (of == Lang::zh ? model.zh : model.en) = std::move(trained.part);
    }
    return write_file(order.model, model.write(), lang);
}

}  // namespace redress::app
