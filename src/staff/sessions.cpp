#include "staff/sessions.hpp"

#include "base/hash.hpp"

#include <algorithm>
#include <utility>

namespace redress::staff {
namespace {

constexpr std::size_t token_bytes = 32;
constexpr std::int64_t sweep_limit = 1000;
// Another node may not have written yet when it last saw a session.
constexpr Micros sweep_margin = std::chrono::hours{1};

}  // namespace

Sessions::Sessions(db::Database& database, const Clock& clock) : database_{database}, clock_{clock}
{}

std::optional<std::string> Sessions::begin(StaffId staff, std::string_view checked_password_hash)
{
    auto token = random_hex(token_bytes);
    const auto id = sha256_hex(token);
    const auto now = clock_.now();
    const Session session{.staff = staff, .created_at = now, .seen_at = now};
    const bool has_begun = database_.write([&](db::Tx& tx) {
        const auto credential = find_credential(tx, staff);
        const bool may = credential && credential->is_active &&
                         credential->password_hash == checked_password_hash;
        if (may)
            insert_session(tx, id, session);
        return may;
    });
    return has_begun ? std::optional{std::move(token)} : std::nullopt;
}

std::optional<Sessions::Found> Sessions::find(std::string_view token, Use use)
{
    if (token.size() != 2 * token_bytes)
        return std::nullopt;
    auto id = sha256_hex(token);
    const auto session = load(id);
    const auto now = clock_.now();
    if (!session || has_ended(*session, now))
        return std::nullopt;
    if (use == Use::by_person) {
        const std::lock_guard lock{mutex_};
        if (auto* known = remembered_.find(id)) {
            known->session.seen_at = now;
            used_[id] = now;
        }
    }
    return Found{session->staff, std::move(id)};
}

std::optional<Session> Sessions::load(const std::string& id)
{
    const auto now = clock_.now();
    std::uint64_t endings_before = 0;
    {
        const std::lock_guard lock{mutex_};
        const auto* known = remembered_.find(id);
        if (known != nullptr && now - known->loaded_at < max_age)
            return known->session;
        endings_before = endings_;
    }
    auto stored = database_.read([&](db::Tx& tx) { return find_session(tx, id); });
    const std::lock_guard lock{mutex_};
    if (!stored) {
        remembered_.erase(id);
        used_.erase(id);
        return std::nullopt;
    }
    // The row is up to a minute behind what this node has seen.
    if (const auto used = used_.find(id); used != used_.end())
        stored->seen_at = std::max(stored->seen_at, used->second);
    if (endings_ == endings_before)
        remembered_.put(id, {*stored, now});
    return stored;
}

bool Sessions::has_ended(const Session& session, Instant now)
{
    return now >= session.created_at + absolute_limit || now >= session.seen_at + idle_limit;
}

void Sessions::end(std::string_view id)
{
    database_.write([&](db::Tx& tx) { delete_session(tx, id); });
    const std::lock_guard lock{mutex_};
    ++endings_;
    remembered_.erase(id);
    if (const auto used = used_.find(id); used != used_.end())
        used_.erase(used);
}

void Sessions::end_all(StaffId staff)
{
    database_.write([&](db::Tx& tx) { delete_sessions_of(tx, staff); });
    forget(staff);
}

void Sessions::forget(StaffId staff)
{
    const std::lock_guard lock{mutex_};
    ++endings_;
    remembered_.erase_if([staff](const Remembered& each) { return each.session.staff == staff; });
}

void Sessions::flush()
{
    decltype(used_) used;
    {
        const std::lock_guard lock{mutex_};
        used.swap(used_);
    }
    if (used.empty())
        return;
    try {
        database_.write([&](db::Tx& tx) {
            for (const auto& [id, at] : used)
                touch_session(tx, id, at);
        });
    } catch (...) {
        const std::lock_guard lock{mutex_};
        used_.merge(used);
        throw;
    }
}

void Sessions::sweep()
{
    flush();
    const auto before = clock_.now() - idle_limit - sweep_margin;
    database_.write([before](db::Tx& tx) { delete_stale_sessions(tx, before, sweep_limit); });
}

}  // namespace redress::staff
