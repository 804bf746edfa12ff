#pragma once

#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "staff/lru.hpp"

#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace redress::staff {

/// Holds back guessing of passwords: in any 15 minutes, an account takes 5 failed tries from one
/// address, 5 from all addresses together from which nobody has signed in to it yet, and an address
/// fails 20 times over all accounts. So a stranger can neither guess nor lock out the owner of an
/// account who signs in from a usual place. Counts are of this node and do not outlive it. A login
/// that nobody has is counted like any other. Any thread.
class Throttle {
public:
    static constexpr Micros window{15LL * 60 * 1'000'000};
    static constexpr std::size_t tries_of_account = 5;
    static constexpr std::size_t tries_of_address = 20;
    static constexpr std::size_t max_keys = 20'000;  ///< of each kind

    struct Attempt {
        std::string_view account;
        std::string_view address;
        Instant at;
    };

    /// Counts a try before the password is looked at; refused (too_many, with the seconds to wait)
    /// without counting when there were enough.
    [[nodiscard]] Result<void> begin(const Attempt& attempt);
    /// The password was right: the try is taken back, and the address is known to the account.
    void succeeded(const Attempt& attempt);

private:
    using Tries = std::vector<Instant>;

    Tries& tries_of(const std::string& key, Instant now);

    std::mutex mutex_;
    Lru<Tries> tries_{3 * max_keys};
    Lru<bool> known_{max_keys};
};

}  // namespace redress::staff
