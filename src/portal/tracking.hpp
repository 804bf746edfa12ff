#pragma once

#include "cases/rules.hpp"
#include "staff/rules_roster.hpp"

#include <optional>
#include <string>
#include <vector>

namespace redress::portal {

/// What the complainant may do with their case now.
struct Choices {
    bool may_write{};
    bool may_answer{};    ///< a question of ours is open
    bool may_accept{};    ///< a proposal is open
    bool may_counter{};   ///< and another round is left
    bool may_escalate{};  ///< where none is
    bool may_rate{};
    bool may_object{};  ///< say that it is not settled before it is closed
    bool may_reopen{};
};

/// A case as its complainant may see it: in plain words, without what is ours alone.
struct Tracked {
    CaseId id;
    cases::State state{};
    bool is_open{};
    bool is_complaint{};
    std::string language;
    std::string ref_no;
    std::string owner;
    Instant received_at;
    std::optional<Instant> next_news;
    std::vector<std::string> proposal;  ///< paragraphs, while one is open
    std::int64_t process_rating{};      ///< 0: not rated
    std::int64_t outcome_rating{};
    Choices choices;
};

/// The complainant of this case, giving a command.
[[nodiscard]] cases::Actor complainant_of(const cases::Case& value);

[[nodiscard]] Tracked
tracked(const cases::Case& value, const cases::Context& context, const staff::Roster& roster);

/// When the complainant is to hear from us next, as far as something is promised; may have passed.
[[nodiscard]] std::optional<Instant> next_news(const cases::Case& value);

}  // namespace redress::portal
