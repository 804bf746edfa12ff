#pragma once

#include "base/ids.hpp"
#include "base/text.hpp"
#include "cases/rules.hpp"
#include "db/database.hpp"

#include <functional>
#include <optional>
#include <string>

namespace redress::operations {

/// The case that its events make as they are now; nullopt when there are none or they do not fit
/// each other.
[[nodiscard]] std::optional<cases::Case> refolded(db::Tx& tx, CaseId id);

/// Where what is stored of a case is not what its events say.
struct Difference {
    CaseId case_id;  ///< 0: the counts of all cases
    /// Catalogue key: "rebuild.events" it has none, or they cannot be followed, "rebuild.doc" its
    /// document, "rebuild.columns" what lists sort and filter by, "rebuild.counts".
    std::string what;
    std::string detail;  ///< member, column or sort that differs
    friend bool operator==(const Difference&, const Difference&) = default;
};

/// False ends the check.
using VisitDifference = std::function<bool(const Difference&)>;
/// (cases done, cases in all)
using RebuildProgress = std::function<void(std::int64_t, std::int64_t)>;

struct RebuildVerdict {
    std::int64_t cases{};  ///< looked at
    std::int64_t differences{};
};

[[nodiscard]] std::string to_text(const Difference& difference, Lang lang);
/// That all is well, once there are no differences.
[[nodiscard]] std::string to_text(const RebuildVerdict& verdict, Lang lang);

/// Follows every case from its events alone and compares it with its stored document, the columns
/// of its row, among them when its next clock rings under the packs of `context`, and the counts
/// kept beside. Reads only; cases that change meanwhile are looked at as
/// of one moment each.
[[nodiscard]] RebuildVerdict rebuild_check(
    db::Database& database,
    const cases::Context& context,
    const VisitDifference& visit,
    const RebuildProgress& progress = {}
);

}  // namespace redress::operations
