#include "language/emotion.hpp"

#include "base/embedded.hpp"
#include "base/require.hpp"
#include "language/quoted.hpp"
#include "language/tokens.hpp"

#include <algorithm>

namespace redress::embedded {
std::span<const File> emotion_models();
}  // namespace redress::embedded

namespace redress::language {
namespace {

constexpr std::size_t most_evidence = 6;
constexpr float is_there = 0.5F;
/// Characters of a message in which the writer's own words are looked for.
constexpr std::size_t max_looked_at = 4 * max_scored_characters;
/// A text in which both languages have this many words is read in both.
constexpr std::size_t enough_words = 8;

constexpr std::array<std::pair<Measure, Feeling>, count_of_measures> feeling_of{{
    {Measure::anger, Feeling::angry},
    {Measure::sadness, Feeling::sad},
    {Measure::anxiety, Feeling::anxious},
    {Measure::pleasure, Feeling::pleased},
}};

struct Script {
    std::size_t han{};
    std::size_t words{};
    std::size_t pictures{};

    [[nodiscard]] bool says_something() const { return han + words + pictures > 0; }
};

bool is_picture(char32_t character)
{
    return (character >= 0x1F300 && character < 0x1FB00) ||
           (character >= 0x2600 && character < 0x27C0);
}

Script script_of(std::u32string_view text)
{
    Script script;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (is_han(text[i]))
            ++script.han;
        if (is_word(text[i]) && (i == 0 || !is_word(text[i - 1])))
            ++script.words;
        if (is_picture(text[i]))
            ++script.pictures;
    }
    return script;
}

Felt& felt_at(Emotion& emotion, Feeling feeling)
{
    return emotion.feelings[static_cast<std::size_t>(feeling)];
}

void raise_by_risks(Emotion& emotion)
{
    Felt& angry = felt_at(emotion, Feeling::angry);
    for (const Risk& risk : emotion.risks) {
        emotion.anger = std::max(emotion.anger, risk.anger);
        const auto same = [&](const Evidence& evidence) {
            return evidence.span.overlaps(risk.span);
        };
        if (risk.anger > 0 && std::ranges::none_of(angry.evidence, same))
            angry.evidence.push_back({risk.span, 1});
    }
    std::ranges::sort(angry.evidence, {}, &Evidence::span);
}

/// The likeliest feeling that is there. Anger comes first when rules say so: pleasant words beside
/// a threat do not make it pleasant.
Feeling leading_of(const Emotion& emotion)
{
    if (emotion.anger == 3)
        return Feeling::angry;
    Feeling leading = Feeling::calm;
    float most = is_there;
    for (const auto& [measure, feeling] : feeling_of)
        if (emotion[feeling].confidence >= most) {
            most = emotion[feeling].confidence;
            leading = feeling;
        }
    return leading;
}

}  // namespace

struct EmotionReader::Text {
    Folded folded;
    std::vector<Feature> features;
};

std::string_view to_word(Feeling feeling)
{
    constexpr std::array<std::string_view, count_of_feelings> words{
        "angry",
        "sad",
        "anxious",
        "pleased",
        "calm"};
    return words.at(static_cast<std::size_t>(feeling));
}

EmotionReader::EmotionReader(EmotionModel model, RiskRules rules)
    : model_{std::move(model)}, rules_{std::move(rules)}
{}

std::shared_ptr<const EmotionReader> EmotionReader::built_in()
{
    const auto files = embedded::emotion_models();
    REQUIRE_THAT(files.size() == 1);
    auto model = EmotionModel::read(files.front().bytes);
    REQUIRE_THAT(model.has_value());
    return std::make_shared<const EmotionReader>(std::move(*model), RiskRules::built_in());
}

void EmotionReader::measure(const Text& text, Lang lang, Emotion& emotion) const
{
    const EmotionPart& part = model_.in(lang);
    const auto entries = part.model.vocabulary().vector_of(text.features);
    if (entries.empty())
        return;
    const auto scores = part.model.score(entries);
    for (const auto& [measure, feeling] : feeling_of) {
        const auto head = static_cast<std::size_t>(measure);
        const Calibration& calibration = part.calibrations[head];
        const float confidence = calibration.confidence(scores[head]);
        if (measure == Measure::anger) {
            emotion.anger = std::max(emotion.anger, calibration.level(scores[head]));
            emotion.anger_amount = std::max(emotion.anger_amount, calibration.amount(scores[head]));
        }
        Felt& felt = felt_at(emotion, feeling);
        if (confidence <= felt.confidence)
            continue;
        felt.confidence = confidence;
        if (confidence >= is_there)
            felt.evidence = strongest(
                text.folded,
                part.model.character_weights({text.folded.size(), text.features, entries}, head),
                most_evidence
            );
    }
}

Emotion EmotionReader::read(std::string_view message) const
{
    Emotion emotion;
    for (std::size_t i = 0; i < count_of_feelings; ++i)
        emotion.feelings[i].feeling = static_cast<Feeling>(i);
    Text text;
    const std::string own = own_words(first_code_points(message, max_looked_at));
    text.folded.assign(first_code_points(own, max_scored_characters));
    collect_features(text.folded, text.features);
    const Script script = script_of(text.folded.text());
    const bool has_both = script.han >= enough_words && script.words >= enough_words;
    if (script.says_something() && (has_both || script.han >= script.words))
        measure(text, Lang::zh, emotion);
    if (has_both || script.han < script.words)
        measure(text, Lang::en, emotion);
    emotion.risks = rules_.find(FoldedBytes{text.folded});
    raise_by_risks(emotion);
    float most = 0;
    for (const auto& [measure, feeling] : feeling_of)
        most = std::max(most, emotion[feeling].confidence);
    felt_at(emotion, Feeling::calm).confidence = 1 - most;
    emotion.leading = leading_of(emotion);
    return emotion;
}

CaseEmotion over_case(std::span<const Emotion> messages)
{
    CaseEmotion whole;
    if (messages.empty())
        return whole;
    for (const Emotion& message : messages) {
        whole.anger_at_most = std::max(whole.anger_at_most, message.anger);
        for (const Risk& risk : message.risks)
            if (std::ranges::find(whole.flags, risk.flag) == whole.flags.end())
                whole.flags.push_back(risk.flag);
    }
    whole.anger_now = messages.back().anger;
    const int before = messages.size() > 1 ? messages[messages.size() - 2].anger : whole.anger_now;
    whole.leading = messages.back().leading;
    whole.course = whole.anger_now > before   ? CaseEmotion::Course::rising
                   : whole.anger_now < before ? CaseEmotion::Course::falling
                                              : CaseEmotion::Course::steady;
    return whole;
}

}  // namespace redress::language
