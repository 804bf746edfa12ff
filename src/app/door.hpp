#pragma once

#include "app/answers.hpp"
#include "base/clock.hpp"
#include "cases/receipt.hpp"
#include "cases/rules.hpp"
#include "cases/store.hpp"
#include "customers/store.hpp"
#include "db/database.hpp"
#include "language/emotion.hpp"
#include "ledger/ledger.hpp"
#include "messages/store_attachments.hpp"
#include "policy/library.hpp"
#include "staff/directory.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

namespace redress::app {

using cases::Receipt;

/// A complaint on its way in, whatever the channel.
struct Filing {
    cases::Command receive;    ///< verb "receive"
    bool may_register = true;  ///< register at once when nothing is missing for it
    bool stays_with_receiver =
        false;        ///< first receiver responsibility: the actor becomes the owner
    TeamId team;      ///< it was sent to; 0: to the house
    StaffId owner{};  ///< chosen already; 0: chosen here
    /// Files that came along, without a case yet; their bytes are in the blob store.
    std::vector<messages::NewAttachment> files{};
};

/// The one door: every change of a case, by a person, a channel, a timer or an import, goes load →
/// decide → apply → store → commit here. Any thread; blocks until the change is durable; throws
/// db::Fault.
class Door {
public:
    struct Parts {
        db::Database& database;
        ledger::Ledger& ledger;
        const Clock& clock;
        const policy::Library& policies;
        staff::Directory& directory;
        std::shared_ptr<const language::EmotionReader> emotions;
        json::object organisation;
        /// Inside the transaction of each change: notifications and whatever else must not be lost
        /// with it.
        std::function<void(db::Tx&, const cases::Change&, EventSeq)> on_change;
        /// After commits.
        std::function<void()> on_commit;
    };
    explicit Door(Parts parts);

    /// A change of one case. `seen_version`: what the actor had on the screen; what clocks alone
    /// did since then does not count against them.
    [[nodiscard]] Result<Receipt> submit(
        CaseId id,
        const cases::Command& command,
        std::optional<std::int64_t> seen_version,
        const AnswerKey& key = {}
    );
    [[nodiscard]] Result<Receipt> file(const Filing& filing, const AnswerKey& key = {});

    /// The same inside a transaction of the caller's, for imports and seeds.
    [[nodiscard]] Result<Receipt> submit_in(
        db::Tx& tx,
        CaseId id,
        const cases::Command& command,
        std::optional<std::int64_t> seen_version
    );
    [[nodiscard]] Result<Receipt> file_in(db::Tx& tx, const Filing& filing);

    /// One write whose receipt is remembered under the key within the same transaction.
    [[nodiscard]] Result<Receipt>
    once(const AnswerKey& key, const std::function<Result<Receipt>(db::Tx&)>& work);
    /// The receipt of a case as it stands; the case must be there.
    [[nodiscard]] Receipt receipt_for(db::Tx& tx, CaseId id);

    /// Several changes of one case, all of them or none.
    [[nodiscard]] Result<Receipt> submit_all_in(
        db::Tx& tx,
        CaseId id,
        std::span<const cases::Command> commands,
        std::optional<std::int64_t> seen_version
    );
    /// What submit would refuse now; changes nothing.
    [[nodiscard]] Result<void> check(
        CaseId id,
        std::span<const cases::Command> commands,
        std::optional<std::int64_t> seen_version
    );

    /// Lets the clocks of up to `limit` cases move that are due now; returns how many cases were
    /// looked at.
    std::size_t tick_due(std::int64_t limit);

    /// What the rules are told besides case and command.
    [[nodiscard]] cases::Context context(Instant now) const;
    /// Before the first change.
    void set_organisation(json::object facts) { parts_.organisation = std::move(facts); }
    [[nodiscard]] const Parts& parts() const { return parts_; }

private:
    struct Plan;
    Result<Plan> plan_in(
        db::Tx& tx,
        CaseId id,
        std::span<const cases::Command> commands,
        std::optional<std::int64_t> seen_version
    );
    Result<Receipt> carry_out(
        db::Tx& tx,
        const cases::Case& before,
        const cases::Command& command,
        const cases::Context& context
    );
    Receipt carry_out(db::Tx& tx, const Plan& plan, const cases::Context& context);
    Result<void>
    check_version(db::Tx& tx, const cases::Case& current, std::optional<std::int64_t> seen_version);
    void load_others(
        db::Tx& tx,
        const cases::Command& command,
        cases::Context& context,
        std::optional<cases::Case>& other_case,
        std::optional<cases::Actor>& other_staff
    );
    void keep_load(const cases::Change& change);
    void tick(db::Tx& tx, CaseId id);
    StaffId first_owner(const Filing& filing, Instant at) const;

    Parts parts_;
};

/// The program itself, as the ledger writes it.
[[nodiscard]] cases::Actor system_actor();

}  // namespace redress::app
