#pragma once

#include "db/database.hpp"
#include "db/engine.hpp"

#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <memory>
#include <span>
#include <vector>

namespace redress::db {

using SteadyTime = std::chrono::steady_clock::time_point;

/// A write that waits, runs or is done. It lives on its caller's stack, who waits for `finished`.
struct Job {
    enum class State { queued, running, finished };

    const std::function<detail::Verdict(Tx&)>& work;
    SteadyTime deadline;
    State state = State::queued;
    std::exception_ptr error{};
    bool is_kept = false;
    std::condition_variable done{};
};

/// Carries out batches, one transaction each. The writer thread's own.
///
///     begin ─→ jobs, each in a savepoint ─→ commit ─→ done
///       ↑ │ lost connection, deadlock: again, all of them, until the first deadline
///       ↑ │ one job broke the whole transaction: again, the others without it
///         └ anything else, and a COMMIT that failed: every job gets the Fault
///
/// A COMMIT whose outcome is unknown is never tried again.
class BatchRunner {
public:
    BatchRunner(Engine& engine, std::unique_ptr<Connection> connection);

    void set_hooks(BatchHooks hooks) { hooks_ = std::move(hooks); }
    /// Waits between two attempts; false when the program stops.
    using Sleep = std::function<bool(std::chrono::milliseconds)>;

    /// Never throws: each job ends with its error or without.
    void run(std::span<Job* const> jobs, const Sleep& sleep);
    /// queue_depth is the writer's.
    [[nodiscard]] const Figures& figures() const { return figures_; }

private:
    void connect();
    bool pause_before_retry(
        std::span<Job* const> jobs,
        std::chrono::milliseconds pause,
        const Sleep& sleep
    );
    /// One transaction. Gives the job that broke it, or nullptr when all is done. Throws what ended
    /// it else.
    Job* attempt(std::span<Job* const> jobs);
    Job* run_jobs(std::span<Job* const> jobs, Tx& tx);
    static void run_job(Job& job, Tx& tx);
    void commit();
    void announce() noexcept;
    void abandon() noexcept;
    void count(std::span<Job* const> jobs);

    Engine& engine_;
    std::unique_ptr<Connection> connection_;
    BatchHooks hooks_;
    Figures figures_;
};

}  // namespace redress::db
