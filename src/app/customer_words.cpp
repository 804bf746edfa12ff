#include "app/customer_words.hpp"

#include <cmath>
#include <fstream>
#include <iterator>
#include <map>
#include <stdexcept>

namespace redress::app {
namespace {

constexpr std::size_t most_words = 12;

/// The input in which a command brings the customer's words.
std::string_view words_of(std::string_view verb)
{
    static const std::map<std::string_view, std::string_view> inputs{
        {"receive", "description"},
        {"receive_message", "text"},
        {"receive_information", "info_text"},
        {"counter_offer", "counter_text"},
        {"report_dissatisfaction", "dissatisfaction_text"},
        {"receive_new_facts", "new_facts"}};
    const auto found = inputs.find(verb);
    return found == inputs.end() ? std::string_view{} : found->second;
}

void add_words(std::vector<cases::ReadWords>& to, std::string_view says, language::Span span)
{
    if (to.size() < most_words)
        to.push_back({std::string{says}, std::int64_t{span.begin}, std::int64_t{span.end}});
}

cases::Reading reading_of(const language::Emotion& emotion, std::string_view input)
{
    cases::Reading reading;
    reading.of = input;
    reading.feeling = language::to_word(emotion.leading);
    reading.anger = emotion.anger;
    reading.sure = std::lround(100 * emotion[emotion.leading].confidence);
    for (const auto& felt : emotion.feelings)
        if (felt.confidence >= 0.5F)
            for (const auto& evidence : felt.evidence)
                add_words(reading.words, language::to_word(felt.feeling), evidence.span);
    for (const auto& risk : emotion.risks)
        add_words(reading.risks, risk.flag, risk.span);
    return reading;
}

}  // namespace

cases::Command with_reading(cases::Command command, const language::EmotionReader& reader)
{
    const auto input = words_of(command.verb);
    if (command.reading || input.empty())
        return command;
    if (const auto words = string_at(command.inputs, input); !words.empty())
        command.reading = reading_of(reader.read(words), input);
    return command;
}

std::shared_ptr<const language::EmotionReader> emotion_reader(const std::filesystem::path& file)
{
    if (file.empty()) {
        static const auto built_in = language::EmotionReader::built_in();
        return built_in;
    }
    std::ifstream in{file, std::ios::binary};
    const std::string bytes{std::istreambuf_iterator<char>{in}, {}};
    auto model = language::EmotionModel::read(bytes);
    if (!model)
        throw std::runtime_error{
            file.string() +
            " is no emotion model; make one with `redress classifier train-emotion`"};
    return std::make_shared<const language::EmotionReader>(
        *std::move(model),
        language::RiskRules::built_in()
    );
}

}  // namespace redress::app
