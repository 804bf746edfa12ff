#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace redress::db {

/// Upper bounds of the COMMIT histogram in microseconds; a last bucket holds what took longer.
inline constexpr std::array<std::int64_t, 9>
    commit_bounds_us{100, 300, 1'000, 3'000, 10'000, 30'000, 100'000, 300'000, 1'000'000};

/// Counts since the database was opened, for the metrics page.
struct Figures {
    std::uint64_t batches = 0;      ///< committed
    std::uint64_t jobs = 0;         ///< committed
    std::uint64_t failed_jobs = 0;  ///< ended with an exception or a refusal
    std::uint64_t retries = 0;      ///< batches begun again after a deadlock or a lost connection
    std::uint64_t reconnects = 0;
    std::array<std::uint64_t, commit_bounds_us.size() + 1> commits{};
    std::uint64_t commit_us = 0;  ///< in all
    std::size_t queue_depth = 0;  ///< now
};

}  // namespace redress::db
