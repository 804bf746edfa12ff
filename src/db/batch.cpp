#include "db/batch.hpp"

#include <algorithm>

namespace redress::db {

namespace {

using std::chrono::milliseconds;

/// Waits between attempts, doubling. Even the first is not zero: who lost a deadlock lets the other
/// go on.
class Backoff {
public:
    [[nodiscard]] milliseconds next()
    {
        return std::exchange(pause_, std::min(pause_ * 2, longest));
    }

private:
    static constexpr milliseconds first{10};
    static constexpr milliseconds longest{1'000};
    milliseconds pause_{first};
};

bool may_retry(FaultKind kind)
{
    return kind == FaultKind::disconnected || kind == FaultKind::serialization ||
           kind == FaultKind::busy;
}

/// `make_error` gives each job an exception of its own: they are thrown on different threads.
template <class MakeError>
void give_up(std::span<Job* const> jobs, MakeError make_error)
{
    for (Job* const job : jobs)
        if (!job->error)
            job->error = make_error();
}

SteadyTime first_deadline(std::span<Job* const> jobs)
{
    return std::ranges::min(jobs, {}, &Job::deadline)->deadline;
}

template <class... Args>
void call(const std::function<void(Args...)>& hook, Args... args)
{
    if (hook)
        hook(args...);
}

}  // namespace

BatchRunner::BatchRunner(Engine& engine, std::unique_ptr<Connection> connection)
    : engine_{engine}, connection_{std::move(connection)}
{}

void BatchRunner::run(std::span<Job* const> jobs, const Sleep& sleep)
{
    std::vector<Job*> open{jobs.begin(), jobs.end()};
    Backoff backoff;
    while (!open.empty()) {
        try {
            connect();
            Job* const culprit = attempt(open);
            if (culprit == nullptr)
                break;
            std::erase(open, culprit);
        } catch (const Fault& fault) {
            if (may_retry(fault.kind()) && pause_before_retry(open, backoff.next(), sleep))
                continue;
            give_up(open, [&] {
                return std::make_exception_ptr(Fault{fault.kind(), std::string{fault.what()}});
            });
            break;
        } catch (...) {
            give_up(open, [] { return std::current_exception(); });
            break;
        }
    }
    count(jobs);
}

bool BatchRunner::pause_before_retry(
    std::span<Job* const> jobs,
    milliseconds pause,
    const Sleep& sleep
)
{
    const bool is_in_time = std::chrono::steady_clock::now() + pause < first_deadline(jobs);
    if (!is_in_time || !sleep(pause))
        return false;
    ++figures_.retries;
    return true;
}

void BatchRunner::connect()
{
    if (connection_ && connection_->is_usable())
        return;
    connection_.reset();
    connection_ = engine_.connect(Role::write);
    ++figures_.reconnects;
}

Job* BatchRunner::attempt(std::span<Job* const> jobs)
{
    for (Job* const job : jobs) {
        job->error = nullptr;
        job->is_kept = false;
    }
    try {
        connection_->begin(Access::read_write);
        Tx tx{*connection_};
        call<Tx&>(hooks_.begin, tx);
        if (Job* const culprit = run_jobs(jobs, tx)) {
            abandon();
            return culprit;
        }
        if (std::ranges::none_of(jobs, &Job::is_kept)) {
            abandon();
            return nullptr;
        }
        call<Tx&>(hooks_.finish, tx);
        commit();
    } catch (...) {
        abandon();
        throw;
    }
    announce();
    return nullptr;
}

void BatchRunner::announce() noexcept
{
    ++figures_.batches;
    call(hooks_.committed);
}

Job* BatchRunner::run_jobs(std::span<Job* const> jobs, Tx& tx)
{
    // A batch of one is undone with its transaction.
    const bool with_savepoints = jobs.size() > 1;
    for (Job* const job : jobs) {
        if (with_savepoints)
            connection_->savepoint();
        call(hooks_.mark);
        run_job(*job, tx);
        if (!job->is_kept && !connection_->in_transaction())
            return job;
        if (with_savepoints)
            job->is_kept ? connection_->release_savepoint() : connection_->rollback_to_savepoint();
        if (!job->is_kept)
            call(hooks_.restore);
    }
    return nullptr;
}

void BatchRunner::run_job(Job& job, Tx& tx)
{
    tx.forget_failure();
    try {
        const bool wanted = job.work(tx) == detail::Verdict::keep;
        if (wanted && tx.has_failed())
            throw Fault{FaultKind::other, "a write went on after one of its statements had failed"};
        job.is_kept = wanted;
    } catch (const Fault& fault) {
        if (fault.kind() == FaultKind::disconnected || fault.kind() == FaultKind::serialization)
            throw;
        job.error = std::current_exception();
    } catch (...) {
        job.error = std::current_exception();
    }
    tx.forget_failure();
}

void BatchRunner::commit()
{
    const auto begin = std::chrono::steady_clock::now();
    connection_->commit();
    const std::int64_t us = std::chrono::duration_cast<std::chrono::microseconds>(
                                std::chrono::steady_clock::now() - begin
    )
                                .count();
    const auto bucket = std::ranges::lower_bound(commit_bounds_us, us) - commit_bounds_us.begin();
    ++figures_.commits[static_cast<std::size_t>(bucket)];
    figures_.commit_us += static_cast<std::uint64_t>(us);
}

void BatchRunner::abandon() noexcept
{
    connection_->rollback();
    call(hooks_.rolled_back);
}

void BatchRunner::count(std::span<Job* const> jobs)
{
    for (const Job* const job : jobs)
        ++(job->is_kept && !job->error ? figures_.jobs : figures_.failed_jobs);
}

}  // namespace redress::db
