#pragma once

#include "staff/services.hpp"

#include <optional>
#include <string>
#include <string_view>

/// How one becomes somebody: sessions, API keys, passwords.
namespace redress::staff {

/// The person of a session's token, while both last.
[[nodiscard]] std::optional<Caller>
find_caller(Services& services, std::string_view token, Use use);
/// The holder of an API key.
[[nodiscard]] std::optional<Caller> find_key_caller(Services& services, std::string_view token);

struct SignIn {
    std::string_view login;
    std::string_view password;
    std::string_view address;
    std::string_view old_session;  ///< Caller::session of the request; ends with a good password
};
struct SignedIn {
    StaffId staff;
    std::string token;
};
/// One answer, in the same time, for a wrong password, an unknown login and somebody disabled.
[[nodiscard]] Result<SignedIn> sign_in(Services& services, const SignIn& attempt);

struct PasswordChange {
    std::string_view current;
    std::string_view wanted;
    std::string_view address;
};
/// Ends every session of the caller and starts a new one.
[[nodiscard]] Result<SignedIn>
change_password(Services& services, const Caller& caller, const PasswordChange& change);

}  // namespace redress::staff
