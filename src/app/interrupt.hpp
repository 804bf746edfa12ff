#pragma once

#include <memory>
#include <stop_token>

namespace redress::app {

/// As long as it lives, the first Ctrl-C or SIGTERM asks for a stop instead of ending the program;
/// the second ends it at once. One at a time, made before other threads start.
class StopOnInterrupt {
public:
    StopOnInterrupt();
    ~StopOnInterrupt();
    StopOnInterrupt(const StopOnInterrupt&) = delete;
    StopOnInterrupt& operator=(const StopOnInterrupt&) = delete;

    [[nodiscard]] std::stop_token token() const;

private:
    struct Waiting;
    std::unique_ptr<Waiting> waiting_;
};

/// What a shell expects of a program that was interrupted: 128 and SIGINT.
inline constexpr int exit_interrupted = 130;

}  // namespace redress::app
