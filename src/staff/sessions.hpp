#pragma once

#include "base/clock.hpp"
#include "db/database.hpp"
#include "staff/lru.hpp"
#include "staff/store_credentials.hpp"

#include <cstdint>
#include <map>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

namespace redress::staff {

/// Whether a request shows that somebody is at the screen; polls do not.
enum class Use { by_person, in_background };

/// Signed-in browsers. A token has 256 random bits and is kept as SHA-256; a session ends after 12
/// h without use by a person, after 7 days, at a sign-out, a password change or when its person is
/// disabled. Looked up in memory: what another node ended is noticed within `max_age`, what this
/// one ended at once. Any thread; throws db::Fault.
class Sessions {
public:
    static constexpr Micros idle_limit{12LL * 3600 * 1'000'000};
    static constexpr Micros absolute_limit{7LL * 24 * 3600 * 1'000'000};
    static constexpr Micros max_age{10'000'000};
    static constexpr std::size_t max_remembered = 20'000;

    Sessions(db::Database& database, const Clock& clock);

    /// Starts a session and gives its token, 64 hexadecimal digits; nullopt when meanwhile the
    /// person was disabled or has another password than the one that was checked.
    [[nodiscard]] std::optional<std::string>
    begin(StaffId staff, std::string_view checked_password_hash);

    struct Found {
        StaffId staff;
        std::string id;  ///< SHA-256 of the token
    };
    [[nodiscard]] std::optional<Found> find(std::string_view token, Use use);

    void end(std::string_view id);
    void end_all(StaffId staff);
    /// After a transaction that deleted the sessions of this person was committed.
    void forget(StaffId staff);

    /// Writes when sessions were last used; call once a minute and before the end.
    void flush();
    /// Deletes what ended long ago, at most 1,000; call once an hour.
    void sweep();

private:
    struct Remembered {
        Session session;
        Instant loaded_at;
    };

    [[nodiscard]] std::optional<Session> load(const std::string& id);
    [[nodiscard]] static bool has_ended(const Session& session, Instant now);

    db::Database& database_;
    const Clock& clock_;
    std::mutex mutex_;
    Lru<Remembered> remembered_{max_remembered};
    std::map<std::string, Instant, std::less<>> used_;  ///< not written yet
    std::uint64_t
        endings_{};  ///< grows with every end, so that a load that began earlier is not kept
};

}  // namespace redress::staff
