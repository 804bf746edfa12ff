#pragma once

#include "desk/queue.hpp"
#include "search/rules_text.hpp"
#include "staff/rules_roster.hpp"

#include <limits>
#include <optional>
#include <string>
#include <vector>

namespace redress::desk {

/// Where a search goes on: below an event, or below a case when only filters were given.
struct SearchPlace {
    std::int64_t below{std::numeric_limits<std::int64_t>::max()};
};

struct SearchOrder {
    search::Question question;
    StaffId reader;
    Instant now;
    SearchPlace from;
    std::int64_t limit{};  ///< at most most_rows
};

/// A case, and the newest entry of its story that answers.
struct Found {
    QueueRow row;
    std::string kind;  ///< of the entry, "" when only filters were given
    Instant at;
    search::Excerpt excerpt;
};

struct SearchPage {
    std::vector<Found> found;
    std::optional<SearchPlace> next;  ///< there may be more
};

/// Newest first. Looks at no more than most_looked_at entries a page, so that filters which hardly
/// anything passes cost a bounded time; `next` then goes on behind them.
[[nodiscard]] SearchPage
search_cases(db::Tx& tx, const SearchOrder& order, const staff::Roster& roster);

inline constexpr std::int64_t most_looked_at = 3'000;

BOOST_DESCRIBE_STRUCT(SearchPlace, (), (below))

}  // namespace redress::desk
