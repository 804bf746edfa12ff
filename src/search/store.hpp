#pragma once

#include "cases/lifecycle.hpp"
#include "db/tx.hpp"
#include "ledger/ledger.hpp"
#include "search/model.hpp"

#include <vector>

/// The index, written in the transaction of what it finds. Functions throw db::Fault.
namespace redress::search {

/// Entries are added in the order of their events; one without tokens is not.
void add(db::Tx& tx, const Entry& entry);
/// Takes out what was added with the same texts, before they are erased.
void remove(db::Tx& tx, const Entry& entry);

/// The newest events that hold what is wanted, before the event `before`; at most `limit`. The
/// question must want something.
[[nodiscard]] std::vector<Hit>
list_hits(db::Tx& tx, const Question& question, std::int64_t before, std::int64_t limit);

/// Takes all texts of a case out; before its personal data are erased.
void forget(db::Tx& tx, CaseId id, const cases::Lifecycle& lifecycle);

/// Says that the index is complete up to an event that has no words itself.
void mark_complete(db::Tx& tx, EventSeq seq);

/// The event up to which the index is complete as it stands; 0 when it is empty.
[[nodiscard]] std::int64_t last_entry(db::Tx& tx);
/// Adds what at most `limit` events after `after` say; the last event looked at, or `after` when
/// there are no more. For stores that are older than the index, and after a restore.
std::int64_t
catch_up(db::Tx& tx, std::int64_t after, std::int64_t limit, const cases::Lifecycle& lifecycle);

}  // namespace redress::search
