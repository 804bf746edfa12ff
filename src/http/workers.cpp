#include "http/workers.hpp"

#include "base/require.hpp"

namespace redress::http {

Workers::Workers(unsigned threads, std::size_t max_queued) : max_queued_{max_queued}
{
    REQUIRE_THAT(threads > 0);
    threads_.reserve(threads);
    for (unsigned i = 0; i < threads; ++i)
        threads_.emplace_back([this] { run(); });
}

Workers::~Workers()
{
    stop();
}

bool Workers::submit(std::function<void()> work)
{
    {
        const std::lock_guard lock{mutex_};
        if (is_stopped_ || queue_.size() >= max_queued_)
            return false;
        queue_.push_back(std::move(work));
    }
    has_work_.notify_one();
    return true;
}

void Workers::stop()
{
    {
        const std::lock_guard lock{mutex_};
        is_stopped_ = true;
    }
    has_work_.notify_all();
    threads_.clear();
}

void Workers::run()
{
    for (;;) {
        std::function<void()> work;
        {
            std::unique_lock lock{mutex_};
            has_work_.wait(lock, [this] { return is_stopped_ || !queue_.empty(); });
            if (queue_.empty())
                return;
            work = std::move(queue_.front());
            queue_.pop_front();
        }
        work();
    }
}

}  // namespace redress::http
