#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"
#include "db/database.hpp"

#include <atomic>
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace redress::ledger {

/// A change to be recorded. `payload` is public and hashed as it is; `personal` may hold personal data and enters the
/// chain only as SHA-256(salt ‖ personal), so that it can be erased without breaking the chain.
struct NewEvent {
    std::string_view stream;  ///< "case", "customer", "staff", "team", "template", "import", "organisation"
    std::int64_t entity{};    ///< id within the stream
    std::int64_t version{};   ///< 1, 2, 3 … within the entity; a second event of the same version is refused by the database
    std::string_view kind;
    Instant at;           ///< when it happened
    Instant recorded_at;  ///< when we wrote it down
    std::string actor;    ///< "staff:12", "customer:7", "system", "key:3"
    std::string payload;  ///< canonical JSON object
    std::string personal; ///< canonical JSON object, or "" for none
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
    std::optional<std::string> personal;
    std::optional<std::string> salt;
    std::string commitment;
    std::string hash;
};

/// The head of the chain while a batch is written: the only writer of ids, reference numbers and event numbers.
/// Used on the database's writer thread only; the row lock it takes orders the nodes of one PostgreSQL.
class Ledger {
public:
    explicit Ledger(std::chrono::minutes reference_offset);

    /// The hooks that make the head part of every batch; hand them to Database::set_batch_hooks before the first write.
    [[nodiscard]] db::BatchHooks hooks();

    /// A new id, unique over everything the program ever numbers. Consecutive, never reused once committed.
    [[nodiscard]] std::int64_t next_id();

    /// The next reference number of the organisation's day, `20261121-000042`.
    [[nodiscard]] std::string next_reference(Instant now);

    /// Appends to the chain. Throws db::Fault (unique) when this entity already has this version.
    EventSeq append(db::Tx& tx, const NewEvent& event);

    /// The last committed event number as this node knows it. Any thread.
    [[nodiscard]] std::int64_t last_seq() const { return committed_seq_.load(); }

private:
    struct Head {
        std::int64_t next_id{1};
        std::int64_t seq{};
        std::string hash;
        std::int64_t reference_day{};  ///< yyyymmdd
        std::int64_t reference_count{};
    };

    void begin(db::Tx& tx);
    void finish(db::Tx& tx);

    std::chrono::minutes reference_offset_;
    Head head_;
    Head mark_;
    std::atomic<std::int64_t> committed_seq_{0};
};

/// The hash of an event, from the previous hash and the canonical form of everything it says (decisions/0005).
[[nodiscard]] std::string chain_hash(std::string_view previous, const Event& event);

/// Events after `seq`, oldest first, at most `limit`.
[[nodiscard]] std::vector<Event> list_after(db::Tx& tx, std::int64_t seq, std::int64_t limit);

/// The events of one entity with version > `after_version`, oldest first, at most `limit`.
[[nodiscard]] std::vector<Event> list_of_entity(db::Tx& tx, std::string_view stream, std::int64_t entity, std::int64_t after_version,
                                                std::int64_t limit);

/// Where the chain does not hold.
struct Break {
    std::int64_t seq{};
    std::string what;  ///< catalogue key: "verify.hash", "verify.gap", "verify.order", "verify.commitment", "verify.head"
};

struct Verdict {
    std::int64_t events{};
    std::string head_hash;
    std::optional<Break> first_break;
};

/// Reads the whole chain in order and recomputes it. `progress(done, total)` is called now and then.
[[nodiscard]] Verdict verify(db::Database& database, const std::function<void(std::int64_t, std::int64_t)>& progress);

}  // namespace redress::ledger
