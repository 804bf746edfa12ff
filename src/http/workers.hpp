#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace redress::http {

/// Threads that run blocking work from a bounded queue. Work must not throw. Thread-safe.
class Workers {
public:
    Workers(unsigned threads, std::size_t max_queued);
    ~Workers();
    Workers(const Workers&) = delete;
    Workers& operator=(const Workers&) = delete;

    /// false when the queue is full or the workers were stopped: nothing was taken.
    [[nodiscard]] bool submit(std::function<void()> work);
    /// Runs what was taken, then ends the threads. Once, from one thread.
    void stop();

private:
    void run();

    const std::size_t max_queued_;
    std::mutex mutex_;
    std::condition_variable has_work_;
    std::deque<std::function<void()>> queue_;
    bool is_stopped_{};
    std::vector<std::jthread> threads_;
};

}  // namespace redress::http
