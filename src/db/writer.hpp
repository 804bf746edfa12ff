#pragma once

#include "db/batch.hpp"

#include <condition_variable>
#include <deque>
#include <mutex>
#include <thread>

namespace redress::db {

/// The one thread of this process that writes. Jobs that queue up while a COMMIT is on its way
/// share the next one.
class Writer {
public:
    /// Opens its session at once, so that a database that cannot be opened is told at the start.
    Writer(Engine& engine, const Options& options);
    /// Carries out what is queued, and waits until its callers have left.
    ~Writer();
    Writer(const Writer&) = delete;
    Writer& operator=(const Writer&) = delete;

    void set_hooks(BatchHooks hooks) { runner_.set_hooks(std::move(hooks)); }
    /// Blocks until the job is durable; throws its error, Fault{queue_full}, or Fault{timeout} when
    /// its turn did not come in time (then it has not run). Any thread but the writer's own.
    void run(const std::function<detail::Verdict(Tx&)>& work);
    [[nodiscard]] Figures figures() const;

private:
    /// Queues the job; false when its turn did not come in time.
    [[nodiscard]] bool wait_for(Job& job, std::unique_lock<std::mutex>& lock);
    void serve();
    [[nodiscard]] std::vector<Job*> next_batch();
    bool sleep(std::chrono::milliseconds pause);
    static void finish(std::span<Job* const> jobs);

    std::size_t max_queue_;
    std::size_t max_batch_;
    std::chrono::milliseconds timeout_;
    BatchRunner runner_;
    mutable std::mutex mutex_;
    std::condition_variable wake_;
    std::condition_variable left_;
    std::deque<Job*> queue_;
    int callers_ = 0;
    Figures figures_;
    bool stopping_ = false;
    std::jthread thread_;
};

}  // namespace redress::db
