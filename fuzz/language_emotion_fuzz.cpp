// links: redress_language
// Any message gives feelings between 0 and 1 and spans inside the message; any bytes that claim to
// be a model are refused or give one that answers.
#include "base/require.hpp"
#include "base/text.hpp"
#include "language/classifier.hpp"
#include "language/emotion.hpp"

#include <cmath>
#include <cstdint>

using namespace redress::language;

namespace {

const EmotionReader& reader()
{
    static const auto built_in = EmotionReader::built_in();
    return *built_in;
}

void check_message(std::string_view text)
{
    const Emotion emotion = reader().read(text);
    const auto characters = redress::count_code_points(text);
    REQUIRE_THAT(emotion.anger >= 0 && emotion.anger <= 3);
    REQUIRE_THAT(emotion.anger_amount >= 0 && emotion.anger_amount <= 3);
    for (const Felt& felt : emotion.feelings) {
        REQUIRE_THAT(felt.confidence >= 0 && felt.confidence <= 1);
        for (const Evidence& evidence : felt.evidence)
            REQUIRE_THAT(!evidence.span.empty() && evidence.span.end <= characters);
    }
    for (const Risk& risk : emotion.risks)
        REQUIRE_THAT(!risk.span.empty() && risk.span.end <= characters);
}

/// The checksum is put right, so that what lies behind it is reached.
void check_model(std::string_view bytes)
{
    const auto classifier = Classifier::read(sealed("redress classifier 1", bytes));
    if (!classifier)
        return;
    const Verdict verdict = classifier->classify("请退款 refund");
    REQUIRE_THAT(verdict.guesses.size() == classifier->labels().size());
    for (const Guess& guess : verdict.guesses)
        static_cast<void>(classifier->explain("请退款 refund", guess.label));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(bytes), size};
    check_message(text);
    check_model(text);
    return 0;
}
