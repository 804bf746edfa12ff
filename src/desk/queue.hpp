#pragma once

#include "base/described.hpp"
#include "base/refusal.hpp"
#include "base/text.hpp"
#include "db/tx.hpp"

#include <optional>
#include <string>
#include <vector>

/// What people look at all day. Reads only, and may join what it likes.
namespace redress::desk {

/// The views of the queue; keyset-paged, each on an index of its own, so that a page costs the same
/// at any size.
BOOST_DEFINE_ENUM_CLASS(View, mine, offered, due_soon, furious, promises, waiting, late, open, done)

struct Place {
    std::int64_t at{};
    CaseId id;
};

/// What of a view is shown; an empty text is any.
struct QueueFilter {
    std::int64_t least_anger{};
    std::string channel{};
    std::string kind{};

    [[nodiscard]] bool passes_all() const
    {
        return least_anger == 0 && channel.empty() && kind.empty();
    }
};

struct QueueQuestion {
    View view{};
    StaffId reader;
    Instant now;
    std::optional<Place> after;
    std::int64_t limit{};  ///< at most most_rows
    QueueFilter filter{};
};

inline constexpr std::int64_t most_rows = 100;
/// Rows that one page of a filtered view looks at, so that a filter which hardly anything passes
/// costs a bounded time; `next` then goes on behind them.
inline constexpr std::int64_t most_looked_at_in_queue = 3'000;
/// Views bounded by time count no further: "100" means 100 or more.
inline constexpr std::int64_t most_counted = 100;

struct QueueRow {
    CaseId id;
    std::string ref_no;
    std::string title;
    std::string customer_name;
    std::string state;
    std::string kind;
    std::string channel;
    StaffId owner_id;
    std::optional<StaffId> offered_to;
    Instant received_at;
    Instant next_due_at;
    std::optional<Instant> promise_due_at;
    std::int64_t anger{};
    std::int64_t severity{};
    std::int64_t escalation{};
    bool is_waiting{};
    std::int64_t version{};
};

struct ViewCount {
    View view{};
    std::int64_t count{};
    bool is_capped{};
};

struct QueuePage {
    std::vector<QueueRow> rows;
    std::optional<Place> next;
};

[[nodiscard]] QueuePage list_queue(db::Tx& tx, const QueueQuestion& question);
/// All views with their counts, from kept counts and bounded looks.
[[nodiscard]] std::vector<ViewCount> count_views(db::Tx& tx, StaffId reader, Instant now);

BOOST_DESCRIBE_STRUCT(Place, (), (at, id))
BOOST_DESCRIBE_STRUCT(
    QueueRow,
    (),
    (id,
     ref_no,
     title,
     customer_name,
     state,
     kind,
     channel,
     owner_id,
     offered_to,
     received_at,
     next_due_at,
     promise_due_at,
     anger,
     severity,
     escalation,
     is_waiting,
     version)
)

}  // namespace redress::desk
