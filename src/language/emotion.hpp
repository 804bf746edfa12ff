#pragma once

#include "language/classifier.hpp"
#include "language/emotion_model.hpp"
#include "language/risks.hpp"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

namespace redress::language {

enum class Feeling { angry, sad, anxious, pleased, calm };
inline constexpr std::size_t count_of_feelings = 5;

/// "angry", "sad", "anxious", "pleased", "calm".
[[nodiscard]] std::string_view to_word(Feeling feeling);

struct Felt {
    Feeling feeling{};
    float confidence{};              ///< from 0.5 on it is said to be there
    std::vector<Evidence> evidence;  ///< the words that gave it away; none for calm
};

/// What a message says of its writer.
struct Emotion {
    int anger{};           ///< 0 none, 1 annoyed, 2 angry, 3 furious or at risk
    float anger_amount{};  ///< the same without steps and without the rules, 0 to 3
    Feeling leading{Feeling::calm};
    std::array<Felt, count_of_feelings> feelings{};  ///< by Feeling
    std::vector<Risk> risks;

    [[nodiscard]] const Felt& operator[](Feeling feeling) const
    {
        return feelings[static_cast<std::size_t>(feeling)];
    }
};

/// Reads feelings and risks in Chinese and English. Immutable; may be shared between threads.
class EmotionReader {
public:
    EmotionReader(EmotionModel model, RiskRules rules);
    /// With the model and rules built into the program; takes a few milliseconds.
    [[nodiscard]] static std::shared_ptr<const EmotionReader> built_in();

    /// Of a customer's message, by the words that are the customer's own (see own_words). A text in
    /// both languages is read in both. Reads the first max_scored_characters; about 0.1 ms for 500.
    [[nodiscard]] Emotion read(std::string_view message) const;

private:
    struct Text;
    void measure(const Text& text, Lang lang, Emotion& emotion) const;

    EmotionModel model_;
    RiskRules rules_;
};

/// How a customer feels over a case.
struct CaseEmotion {
    enum class Course { steady, rising, falling };
    int anger_now{};
    int anger_at_most{};
    Feeling leading{Feeling::calm};  ///< in the last message
    Course course{Course::steady};   ///< of the anger, last message against the one before
    std::vector<std::string> flags;  ///< risks of all messages, each once, in order of time
};

/// Of the customer's messages in order of time; a handler's correction takes the place of what was
/// read.
[[nodiscard]] CaseEmotion over_case(std::span<const Emotion> messages);

}  // namespace redress::language
