#pragma once

#include "db/tx.hpp"
#include "ledger/ledger.hpp"
#include "notices/model.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string_view>
#include <vector>

/// Rows of notifications and the number of unread ones, which is kept and never counted. Every
/// function throws db::Fault.
namespace redress::notices {

/// Inside the transaction of the change that it speaks of; the id comes from the ledger.
NotificationId insert(db::Tx& tx, ledger::Ledger& ledger, const Notice& notice, Instant now);

inline constexpr NotificationId newest{std::numeric_limits<std::int64_t>::max()};

struct Page {
    NotificationId before{newest};
    bool only_unread{};
    std::int64_t limit{};
};
/// Newest first.
[[nodiscard]] std::vector<Notification> list(db::Tx& tx, StaffId staff, const Page& page);
[[nodiscard]] std::int64_t count_unread(db::Tx& tx, StaffId staff);

/// False when this person has no such notification. Reading again changes nothing.
[[nodiscard]] bool mark_read(db::Tx& tx, StaffId staff, NotificationId id, Instant now);
/// Up to and with `upto`; how many were unread.
std::int64_t mark_all_read(db::Tx& tx, StaffId staff, NotificationId upto, Instant now);

/// Takes the words of the complaint out of everything that was told about the case.
void forget_case(db::Tx& tx, CaseId about, std::string_view ref_no);

/// Deletes at most `limit` notifications that were read and are older; how many there were.
std::int64_t delete_read_before(db::Tx& tx, Instant created_before, std::int64_t limit);

}  // namespace redress::notices
