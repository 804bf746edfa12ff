#include "staff/throttle.hpp"

#include "base/hash.hpp"

#include <algorithm>
#include <array>
#include <string>

namespace redress::staff {
namespace {

/// Keys have a fixed size, however long a login somebody sends.
struct Keys {
    explicit Keys(const Throttle::Attempt& attempt)
        : account{"account:" + sha256_hex(attempt.account)},
          address{"address:" + sha256_hex(attempt.address)},
          pair{sha256_hex({account, address})}
    {}

    std::string account;
    std::string address;
    std::string pair;
};

std::string to_seconds(Micros wait)
{
    return std::to_string((wait.count() + 999'999) / 1'000'000);
}

}  // namespace

Throttle::Tries& Throttle::tries_of(const std::string& key, Instant now)
{
    auto* found = tries_.find(key);
    auto& tries = found == nullptr ? tries_.put(key, {}) : *found;
    std::erase_if(tries, [now](Instant at) { return at + window <= now; });
    return tries;
}

Result<void> Throttle::begin(const Attempt& attempt)
{
    const Keys keys{attempt};
    const std::lock_guard lock{mutex_};
    const bool is_known = known_.find(keys.pair) != nullptr;
    struct Limited {
        Tries* tries;
        std::size_t limit;
    };
    const std::array limits{
        Limited{&tries_of(keys.address, attempt.at), tries_of_address},
        Limited{&tries_of(is_known ? keys.pair : keys.account, attempt.at), tries_of_account}};
    for (const auto& [tries, limit] : limits)
        if (tries->size() >= limit) {
            const auto wait = tries->front() + window - attempt.at;
            return deny(Denial::too_many, "sign_in_throttled", {}, {{"seconds", to_seconds(wait)}});
        }
    for (const auto& [tries, limit] : limits)
        tries->push_back(attempt.at);
    return {};
}

void Throttle::succeeded(const Attempt& attempt)
{
    const Keys keys{attempt};
    const std::lock_guard lock{mutex_};
    known_.put(keys.pair, true);
    tries_.erase(keys.pair);
    for (const auto& key : {keys.address, keys.account}) {
        auto& tries = tries_of(key, attempt.at);
        if (const auto taken = std::ranges::find(tries, attempt.at); taken != tries.end())
            tries.erase(taken);
    }
}

}  // namespace redress::staff
