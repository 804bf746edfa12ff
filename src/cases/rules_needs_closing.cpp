#include "cases/rules_needs.hpp"

#include <algorithm>

namespace redress::cases {
namespace {

bool is_on_hold(const Case& current)
{
    bool is_set = false;
    for (const auto& happened : current.history) {
        is_set = is_set || happened.event == "legal_hold_set";
        is_set = is_set && happened.event != "legal_hold_released";
    }
    return is_set;
}

bool is_over(std::optional<Instant> end, const Draft& draft)
{
    return end && *end <= draft.context.now;
}

bool holds_callback(const Draft& draft)
{
    return input_text(draft, "callback_result") == "done" || contact_attempts(draft.current) >= 2;
}

bool holds_satisfaction(const Draft& draft)
{
    const auto said = known_text(draft, "satisfaction");
    return said == "satisfied" || said == "basically_satisfied" ||
           (said == "unreachable" && input_text(draft, "callback_result") == "unreachable");
}

/// Every letter that a breach or a window asked for was sent afterwards.
bool holds_letters_complete(const Draft& draft)
{
    return std::ranges::none_of(draft.current.flags, [&](const std::string& flag) {
        constexpr std::string_view due = "letter_due:";
        return flag.starts_with(due) &&
               !is_letter_sent(draft, std::string_view{flag}.substr(due.size()));
    });
}

}  // namespace

Needs needs_of_closing()
{
    return {
        {"silence_days_over",
         [](const Draft& d) { return is_over(silence_ends(d.current, d.packs), d); }},
        {"contact_attempts_2", [](const Draft& d) { return contact_attempts(d.current) >= 2; }},
        {"callback_done_or_unreachable", holds_callback},
        {"satisfaction_recorded_or_unreachable", holds_satisfaction},
        {"letters_complete", holds_letters_complete},
        {"not_induced", [](const Draft& d) { return !came_with(d, "induced"); }},
        {"within_reopen_window",
         [](const Draft& d) {
             const auto end = reopen_window_ends(d.current, d.packs);
             return !end || d.at < *end;
         }},
        {"reopen_window_over",
         [](const Draft& d) { return is_over(reopen_window_ends(d.current, d.packs), d); }},
        {"retention_over",
         [](const Draft& d) { return is_over(retention_ends(d.current, d.packs), d); }},
        {"no_legal_hold", [](const Draft& d) { return !is_on_hold(d.current); }},
    };
}

}  // namespace redress::cases
