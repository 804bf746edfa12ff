#include "staff/passwords.hpp"

#include "base/require.hpp"
#include "db/fault.hpp"
#include "staff/rules_passwords.hpp"

#include <array>
#include <new>
#include <sodium.h>
#include <stdexcept>

namespace redress::staff {
namespace {

constexpr unsigned long long passes = 1;
constexpr std::size_t memory_bytes = std::size_t{46} * 1024 * 1024;

// The hash of 32 random bytes that nobody kept, with the parameters above.
constexpr std::string_view nobodys =
    "$argon2id$v=19$m=47104,t=1,p=1$z5WSc+CUlsLz/iVy9EVp+w$lPxftefbsLkQkBcuM5bRbLqHw5myLf0HRDOwNXh0gV0";

class Place {
public:
    Place(std::counting_semaphore<2>& room, std::chrono::milliseconds patience) : room_{room}
    {
        if (!room_.try_acquire_for(patience))
            throw db::Fault{db::FaultKind::busy, "too many passwords are being checked"};
    }
    ~Place() { room_.release(); }
    Place(const Place&) = delete;
    Place& operator=(const Place&) = delete;

private:
    std::counting_semaphore<2>& room_;
};

}  // namespace

Passwords::Passwords(std::chrono::milliseconds patience) : patience_{patience}
{
    if (sodium_init() < 0)
        throw std::runtime_error{"libsodium cannot start"};
}

std::string Passwords::hash(std::string_view password)
{
    REQUIRE_THAT(password.size() <= max_password_bytes);
    const Place place{room_, patience_};
    std::array<char, crypto_pwhash_STRBYTES> text{};
    const int failed = crypto_pwhash_str_alg(
        text.data(),
        password.data(),
        password.size(),
        passes,
        memory_bytes,
        crypto_pwhash_ALG_ARGON2ID13
    );
    if (failed != 0)
        throw std::bad_alloc{};
    return text.data();
}

bool Passwords::matches(std::string_view stored, std::string_view password)
{
    REQUIRE_THAT(password.size() <= max_password_bytes);
    const Place place{room_, patience_};
    const std::string known{stored.empty() ? nobodys : stored};
    const bool is_right =
        crypto_pwhash_str_verify(known.c_str(), password.data(), password.size()) == 0;
    return is_right && !stored.empty();
}

}  // namespace redress::staff
