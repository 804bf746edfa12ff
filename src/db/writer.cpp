#include "db/writer.hpp"

#include "base/require.hpp"

#include <algorithm>

namespace redress::db {

Writer::Writer(Engine& engine, const Options& options)
    : max_queue_{options.max_queued_writes},
      max_batch_{options.max_batch},
      timeout_{options.write_timeout},
      runner_{engine, engine.connect(Role::write)}
{
    thread_ = std::jthread{[this] { serve(); }};
}

Writer::~Writer()
{
    std::unique_lock lock{mutex_};
    stopping_ = true;
    wake_.notify_all();
    left_.wait(lock, [this] { return callers_ == 0; });
}

void Writer::run(const std::function<detail::Verdict(Tx&)>& work)
{
    REQUIRE_THAT(std::this_thread::get_id() != thread_.get_id());
    Job job{.work = work, .deadline = std::chrono::steady_clock::now() + timeout_};
    std::unique_lock lock{mutex_};
    if (stopping_)
        throw Fault{FaultKind::disconnected, "the database is being closed"};
    if (queue_.size() >= max_queue_)
        throw Fault{FaultKind::queue_full, "too many writes are waiting; try again in a moment"};
    ++callers_;
    const bool has_run = wait_for(job, lock);
    if (--callers_ == 0)
        left_.notify_one();
    if (!has_run)
        throw Fault{FaultKind::timeout, "the write waited too long for its turn and was not begun"};
    if (job.error)
        std::rethrow_exception(job.error);
}

bool Writer::wait_for(Job& job, std::unique_lock<std::mutex>& lock)
{
    queue_.push_back(&job);
    wake_.notify_one();
    const auto has_begun = [&] { return job.state != Job::State::queued; };
    if (!job.done.wait_until(lock, job.deadline, has_begun)) {
        std::erase(queue_, &job);
        return false;
    }
    job.done.wait(lock, [&] { return job.state == Job::State::finished; });
    return true;
}

void Writer::serve()
{
    std::unique_lock lock{mutex_};
    for (;;) {
        wake_.wait(lock, [this] { return stopping_ || !queue_.empty(); });
        if (queue_.empty())
            return;
        const std::vector<Job*> batch = next_batch();
        lock.unlock();
        runner_.run(batch, [this](std::chrono::milliseconds pause) { return sleep(pause); });
        lock.lock();
        figures_ = runner_.figures();
        finish(batch);
    }
}

std::vector<Job*> Writer::next_batch()
{
    const auto count = static_cast<std::ptrdiff_t>(std::min(queue_.size(), max_batch_));
    std::vector<Job*> batch{queue_.begin(), queue_.begin() + count};
    queue_.erase(queue_.begin(), queue_.begin() + count);
    for (Job* const job : batch)
        job->state = Job::State::running;
    return batch;
}

bool Writer::sleep(std::chrono::milliseconds pause)
{
    std::unique_lock lock{mutex_};
    return !wake_.wait_for(lock, pause, [this] { return stopping_; });
}

void Writer::finish(std::span<Job* const> jobs)
{
    // Told under the lock: a caller that has seen `finished` takes its job, and what to notify,
    // away.
    for (Job* const job : jobs) {
        job->state = Job::State::finished;
        job->done.notify_one();
    }
}

Figures Writer::figures() const
{
    const std::lock_guard lock{mutex_};
    Figures now = figures_;
    now.queue_depth = queue_.size();
    return now;
}

}  // namespace redress::db
