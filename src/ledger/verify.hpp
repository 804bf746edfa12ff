#pragma once

#include "base/text.hpp"
#include "ledger/ledger.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace redress::ledger {

/// Where the chain does not hold.
struct Break {
    std::int64_t seq{};  ///< of the first event that is wrong or missing
    /// Catalogue key: "verify.gap" an event is missing or too many, "verify.order" its version does
    /// not follow the entity's last one, "verify.commitment" the personal part is not what was
    /// recorded, "verify.hash" anything else it says is not, "verify.head" the end of the chain is
    /// not where the head says, "verify.anchor" it is not the chain that was noted elsewhere.
    std::string what;
    friend bool operator==(const Break&, const Break&) = default;
};

struct Verdict {
    std::int64_t events{};  ///< checked, up to the first break
    std::string head_hash;  ///< of the last event checked
    std::optional<Break> first_break;
};

/// What the verdict means, in one line, and what to do when it is bad.
[[nodiscard]] std::string to_text(const Verdict& verdict, Lang lang);

/// A point of the chain that was noted outside the database, in a backup's manifest for instance.
/// Whoever can rewrite the whole store can make a chain that holds in itself, but not this.
struct Anchor {
    std::int64_t seq{};
    std::string hash;
};

/// Follows the chain event by event, in order.
class ChainCheck {
public:
    explicit ChainCheck(std::vector<Anchor> anchors = {});
    ~ChainCheck();
    ChainCheck(const ChainCheck&) = delete;
    ChainCheck& operator=(const ChainCheck&) = delete;

    /// False from the first break on.
    bool add(const Event& event);
    /// After the last event, with the head of the same moment.
    [[nodiscard]] Verdict finish(const Head& head);
    [[nodiscard]] std::int64_t last_seq() const { return verdict_.events; }

private:
    struct Versions;
    [[nodiscard]] const char* fault_of(const Event& event, std::string_view hash);

    std::vector<Anchor> anchors_;  ///< ascending by seq
    std::size_t next_anchor_{};
    Verdict verdict_;
    std::unique_ptr<Versions> versions_;
};

/// Called with (events done, events in all) now and then.
using Progress = std::function<void(std::int64_t, std::int64_t)>;

/// Reads the whole chain in order, page by page, and recomputes it. Events that are appended
/// meanwhile are checked too. Memory grows with the number of entities, not of events.
[[nodiscard]] Verdict
verify(db::Database& database, const Progress& progress, std::vector<Anchor> anchors = {});

}  // namespace redress::ledger
