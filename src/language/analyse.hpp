#pragma once

#include "base/json.hpp"
#include "language/emotion.hpp"
#include "policy/calendar.hpp"

#include <map>
#include <memory>
#include <string>
#include <string_view>

namespace redress::language {

/// Answers `redress text analyse`. One JSON line in:
///   {"text":…, "role":"customer"|"agent", "lang":null|"zh"|"en", "now":RFC 3339, "tz":…,
///    "facts":{"our_fault":null|bool, "first_reply":bool, "emotion":…, "anger":0…3, "need":…,
///             "type":…, "exceeds_offer":bool, "facts_known":bool, "customer_text":…}}
/// One JSON line out: "tokens" (count), "emotion" and "risk" (of a customer's words), "promises",
/// "hints", "strengths" and "score" (of an agent's), each with "begin", "end" (characters of the
/// text) and "confidence". Only "text" and "role" are needed; without "now" no promise is looked
/// for, without "tz" Asia/Shanghai is meant. What cannot be read is answered by {"error":…}.
/// Remembers calendars, so one thread at a time.
class Analyser {
public:
    Analyser();

    /// Never throws on what is written; no line break in the answer.
    [[nodiscard]] std::string answer(std::string_view line);

private:
    struct Question;
    [[nodiscard]] Result<Question> read(std::string_view line);
    [[nodiscard]] const policy::Calendar* calendar_of(const std::string& zone);
    [[nodiscard]] json::object analyse(const Question& question) const;

    std::shared_ptr<const EmotionReader> emotions_;
    std::map<std::string, std::shared_ptr<const policy::Calendar>, std::less<>> calendars_;
};

}  // namespace redress::language
