// What the classifier and the emotion model reach on texts they have not learned from, and how long
// they take. Usage: redress_language_bench DATA, the folder with the corpora; prints Markdown.
#include "base/csv.hpp"
#include "language/classifier_training.hpp"
#include "language/emotion.hpp"
#include "language/emotion_training.hpp"
#include "language/tokens.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <numeric>

using namespace redress;
using namespace redress::language;

namespace {

using Texts = std::vector<LabelledText>;
using Clock = std::chrono::steady_clock;

std::filesystem::path data;

std::string bytes_of(const std::filesystem::path& file)
{
    std::ifstream in{data / file, std::ios::binary};
    if (!in)
        fmt::print(stderr, "{} is missing\n", (data / file).string());
    return {std::istreambuf_iterator<char>{in}, {}};
}

void row(std::string_view what, const std::string& figure, std::string_view floor)
{
    fmt::print("| {} | {} | {} |\n", what, figure, floor);
    std::fflush(stdout);
}

std::string in_digits(double figure)
{
    return fmt::format("{:.3f}", figure);
}

double seconds_since(Clock::time_point begin)
{
    return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// A number that depends only on the text, so that equal texts stay on one side of a split.
std::uint32_t lot_of(std::string_view text)
{
    std::uint64_t hash = 1469598103934665603ULL;
    for (const char c : text)
        hash = (hash ^ static_cast<unsigned char>(c)) * 1099511628211ULL;
    return static_cast<std::uint32_t>((hash ^ (hash >> 33)) * 0x9E3779B97F4A7C15ULL >> 40);
}

struct Split {
    Texts learned;
    Texts kept_back;
};

/// Every fifth text is kept back.
Split split_of(const Texts& texts, std::uint32_t turn = 0)
{
    Split split;
    for (const LabelledText& text : texts)
        (lot_of(text.text) % 5 == turn ? split.kept_back : split.learned).push_back(text);
    return split;
}

Texts read_tsv(const std::filesystem::path& file)
{
    const std::string bytes = bytes_of(file);
    const auto heading = bytes.find('\n');
    auto texts =
        read_labelled_texts(std::string_view{bytes}.substr(std::min(heading + 1, bytes.size())));
    return texts ? std::move(*texts) : Texts{};
}

template <class Take>
void for_each_row(const std::filesystem::path& file, const Take& take)
{
    const std::string bytes = bytes_of(file);
    bool is_read = false;
    CsvReader reader{
        [&] { return std::exchange(is_read, true) ? std::string_view{} : std::string_view{bytes}; },
        {}};
    CsvRow row;
    static_cast<void>(reader.next(row));
    while (reader.next(row))
        take(row.cells);
}

Score learn_and_judge(const Split& split)
{
    const auto classifier = train_classifier(split.learned);
    return classifier ? evaluate(*classifier, split.kept_back) : Score{};
}

std::string in_full(const Score& score)
{
    return fmt::format(
        "{:.3f} (accuracy {:.3f}; sure of {:.0f} %, {:.1f} % of those right)",
        score.macro_f1,
        score.accuracy,
        100 * score.answered,
        100 * score.answered_right
    );
}

void measure_categories()
{
    row("seven public-service classes, macro F1",
        in_full(learn_and_judge(
            split_of(read_tsv("taidi_zhengwu/messages_segmented_labelled_train.tsv"))
        )),
        "0.90");
    row("eight telecom complaint classes, macro F1",
        in_full(learn_and_judge(split_of(read_tsv("cocc/cocc.tsv")))),
        "0.87");
}

/// The five products with most narratives under one name each, at most 80 of each, so that none
/// outweighs the others.
Texts bureau_texts()
{
    const std::map<std::string, std::string> names{
        {"Credit reporting", "credit reporting"},
        {"Debt collection", "debt collection"},
        {"Mortgage", "mortgage"},
        {"Credit card", "card"},
        {"Prepaid card", "card"},
        {"Checking or savings", "bank account"},
        {"Bank account", "bank account"}};
    std::map<std::string, int> taken;
    Texts texts;
    for_each_row("cfpb/cfpb_full_columns_mixed_samples.csv", [&](const auto& cells) {
        if (cells.size() < 6 || cells[5].empty())
            return;
        for (const auto& [begin, name] : names)
            if (cells[1].starts_with(begin) && taken[name]++ < 80)
                texts.push_back({name, cells[5]});
    });
    return texts;
}

void measure_bureau()
{
    const Texts texts = bureau_texts();
    double sum = 0;
    for (std::uint32_t turn = 0; turn < 5; ++turn)
        sum += learn_and_judge(split_of(texts, turn)).macro_f1;
    row(fmt::format(
            "five products of the CFPB, {} narratives in five turns, macro F1",
            texts.size()
        ),
        in_digits(sum / 5),
        "0.75 with 900");
}

std::map<std::string, Texts> shopping_texts()
{
    std::map<std::string, Texts> by_domain;
    for_each_row("online_shopping_10_cats/shopping.csv", [&](const auto& cells) {
        if (cells.size() >= 3)
            by_domain[cells[0]].push_back({cells[1], cells[2]});
    });
    return by_domain;
}

Texts review_texts(const std::filesystem::path& file)
{
    Texts texts;
    for_each_row(file, [&](const auto& cells) {
        if (cells.size() >= 2)
            texts.push_back({cells[0], cells[1]});
    });
    return texts;
}

void measure_sentiment()
{
    const auto by_domain = shopping_texts();
    Texts all;
    double sum = 0;
    for (const auto& [domain, texts] : by_domain) {
        Split split;
        split.kept_back = texts;
        for (const auto& [other, more] : by_domain)
            if (other != domain)
                split.learned.insert(split.learned.end(), more.begin(), more.end());
        const double accuracy = learn_and_judge(split).accuracy;
        sum += accuracy;
        row("sentiment, domain not learned: " + domain + ", accuracy", in_digits(accuracy), "");
        all.insert(all.end(), texts.begin(), texts.end());
    }
    row("sentiment, mean of the domains above",
        in_digits(sum / static_cast<double>(by_domain.size())),
        "0.85");
    for (const char* file : {"chnsenticorp_htl/hotel.csv", "waimai_10k/waimai.csv"})
        row(fmt::format("sentiment, learned from shopping, {}, accuracy", file),
            in_digits(learn_and_judge({all, review_texts(file)}).accuracy),
            "0.85");
    while (all.size() < 58'000)
        all.push_back({all[all.size() / 2].label, all[all.size() / 3].text});
    all.resize(58'000);
    const auto begin = Clock::now();
    static_cast<void>(train_classifier(all));
    row("learning 58,000 short texts", fmt::format("{:.1f} s", seconds_since(begin)), "10 s");
}

/// How far confidence is from being right, in tenths.
void measure_confidence()
{
    const Split split = split_of(read_tsv("cocc/cocc.tsv"));
    const auto classifier = train_classifier(split.learned);
    std::array<double, 11> confident{};
    std::array<double, 11> right{};
    for (const LabelledText& text : split.kept_back) {
        const auto guess = classifier->classify(text.text).guesses.front();
        const auto tenth = static_cast<std::size_t>(guess.confidence * 10);
        confident[tenth] += static_cast<double>(guess.confidence);
        right[tenth] += guess.label == text.label ? 1.0 : 0.0;
    }
    double error = 0;
    for (std::size_t i = 0; i < confident.size(); ++i)
        error += std::abs(confident[i] - right[i]);
    row("confidence against truth, mean distance (telecom)",
        in_digits(error / static_cast<double>(split.kept_back.size())),
        "");
}

void add(std::vector<FeltText>& texts, std::vector<FeltText> more, bool is_held_back = false)
{
    for (FeltText& text : more) {
        text.is_held_back = is_held_back;
        texts.push_back(std::move(text));
    }
}

float score_of(const EmotionPart& part, std::string_view text, Measure measure)
{
    std::vector<Feature> features;
    collect_features(Folded{text}, features);
    return part.model.score(part.model.vocabulary().vector_of(features)
    )[static_cast<std::size_t>(measure)];
}

void judge(
    const EmotionPart& part,
    std::span<const FeltText> texts,
    const std::string& name,
    std::string_view floor
)
{
    const Calibration& calibration = part.calibrations[0];
    std::vector<std::pair<float, bool>> scored;
    std::vector<std::pair<float, float>> amounts;
    for (const FeltText& text : texts) {
        const float score = score_of(part, text.text, Measure::anger);
        scored.emplace_back(score, text.amounts[0] >= 1);
        amounts.emplace_back(calibration.amount(score), text.amounts[0]);
    }
    row(name,
        fmt::format(
            "AUC {:.3f}, F1 {:.3f}, intensity r {:.3f}",
            area_under_curve(scored),
            f1_at(scored, calibration.threshold),
            pearson(amounts)
        ),
        floor);
}

void judge_weibo(const EmotionPart& part, const char* file)
{
    std::vector<std::pair<float, bool>> scored;
    for (const LabelledText& text : read_tsv(std::filesystem::path{"smp2020_ewect"} / file))
        scored.emplace_back(score_of(part, text.text, Measure::anger), text.label == "angry");
    row(fmt::format("Weibo anger against the rest, {}", file),
        fmt::format("AUC {:.3f}", area_under_curve(scored)),
        "AUC 0.78");
}

void print_turns(const TrainedEmotion& trained, const std::string& name, std::string_view floor)
{
    constexpr std::array<std::string_view, count_of_measures> measures{
        "anger",
        "sadness",
        "anxiety",
        "pleasure"};
    for (std::size_t i = 0; i < measures.size(); ++i)
        row(fmt::format("{} {}, five turns", name, measures[i]),
            fmt::format(
                "AUC {:.3f}, F1 {:.3f}, intensity r {:.3f}",
                trained.figures[i].auc,
                trained.figures[i].f1,
                trained.figures[i].pearson
            ),
            i == 0 ? floor : "");
}

void measure_chinese_emotion(const std::filesystem::path& own)
{
    std::vector<FeltText> texts;
    add(texts, read_brighter(bytes_of("brighter/track_b_chn_train.csv"), Lang::zh));
    add(texts, read_xed(bytes_of("xed/cn.tsv"), Lang::zh));
    add(texts, read_xed(bytes_of("xed/zh.tsv"), Lang::zh));
    print_turns(train_emotion(texts), "BRIGHTER Chinese", "F1 0.78, r 0.65");
    add(texts, read_complaints(bytes_of(own / "complaints.zh.tsv"), Lang::zh));
    const TrainedEmotion trained = train_emotion(texts);
    judge(
        trained.part,
        read_brighter(bytes_of("brighter/track_b_chn_dev.csv"), Lang::zh),
        "BRIGHTER Chinese anger, dev part",
        "F1 0.78, r 0.65"
    );
    judge_weibo(trained.part, "usual_test_labeled.tsv");
    judge_weibo(trained.part, "virus_train.tsv");
}

void measure_english_emotion(const std::filesystem::path& own)
{
    std::vector<FeltText> texts;
    add(texts, read_goemotions(bytes_of("goemotions/train.tsv")));
    add(texts, read_brighter(bytes_of("brighter/track_b_eng_train.csv"), Lang::en));
    add(texts, read_xed(bytes_of("xed/en.tsv"), Lang::en));
    add(texts, read_complaints(bytes_of(own / "complaints.en.tsv"), Lang::en));
    const TrainedEmotion trained = train_emotion(texts);
    print_turns(trained, "GoEmotions", "F1 0.48");
    judge(
        trained.part,
        read_goemotions(bytes_of("goemotions/dev.tsv")),
        "GoEmotions anger, dev part",
        "F1 0.48"
    );
    judge(
        trained.part,
        read_brighter(bytes_of("brighter/track_b_eng_dev.csv"), Lang::en),
        "BRIGHTER English anger, dev part",
        ""
    );
}

/// The median time of a call, in microseconds.
template <class Call>
double typical_us(const Call& call)
{
    std::vector<double> times;
    for (int i = 0; i < 300; ++i) {
        const auto begin = Clock::now();
        call();
        times.push_back(seconds_since(begin) * 1e6);
    }
    std::ranges::sort(times);
    return times[times.size() / 2];
}

std::string of_500(std::string_view piece)
{
    std::string text;
    while (count_code_points(text) < 500)
        text += piece;
    return std::string{first_code_points(text, 500)};
}

void measure_speed()
{
    const auto begin = Clock::now();
    const auto reader = EmotionReader::built_in();
    row("loading the emotion model and rules",
        fmt::format("{:.0f} ms", seconds_since(begin) * 1e3),
        "");
    const auto classifier = train_classifier(split_of(read_tsv("cocc/cocc.tsv")).learned);
    const std::vector<std::pair<std::string_view, std::string>> texts{
        {"Chinese",
         of_500(
             "你们的客服态度太差了，三天了没人管，退款到现在还没到账，我打了八次电话，再不处理就曝光。"
         )},
        {"English",
         of_500(
             "This is the third time I have called about this and nobody helps, it is ridiculous! "
         )}};
    for (const auto& [name, text] : texts) {
        row(fmt::format("emotion and risks of 500 characters, {}", name),
            fmt::format("{:.0f} µs", typical_us([&] { static_cast<void>(reader->read(text)); })),
            "1,000 µs for everything");
        row(fmt::format("category of 500 characters, {}", name),
            fmt::format("{:.0f} µs", typical_us([&] {
                            static_cast<void>(classifier->classify(text));
                        })),
            "");
        row(fmt::format("folding and search tokens of 500 characters, {}", name),
            fmt::format("{:.0f} µs", typical_us([&] {
                            static_cast<void>(count_tokens(Folded{text}));
                        })),
            "");
    }
}

}  // namespace

int main(int count, char** arguments)
{
    if (count != 3) {
        fmt::print(stderr, "usage: redress_language_bench DATA MODELS\n");
        return 2;
    }
    data = std::filesystem::absolute(arguments[1]);
    const auto own = std::filesystem::absolute(arguments[2]);
    fmt::print("| what | figure | floor |\n| --- | --- | --- |\n");
    measure_chinese_emotion(own);
    measure_english_emotion(own);
    measure_categories();
    measure_bureau();
    measure_sentiment();
    measure_confidence();
    row("size of the emotion model",
        fmt::format(
            "{:.2f} MB",
            static_cast<double>(std::filesystem::file_size(own / "emotion.model")) / 1e6
        ),
        "2.5 MB");
    measure_speed();
    return 0;
}
