#include "base/clock.hpp"

#include <chrono>

namespace redress {

Instant RealClock::now() const
{
    using namespace std::chrono;
    const std::int64_t wall =
        duration_cast<microseconds>(system_clock::now().time_since_epoch()).count();
    std::int64_t latest = latest_us_.load();
    while (wall > latest && !latest_us_.compare_exchange_weak(latest, wall)) {
    }
    return {wall > latest ? wall : latest};
}

}  // namespace redress
