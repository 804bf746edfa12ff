#include "jobs/runner.hpp"

#include <algorithm>
#include <exception>

namespace redress::jobs {

Runner::Runner(std::function<void(std::string_view, std::string_view)> on_failure)
    : on_failure_{std::move(on_failure)}
{}

Runner::~Runner()
{
    stop();
}

void Runner::start(Task task)
{
    const std::lock_guard lock{mutex_};
    auto& loop = *loops_.emplace_back(std::make_unique<Loop>());
    loop.task = std::move(task);
    loop.thread = std::jthread{[this, &loop](const std::stop_token& ending) { run(loop, ending); }};
}

void Runner::wake(std::string_view name)
{
    const std::lock_guard lock{mutex_};
    for (const auto& loop : loops_) {
        if (loop->task.name != name)
            continue;
        {
            const std::lock_guard loop_lock{loop->mutex};
            loop->is_woken = true;
        }
        loop->changed.notify_one();
    }
}

void Runner::stop()
{
    std::vector<std::unique_ptr<Loop>> ending;
    {
        const std::lock_guard lock{mutex_};
        ending.swap(loops_);
    }
    for (const auto& loop : ending)
        loop->thread.request_stop();
}

void Runner::run(Loop& loop, const std::stop_token& ending) const
{
    auto pause = loop.task.every;
    while (!ending.stop_requested()) {
        bool has_more = false;
        try {
            has_more = loop.task.work();
            pause = loop.task.every;
        } catch (const std::exception& failure) {
            on_failure_(loop.task.name, failure.what());
            pause = std::min(std::max(pause * 2, std::chrono::milliseconds{100}), longest_pause);
        }
        if (has_more)
            continue;
        std::unique_lock lock{loop.mutex};
        loop.changed.wait_for(lock, ending, pause, [&] { return loop.is_woken; });
        loop.is_woken = false;
    }
}

}  // namespace redress::jobs
