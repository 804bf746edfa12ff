// What the classifier, the emotion model and the coach reach on texts they have not learned from,
// and how long they take. DATA is the folder with the corpora, MODELS that of the shipped model;
// prints Markdown.
#include "base/text.hpp"
#include "language/classifier_training.hpp"
#include "language/emotion.hpp"
#include "language/emotion_training.hpp"
#include "language/tokens.hpp"
#include "language_coach.hpp"
#include "language_corpora.hpp"

#include <fmt/format.h>

#include <chrono>
#include <cmath>
#include <cstdio>
#include <ctime>
#include <filesystem>

using namespace redress;
using namespace redress::language;
using redress::bench::Corpora;
using redress::bench::split_of;
using redress::bench::Texts;

namespace {

using Clock = std::chrono::steady_clock;

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

Score learn_and_judge(const bench::Split& split)
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

void measure_categories(const Corpora& data)
{
    row("seven public-service classes, macro F1",
        in_full(learn_and_judge(
            split_of(data.labelled("taidi_zhengwu/messages_segmented_labelled_train.tsv"))
        )),
        "0.90");
    row("eight telecom complaint classes, macro F1",
        in_full(learn_and_judge(split_of(data.labelled("cocc/cocc.tsv")))),
        "0.87");
}

void measure_bureau(const Corpora& data)
{
    const Texts texts = data.bureau();
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

void measure_sentiment(const Corpora& data)
{
    const auto by_domain = data.shopping();
    Texts all;
    double sum = 0;
    for (const auto& [domain, texts] : by_domain) {
        bench::Split split;
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
            in_digits(learn_and_judge({all, data.reviews(file)}).accuracy),
            "0.85");
    while (all.size() < 58'000)
        all.push_back({all[all.size() / 2].label, all[all.size() / 3].text});
    all.resize(58'000);
    const auto begin = std::clock();
    static_cast<void>(train_classifier(all));
    row("learning 58,000 short texts, processor time",
        fmt::format("{:.1f} s", static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC),
        "10 s");
}

/// How far confidence is from being right, in tenths.
void measure_confidence(const Corpora& data)
{
    const bench::Split split = split_of(data.labelled("cocc/cocc.tsv"));
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

void judge_weibo(const Corpora& data, const EmotionPart& part, const char* file)
{
    std::vector<std::pair<float, bool>> scored;
    for (const LabelledText& text : data.labelled(std::filesystem::path{"smp2020_ewect"} / file))
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

void measure_chinese_emotion(const Corpora& data, const Corpora& own)
{
    std::vector<FeltText> texts;
    add(texts, read_brighter(data.bytes_of("brighter/track_b_chn_train.csv"), Lang::zh));
    add(texts, read_xed(data.bytes_of("xed/cn.tsv"), Lang::zh));
    add(texts, read_xed(data.bytes_of("xed/zh.tsv"), Lang::zh));
    print_turns(train_emotion(texts), "BRIGHTER Chinese", "F1 0.78, r 0.65");
    add(texts, read_complaints(own.bytes_of("complaints.zh.tsv"), Lang::zh));
    const TrainedEmotion trained = train_emotion(texts);
    judge(
        trained.part,
        read_brighter(data.bytes_of("brighter/track_b_chn_dev.csv"), Lang::zh),
        "BRIGHTER Chinese anger, dev part",
        "F1 0.78, r 0.65"
    );
    judge_weibo(data, trained.part, "usual_test_labeled.tsv");
    judge_weibo(data, trained.part, "virus_train.tsv");
}

void measure_english_emotion(const Corpora& data, const Corpora& own)
{
    std::vector<FeltText> texts;
    add(texts, read_goemotions(data.bytes_of("goemotions/train.tsv")));
    add(texts, read_brighter(data.bytes_of("brighter/track_b_eng_train.csv"), Lang::en));
    add(texts, read_xed(data.bytes_of("xed/en.tsv"), Lang::en));
    add(texts, read_complaints(own.bytes_of("complaints.en.tsv"), Lang::en));
    const TrainedEmotion trained = train_emotion(texts);
    print_turns(trained, "GoEmotions", "F1 0.48");
    judge(
        trained.part,
        read_goemotions(data.bytes_of("goemotions/dev.tsv")),
        "GoEmotions anger, dev part",
        "F1 0.48"
    );
    judge(
        trained.part,
        read_brighter(data.bytes_of("brighter/track_b_eng_dev.csv"), Lang::en),
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

void measure_speed(const Corpora& data)
{
    const auto begin = Clock::now();
    const auto reader = EmotionReader::built_in();
    row("loading the emotion model and rules",
        fmt::format("{:.0f} ms", seconds_since(begin) * 1e3),
        "");
    const auto classifier = train_classifier(split_of(data.labelled("cocc/cocc.tsv")).learned);
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
    const Corpora data{arguments[1]};
    const std::filesystem::path models = arguments[2];
    const Corpora own{models};
    fmt::print("| what | figure | floor |\n| --- | --- | --- |\n");
    measure_chinese_emotion(data, own);
    measure_english_emotion(data, own);
    measure_categories(data);
    measure_bureau(data);
    measure_sentiment(data);
    measure_confidence(data);
    row("size of the emotion model",
        fmt::format(
            "{:.2f} MB",
            static_cast<double>(std::filesystem::file_size(models / "emotion.model")) / 1e6
        ),
        "2.5 MB");
    measure_speed(data);
    bench::measure_coach(models.parent_path() / "tests" / "coach", row);
    return 0;
}
