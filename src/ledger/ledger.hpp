#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"
#include "db/database.hpp"

#include <boost/describe/class.hpp>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::ledger {

/// A change to be recorded. `payload` is public and hashed as it is; `personal` may hold personal
/// data and enters the chain only as SHA-256(salt ‖ personal), so that it can be erased without
/// breaking the chain.
struct NewEvent {
    /// "case", "customer", "staff", "team", "template", "import", "organisation"
    std::string_view stream;
    std::int64_t entity{};  ///< id within the stream
    /// 1, 2, 3 … within the entity; a second event of the same version is refused by the database
    std::int64_t version{};
    std::string_view kind;
    Instant at;            ///< when it happened
    Instant recorded_at;   ///< when we wrote it down
    std::string actor;     ///< "staff:12", "customer:7", "system", "key:3"
    std::string payload;   ///< canonical JSON object
    std::string personal;  ///< canonical JSON object, or "" for none
};

/// An event as stored.
struct Event {
    std::int64_t seq{};  ///< gap-free over all nodes
    std::string stream;
    std::int64_t entity{};
    std::int64_t version{};
    std::string kind;
    Instant at;
    Instant recorded_at;
    std::string actor;
    std::string payload;
    std::optional<std::string> personal;  ///< absent when there never was any, and once erased
    std::optional<std::string> salt;
    std::string commitment;
    std::string hash;
};

/// The head of the chain as ledger_head holds it.
struct Head {
    std::int64_t next_id{1};
    std::int64_t seq{};            ///< of the last event, 0 for an empty chain
    std::string hash;              ///< of the last event, "" for an empty chain
    std::int64_t reference_day{};  ///< yyyymmdd
    std::int64_t reference_count{};
    friend bool operator==(const Head&, const Head&) = default;
};

/// The head of the chain while a batch is written: the only writer of ids, reference numbers and
/// event numbers. Used on the database's writer thread only; the row lock it takes orders the nodes
/// of one PostgreSQL.
class Ledger {
public:
    explicit Ledger(std::chrono::minutes reference_offset);

    /// The hooks that make the head part of every batch; hand them to Database::set_batch_hooks
    /// before the first write. The ledger must outlive the database.
    [[nodiscard]] db::BatchHooks hooks();

    /// A new id, unique over everything the program ever numbers. Consecutive, never reused once
    /// committed.
    [[nodiscard]] std::int64_t next_id();

    /// The next reference number of the organisation's day, `20261121-000042`. Unique even when the
    /// clock is set back over midnight: the numbers then go on in the later day.
    [[nodiscard]] std::string next_reference(Instant now);

    /// Appends to the chain. Throws db::Fault (unique) when this entity already has this version.
    EventSeq append(db::Tx& tx, NewEvent event);

    /// The last committed event number as this node knows it. Any thread.
    [[nodiscard]] std::int64_t last_seq() const { return committed_seq_.load(); }

    /// Raises last_seq: what another node has committed, or what was there at the start. Any
    /// thread.
    void learn(std::int64_t seq);

private:
    void begin(db::Tx& tx);
    void finish(db::Tx& tx);
    [[nodiscard]] std::string next_salt();

    std::chrono::minutes reference_offset_;
    Head begun_;
    Head head_;
    Head mark_;
    std::string salt_pool_;  ///< random digits of the operating system, bought in bulk
    std::atomic<std::int64_t> committed_seq_{0};
};

/// The hash of an event, from the previous hash and everything it says but `personal` and `salt`
/// (decisions/0005): SHA-256 over previous hash, seq, stream, entity, version, kind, at,
/// recorded_at, actor, payload, commitment, each as "<length in bytes>:<text>,", numbers in
/// decimal, times in microseconds.
[[nodiscard]] std::string chain_hash(std::string_view previous, const Event& event);

/// What of `personal` enters the chain; "" when there is none.
[[nodiscard]] std::string commitment_of(std::string_view salt, std::string_view personal);

/// The head as this transaction sees it. Throws db::Fault{corrupt} when the row is gone.
[[nodiscard]] Head find_head(db::Tx& tx);

/// Events after `seq`, oldest first, at most `limit`.
[[nodiscard]] std::vector<Event> list_after(db::Tx& tx, std::int64_t seq, std::int64_t limit);

/// One entity of one stream.
struct Subject {
    std::string_view stream;
    std::int64_t entity{};
};

/// The events of one entity with version > `after_version`, oldest first, at most `limit`.
[[nodiscard]] std::vector<Event>
list_of_entity(db::Tx& tx, Subject subject, std::int64_t after_version, std::int64_t limit);

/// Forgets the personal part of everything recorded about the entity and gives the number of events
/// it was taken from. The chain verifies as before.
std::int64_t erase_personal(db::Tx& tx, Subject subject);

BOOST_DESCRIBE_STRUCT(
    Event,
    (),
    (seq,
     stream,
     entity,
     version,
     kind,
     at,
     recorded_at,
     actor,
     payload,
     personal,
     salt,
     commitment,
     hash)
)
BOOST_DESCRIBE_STRUCT(Head, (), (next_id, seq, hash, reference_day, reference_count))

}  // namespace redress::ledger
