#pragma once

#include "base/text.hpp"
#include "cases/model.hpp"
#include "db/database.hpp"
#include "policy/library.hpp"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace redress::desk {

/// How a time limit would differ.
BOOST_DEFINE_ENUM_CLASS(DueChange, earlier, later, added, gone)

struct DryRunExample {
    CaseId case_id;
    std::string ref_no;
    std::string deadline;  ///< what it is called, in the reader's language
    DueChange change{};
    std::optional<Instant> due_before;
    std::optional<Instant> due_after;
};

/// What another version of a pack would have done to the cases received lately: time limits that
/// count for staff, replayed under the version each case pins and under the other one.
struct DryRun {
    std::int64_t cases{};   ///< that pin the pack
    std::int64_t clocks{};  ///< under both together
    std::int64_t same{};
    std::int64_t earlier{};
    std::int64_t later{};
    std::int64_t added{};
    std::int64_t gone{};
    std::int64_t missed_before{};
    std::int64_t missed_after{};
    bool is_cut{};  ///< there were more cases than fit into the bounds
    std::vector<DryRunExample> examples;
};

/// Bounds of one dry run: cases looked at, time taken, examples kept.
struct DryRunLimits {
    std::int64_t cases = 3'000;
    std::chrono::milliseconds time{8'000};
    std::size_t examples = 20;
};

struct DryRunQuestion {
    const policy::Pack& pack;
    Instant since;
    Instant now;
    Lang lang{};
    DryRunLimits limits{};
};

/// Newest cases first, page by page, each in a read of its own.
[[nodiscard]] DryRun
dry_run(db::Database& database, const policy::Library& policies, const DryRunQuestion& question);

BOOST_DESCRIBE_STRUCT(DryRunExample, (), (case_id, ref_no, deadline, change, due_before, due_after))
BOOST_DESCRIBE_STRUCT(
    DryRun,
    (),
    (cases, clocks, same, earlier, later, added, gone, missed_before, missed_after, is_cut, examples
    )
)

}  // namespace redress::desk
