#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "staff/lru.hpp"
#include "staff/store_credentials.hpp"

#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace redress::staff {

/// API keys: "rk_" and 256 random bits, kept as SHA-256. Looked up in memory like sessions: what
/// another node revoked is noticed within `max_age`, what this one revoked at once. Any thread;
/// throws db::Fault.
class Keys {
public:
    static constexpr std::string_view prefix = "rk_";
    static constexpr Micros max_age{10'000'000};
    static constexpr std::size_t max_remembered = 1'000;

    Keys(db::Database& database, const Clock& clock);

    [[nodiscard]] static std::string new_token();
    /// The key of a token, unless it is unknown, revoked or past its end.
    [[nodiscard]] std::optional<ApiKey> find(std::string_view token);
    /// After a transaction that revoked a key was committed.
    void forget(KeyId id);
    /// Writes when keys were last used; call once a minute and before the end.
    void flush();

private:
    struct Remembered {
        ApiKey key;
        Instant loaded_at;
    };

    [[nodiscard]] std::optional<ApiKey> load(const std::string& token_hash);

    db::Database& database_;
    const Clock& clock_;
    std::mutex mutex_;
    Lru<Remembered> remembered_{max_remembered};
    std::map<KeyId, Instant> used_;  ///< not written yet
    std::uint64_t
        endings_{};  ///< grows with every revocation, so that a load that began earlier is not kept
};

}  // namespace redress::staff
