#pragma once

#include <chrono>
#include <semaphore>
#include <string>
#include <string_view>

namespace redress::staff {

/// Argon2id (RFC 9106) with 46 MiB and one pass, the parameters OWASP gives: about 70 ms. At most
/// two are computed at once, so sign-ins never take more than 92 MiB; who waits longer than
/// `patience` gets a db::Fault{busy}, which is answered with 503. Any thread.
class Passwords {
public:
    explicit Passwords(std::chrono::milliseconds patience = std::chrono::milliseconds{3000});

    /// The string to store. The password has passed check_new_password.
    [[nodiscard]] std::string hash(std::string_view password);

    /// Whether it is the password of `stored`. With "" (nobody of that name) the answer is no,
    /// after the same work: the time tells nothing. A password over max_password_bytes is refused
    /// before.
    [[nodiscard]] bool matches(std::string_view stored, std::string_view password);

private:
    static constexpr std::ptrdiff_t at_once = 2;

    const std::chrono::milliseconds patience_;
    std::counting_semaphore<at_once> room_{at_once};
};

}  // namespace redress::staff
