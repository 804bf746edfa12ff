#pragma once

#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace redress::jobs {

/// What runs again and again beside the requests. The work says whether there is more to do at
/// once.
///
///   waiting ──every, or woken──▶ running ──done──▶ waiting
///      ▲                          │  └──more──▶ running
///      └──pause, doubled up to longest_pause──┘ threw
struct Task {
    std::string name;
    std::chrono::milliseconds every{};
    std::function<bool()> work;  ///< true: call again at once
};

inline constexpr std::chrono::milliseconds longest_pause{30'000};

/// Runs tasks, each on a thread of its own, so that a slow one holds up nobody. Work may throw: it
/// is told and tried again after a pause that doubles with each failure. Any thread.
class Runner {
public:
    /// `on_failure(task, what)` is called for each exception; it must not throw.
    explicit Runner(std::function<void(std::string_view, std::string_view)> on_failure);
    /// Waits for the work that runs.
    ~Runner();
    Runner(const Runner&) = delete;
    Runner& operator=(const Runner&) = delete;

    void start(Task task);
    /// Lets a waiting task run now.
    void wake(std::string_view name);
    void stop();

private:
    struct Loop {
        Task task;
        std::mutex mutex;
        std::condition_variable_any changed;
        bool is_woken{};
        std::jthread thread;
    };
    void run(Loop& loop, const std::stop_token& ending) const;

    std::function<void(std::string_view, std::string_view)> on_failure_;
    std::mutex mutex_;
    std::vector<std::unique_ptr<Loop>> loops_;
};

}  // namespace redress::jobs
