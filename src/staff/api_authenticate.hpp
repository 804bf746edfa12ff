#pragma once

#include "http/message.hpp"
#include "staff/services.hpp"

#include <string>
#include <string_view>

/// Who sends a request: the cookie or the API key it carries.
namespace redress::staff {

inline constexpr std::string_view session_cookie = "redress_session";
/// A request with this header (any value) is a poll: it does not keep a session awake.
inline constexpr std::string_view background_header = "redress-background";

/// For Middleware::authenticate: the person of the session cookie, the key of `Authorization:
/// Bearer rk_…`, or nobody. A bearer token that is no key is refused; a cookie that is no session
/// (any more) is nobody, so that one can sign in again. Costs no query for a session or key that
/// was seen in the last ten seconds.
[[nodiscard]] Result<Caller> authenticate(Services& services, const http::Request& request);

/// The Set-Cookie that gives a session to the browser, and the one that takes it back.
[[nodiscard]] std::string cookie_of(std::string_view token, bool is_secure);
[[nodiscard]] std::string cookie_taken_back(bool is_secure);

}  // namespace redress::staff
