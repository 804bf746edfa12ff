#pragma once

#include "base/text.hpp"
#include "policy/reckon.hpp"
#include "policy/when.hpp"

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace redress::policy {

enum class DeadlineKind { hard, soft, window, customer, watch };
/// `kase` is "case" in a pack.
enum class Scope { kase, promise, org, channel };

/// Where an entry was written.
struct Origin {
    std::string file;
    int line{};
    std::vector<std::pair<std::string, int>> key_lines{};

    /// The line of a key of the entry, or of the entry.
    [[nodiscard]] int line_of(std::string_view key) const;
};

/// An amount with the calendar that measures it; the calendar is null for what is not counted in
/// days (retention).
struct Measure {
    Amount amount;
    std::string calendar_id;
    std::shared_ptr<const Calendar> calendar;
};

struct Escalation {
    Mark at;
    std::string role;
};

struct ExtendRule {
    std::string id;
    Stretch::Kind kind{};
    Measure by;
    int max_times = 1;
    std::string requires_previous;
    std::string approver;
    std::vector<std::string> reasons;
    std::string notice;  ///< letter id
    bool before_due = true;
    Origin origin;
};

struct DeadlineRule {
    std::string id;
    Text title;
    DeadlineKind kind{};
    Scope scope{};
    Condition when;
    std::vector<std::string> starts_on, stops_on, cancels_on, recurs_on, restart_on, pause_on,
        resume_on;
    std::optional<Measure> pause_max;
    std::string pause_notice;    ///< letter id
    std::string due_field;       ///< dotted path of a time; "" when `due` counts
    std::optional<Measure> due;  ///< the amount, or the fallback of `due_field`
    std::shared_ptr<const Calendar> calendar;
    std::string calendar_id;
    std::vector<Mark> warn_at;
    std::vector<Escalation> escalates_to;
    std::vector<std::string> on_breach;  ///< "letter:…", "require:…", "flag:…", "deem:…"
    std::vector<ExtendRule> extensions;
    std::string ref;
    Origin origin;
};

}  // namespace redress::policy
