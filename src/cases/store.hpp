#pragma once

#include "cases/model.hpp"
#include "db/tx.hpp"
#include "ledger/ledger.hpp"

#include <optional>
#include <span>
#include <string_view>
#include <vector>

/// Cases in the database. Functions run inside a transaction of the caller's and throw db::Fault.
namespace redress::cases {

[[nodiscard]] std::optional<Case> find_case(db::Tx& tx, CaseId id);
[[nodiscard]] std::optional<CaseId> find_case_by_ref_no(db::Tx& tx, std::string_view ref_no);

/// Cases whose timer has come, the longest overdue first, at most `limit`.
[[nodiscard]] std::vector<CaseId> list_due_timers(db::Tx& tx, Instant now, std::int64_t limit);
/// Cases of a customer received after an instant; counting stops at 100.
[[nodiscard]] std::int64_t count_recent_of_customer(db::Tx& tx, CustomerId customer, Instant after);

/// What changed and what it became.
struct Change {
    const Case& before;  ///< version 0: the case is new
    const Case& after;
    std::span<const Event> events;
    std::optional<Instant> next_timer;
};

/// Appends the events to the chain, writes the row and keeps the counts: all or nothing with the
/// transaction. Returns the number of the last event. Throws db::Fault (serialization) when the row
/// is not at `before`'s version.
EventSeq store(db::Tx& tx, ledger::Ledger& ledger, const Change& change);

/// An event of the ledger as the case knows it.
[[nodiscard]] Event to_event(const ledger::Event& stored);

/// What lists show instead of the whole text: the subject, or the beginning of what was said; 80
/// code points.
[[nodiscard]] std::string title_of(const Case& value);
[[nodiscard]] std::string customer_name_of(const Case& value);

}  // namespace redress::cases
