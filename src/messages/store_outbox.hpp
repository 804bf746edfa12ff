#pragma once

#include "base/refusal.hpp"
#include "db/tx.hpp"
#include "ledger/ledger.hpp"
#include "messages/model_outbox.hpp"

#include <optional>
#include <vector>

/// Rows of replies that leave later. Every function throws db::Fault.
namespace redress::messages {

struct NewSend {
    CaseId case_id;
    StaffId staff;
    std::string key;
    std::string request_hash;
    Outgoing what;
    Instant send_at;
    bool is_beside_others{};  ///< although somebody else's reply to this case waits
};

/// A request sent again under its key gets what became of it. Refuses "key_reused" for another
/// request under that key, "reply_waiting" with the other person's id as `staff` while theirs
/// waits, and "outbox_full".
[[nodiscard]] Result<ScheduledSend>
schedule(db::Tx& tx, ledger::Ledger& ledger, const NewSend& wanted, Instant now);

[[nodiscard]] std::optional<ScheduledSend> find_send(db::Tx& tx, SendId id);
[[nodiscard]] std::optional<ScheduledSend>
find_send_by_key(db::Tx& tx, StaffId staff, std::string_view key);
/// What waits or has failed.
[[nodiscard]] std::vector<ScheduledSend> list_sends(db::Tx& tx, CaseId id);
[[nodiscard]] std::vector<ScheduledSend> list_due(db::Tx& tx, Instant now, std::int64_t limit);

/// Takes back what waits, or puts away what has failed; only by who sent it. Refuses "not_found"
/// and, when it has left, "already_sent".
[[nodiscard]] Result<void> take_back(db::Tx& tx, const ScheduledSend& named, Instant now);

/// Inside the write that carries it out.
void mark_sent(db::Tx& tx, const ScheduledSend& send, Instant now);
/// The words stay for who wrote them.
void mark_failed(db::Tx& tx, const ScheduledSend& send, const json::object& failure, Instant now);

/// Deletes at most `limit` that ended long ago; how many there were.
std::int64_t forget_ended(db::Tx& tx, Instant now, std::int64_t limit);
/// Whoever complained is forgotten: nothing that was written to them stays.
void forget_sends(db::Tx& tx, CaseId id);

}  // namespace redress::messages
