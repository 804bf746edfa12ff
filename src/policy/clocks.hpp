#pragma once

#include "policy/pack.hpp"

namespace redress::policy {

/// `late` is overdue; the duty stays open until stopped_at is set. Windows and customers' limits
/// end when they lapse.
enum class ClockState { running, paused, met, late, cancelled, superseded };

/// One rule, one thing it is about, one try: what an event must name to speak of a clock.
struct ClockKey {
    std::string pack;
    std::string id;       ///< of the deadline
    std::string subject;  ///< "" or the promise
    int instance = 1;
    friend bool operator==(const ClockKey&, const ClockKey&) = default;
};

struct UsedExtension {
    std::string id;
    Instant at;
    std::string reason;
    std::string approver;  ///< role
    Instant due_at;        ///< the new end
    friend bool operator==(const UsedExtension&, const UsedExtension&) = default;
};

/// A running time limit of a case.
struct Clock {
    ClockKey key;
    std::string version;  ///< of the pack
    DeadlineKind kind{};
    Scope scope{};
    ClockState state{};
    std::string started_by;  ///< event
    Instant started_at;
    Instant original_due_at;
    Instant due_at;
    bool is_due_inclusive{};  ///< an event at the very due instant is in time
    std::optional<Instant> stopped_at;
    std::string ended_by;     ///< event, or "when"
    bool is_recorded_late{};  ///< stopped in time, typed in after the end
    std::optional<Instant> paused_at;
    std::string paused_by;
    std::vector<Pause> pauses;
    std::vector<UsedExtension> extensions;
    std::uint64_t fired{};  ///< bits: warn_at, then escalates_to, then the breach
    std::optional<Instant>
        next_fire_at;          ///< while open: when something of this clock happens by itself
    int year_without_table{};  ///< the holiday table is missing for this year, the end is a guess;
                               ///< 0: none missing

    friend bool operator==(const Clock&, const Clock&) = default;
};

[[nodiscard]] bool is_open(const Clock& clock);
/// Hard, soft and promise clocks; the customer's, the authority's and windows are nobody's target.
[[nodiscard]] bool counts_for_staff(DeadlineKind kind);

/// What happened to a clock: enough to follow it without any policy.
struct ClockChange {
    enum class Kind {
        started,
        met,
        stopped_late,
        cancelled,
        superseded,
        paused,
        resumed,
        extended,
        moved,
        warned,
        escalated,
        breached,
        lapsed
    };
    Kind kind{};
    ClockKey key;
    Instant at;                     ///< when it took effect
    std::string cause;              ///< event, extension, or mark ("75%")
    std::string role;               ///< escalated: who gets it in the queue; extended: who approved
    std::string reason;             ///< extended
    std::optional<Instant> due_at;  ///< after started, resumed, extended, moved
    std::optional<Instant> next_fire_at;  ///< of the clock after the change
    std::uint64_t fired{};                ///< of the clock after the change
    std::optional<Instant> started_at;    ///< moved
    std::string version;                  ///< started
    DeadlineKind clock_kind{};            ///< always
    Scope scope{};                        ///< started
    bool is_due_inclusive{};              ///< started
    bool is_recorded_late{};              ///< met
    int year_without_table{};             ///< with due_at
    std::vector<std::string> effects;     ///< breached, lapsed: on_breach of the rule

    friend bool operator==(const ClockChange&, const ClockChange&) = default;
};

/// An event of the case that packs may start and stop clocks on.
struct Happened {
    std::string event;
    Instant at;           ///< its own time
    Instant recorded_at;  ///< when it was typed in
    json::object
        facts;  ///< promise_made: {"promise": id, "due": RFC 3339}; reopened: {"new_facts": bool}
};

/// The case as the rules see it at one moment.
struct Situation {
    std::span<const Happened> history;  ///< all events in the order recorded, the fresh ones last
    std::size_t fresh{};                ///< how many at the end of history are new
    const json::object&
        facts;  ///< {"case": {…}}; event.* and deadline.* are filled in from history and clocks
    Instant now;
};

/// What the fresh events do to the clocks of one pack: starts, stops, cancels, restarts, recurs,
/// pauses, resumes; and what a `when` does that came true or false. Clocks of other packs are left
/// alone. Microseconds.
[[nodiscard]] std::vector<ClockChange>
react(const std::vector<Clock>& clocks, const Pack& pack, const Situation& situation);

/// What time alone does by `now`: warnings, escalations, breaches, ends of pauses; each once, in
/// time order.
[[nodiscard]] std::vector<ClockChange>
tick(const std::vector<Clock>& clocks, const Pack& pack, Instant now);

/// The received time was corrected: every clock that the event started at `was` counts from `is`
/// (semantics 1).
[[nodiscard]] std::vector<ClockChange>
rebased(const std::vector<Clock>& clocks, const Pack& pack, std::string_view event, Instant is);

/// The clocks after a change. Pure, needs no policy: a case is rebuilt from its events with it.
[[nodiscard]] std::vector<Clock> applied(std::vector<Clock> clocks, const ClockChange& change);

/// When tick is to be called next; nullopt when nothing will happen by itself.
[[nodiscard]] std::optional<Instant> next_fire(const std::vector<Clock>& clocks);
/// The tightest due time of the running clocks that count for staff, overdue ones included.
[[nodiscard]] std::optional<Instant> next_due(const std::vector<Clock>& clocks);

struct ExtensionRequest {
    std::string extension;  ///< id in the pack
    std::string reason;
    std::string approver_role;
    bool is_notice_sent{};
    Instant now;
};

/// Semantics 6. Refuses: unknown, ended, after due, used up, previous one missing, wrong approver,
/// reason, notice missing.
[[nodiscard]] Result<ClockChange>
extended(const Clock& clock, const Pack& pack, const ExtensionRequest& request);

[[nodiscard]] json::object to_json(const Clock& clock);
[[nodiscard]] json::object to_json(const ClockChange& change);
/// From what to_json made; throws std::runtime_error on anything else.
[[nodiscard]] Clock clock_from_json(const json::object& object);
[[nodiscard]] ClockChange clock_change_from_json(const json::object& object);

}  // namespace redress::policy
