#pragma once

#include "base/refusal.hpp"
#include "causes/model.hpp"
#include "db/tx.hpp"
#include "ledger/ledger.hpp"

#include <optional>
#include <string>
#include <vector>

/// The rows of the tree; every change is written with its event. Every function throws db::Fault.
namespace redress::causes {

/// All of them, in the order they were made.
[[nodiscard]] std::vector<Cause> list_causes(db::Tx& tx);

struct CausePatch {
    std::optional<std::string> parent;
    std::optional<std::string> name_en;
    std::optional<std::string> name_zh;
    std::optional<std::string> regulator_code;
    std::optional<bool> is_active;
};

struct CauseAuthor {
    std::string name;
    Instant now;
};

/// Refused as checked() does, and "causes_too_many".
[[nodiscard]] Result<Cause>
create_cause(db::Tx& tx, ledger::Ledger& ledger, Cause wish, const CauseAuthor& author);

struct CauseTarget {
    CauseId id;
    std::int64_t seen_version{};
};
/// Refused as checked() does, "cause_not_found" and "cause_stale".
[[nodiscard]] Result<Cause> change_cause(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const CauseTarget& target,
    const CausePatch& patch,
    const CauseAuthor& author
);

/// Writes the built-in tree unless there is one.
void seed_causes(db::Tx& tx, ledger::Ledger& ledger, Instant now);

}  // namespace redress::causes
