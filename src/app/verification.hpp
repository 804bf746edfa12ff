#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "ledger/verify.hpp"

#include <mutex>
#include <optional>
#include <string>
#include <thread>

namespace redress::app {

/// How far following the chain is, or how it ended.
struct VerificationState {
    bool is_running{};
    std::int64_t done{};  ///< events checked
    std::int64_t of{};
    std::optional<Instant> started_at;
    std::optional<Instant> finished_at;
    std::optional<ledger::Verdict> verdict;
    bool is_broken_off{};  ///< the database went away meanwhile
};

/// Follows the whole chain beside everything else, one at a time. Any thread.
class Verification {
public:
    Verification(db::Database& database, const Clock& clock);
    /// Ends within a page of events.
    ~Verification();
    Verification(const Verification&) = delete;
    Verification& operator=(const Verification&) = delete;

    /// Begins, unless one is running.
    void start();
    [[nodiscard]] VerificationState state() const;

private:
    void run(const std::stop_token& ending);

    db::Database& database_;
    const Clock& clock_;
    mutable std::mutex mutex_;
    VerificationState state_;
    std::jthread thread_;
};

}  // namespace redress::app
