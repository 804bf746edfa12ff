#include "staff/keys.hpp"

#include "base/hash.hpp"

namespace redress::staff {
namespace {

constexpr std::size_t token_bytes = 32;

bool has_ended(const ApiKey& key, Instant now)
{
    return key.revoked_at || (key.expires_at && now >= *key.expires_at);
}

}  // namespace

Keys::Keys(db::Database& database, const Clock& clock) : database_{database}, clock_{clock} {}

std::string Keys::new_token()
{
    return std::string{prefix} + random_hex(token_bytes);
}

std::optional<ApiKey> Keys::find(std::string_view token)
{
    if (!token.starts_with(prefix) || token.size() != prefix.size() + 2 * token_bytes)
        return std::nullopt;
    auto key = load(sha256_hex(token));
    const auto now = clock_.now();
    if (!key || has_ended(*key, now))
        return std::nullopt;
    const std::lock_guard lock{mutex_};
    used_[key->id] = now;
    return key;
}

std::optional<ApiKey> Keys::load(const std::string& token_hash)
{
    const auto now = clock_.now();
    std::uint64_t endings_before = 0;
    {
        const std::lock_guard lock{mutex_};
        const auto* known = remembered_.find(token_hash);
        if (known != nullptr && now - known->loaded_at < max_age)
            return known->key;
        endings_before = endings_;
    }
    auto stored = database_.read([&](db::Tx& tx) { return find_key(tx, token_hash); });
    const std::lock_guard lock{mutex_};
    if (!stored)
        remembered_.erase(token_hash);
    else if (endings_ == endings_before)
        remembered_.put(token_hash, {*stored, now});
    return stored;
}

void Keys::forget(KeyId id)
{
    const std::lock_guard lock{mutex_};
    ++endings_;
    remembered_.erase_if([id](const Remembered& each) { return each.key.id == id; });
}

void Keys::flush()
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
                touch_key(tx, id, at);
        });
    } catch (...) {
        const std::lock_guard lock{mutex_};
        used_.merge(used);
        throw;
    }
}

}  // namespace redress::staff
