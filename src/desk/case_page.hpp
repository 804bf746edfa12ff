#pragma once

#include "cases/rules.hpp"
#include "db/tx.hpp"
#include "policy/explain.hpp"
#include "staff/rules_roster.hpp"

#include <optional>
#include <string>
#include <vector>

namespace redress::desk {

/// Who looks, in which language, with which right.
struct Viewer {
    cases::Actor actor;
    Lang lang{};
    bool sees_sensitive{};
};

/// One event as the timeline shows it. `payload` and `personal` are the stored JSON texts.
struct StoryRow {
    std::int64_t seq{};
    std::int64_t version{};
    std::string kind;
    Instant at;
    Instant recorded_at;
    std::string actor;
    std::string payload;
    std::optional<std::string> personal;
};

/// Earlier entries of a case, newest first, at most `limit` with version below `before`.
[[nodiscard]] std::vector<StoryRow>
list_story(db::Tx& tx, CaseId id, std::int64_t before, std::int64_t limit);

inline constexpr std::int64_t story_page = 30;

/// The whole screen of a case as JSON: case, clocks, promises, remedies, letters, the newest
/// entries of the story and the commands that state and roles allow. Sensitive fields are left out
/// for who must not see them.
[[nodiscard]] std::string write_case_page(
    const cases::Case& value,
    const std::vector<StoryRow>& story,
    const Viewer& viewer,
    const cases::Context& context,
    const staff::Roster& roster
);

[[nodiscard]] std::string
write_story(const std::vector<StoryRow>& story, const Viewer& viewer, const staff::Roster& roster);

/// The commands the viewer may give now, each with its inputs and what would still be missing
/// beyond them.
[[nodiscard]] std::string
write_commands(const cases::Case& value, const Viewer& viewer, const cases::Context& context);

/// Every clock with its explanation (C3).
[[nodiscard]] std::string
write_deadlines(const cases::Case& value, const Viewer& viewer, const cases::Context& context);

/// States, commands, inputs and choices with their labels.
[[nodiscard]] std::string write_lifecycle(const cases::Lifecycle& lifecycle, Lang lang);

BOOST_DESCRIBE_STRUCT(StoryRow, (), (seq, version, kind, at, recorded_at, actor, payload, personal))

}  // namespace redress::desk
