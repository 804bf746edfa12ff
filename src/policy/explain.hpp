#pragma once

#include "policy/clocks.hpp"

namespace redress::policy {

/// One step of "why is it due then?".
struct Reason {
    std::string
        kind;  ///< rule, start, calendar, counted, holiday, pause, extension, due, legal, warning
    std::string text;  ///< a sentence in the language
};

/// Why a clock ends when it ends (semantics 14).
struct Explanation {
    std::string rule_sentence;
    std::string ref;
    std::string zone;
    Instant started_at;
    Instant due_at;
    std::int64_t counted_minutes{};             ///< on the calendar, start to due, pauses left out
    std::int64_t counted_days{};                ///< of the calendar; 0 for hour clocks
    std::vector<std::string> holidays_skipped;  ///< ISO dates
    std::vector<Reason> reasons;
};

[[nodiscard]] Explanation explain(const Clock& clock, const Pack& pack, Lang lang);
[[nodiscard]] json::object to_json(const Explanation& explanation);

/// A rule as one would say it aloud: "First human reply: within 1 hour of receipt …".
[[nodiscard]] std::string sentence(const DeadlineRule& rule, Lang lang);
/// "15 business days".
[[nodiscard]] std::string sentence(const Amount& amount, Lang lang);
/// A calendar as one would say it aloud.
[[nodiscard]] std::string sentence(const Calendar& calendar, Lang lang);

}  // namespace redress::policy
