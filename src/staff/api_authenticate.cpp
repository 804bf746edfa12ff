#include "staff/api_authenticate.hpp"

#include "base/text.hpp"
#include "staff/signing.hpp"

#include <fmt/format.h>

#include <chrono>
#include <optional>

namespace redress::staff {
namespace {

std::string_view cookie_in(std::string_view header, std::string_view name)
{
    for (const auto part : split(header, ';')) {
        const auto pair = trim(part);
        const auto equals = pair.find('=');
        if (equals != std::string_view::npos && pair.substr(0, equals) == name)
            return pair.substr(equals + 1);
    }
    return {};
}

/// The token of `Authorization: Bearer …`; nullopt when the header is of another scheme or absent.
std::optional<std::string_view> bearer_in(std::string_view header)
{
    constexpr std::string_view scheme = "bearer ";
    if (to_lower_ascii(header.substr(0, scheme.size())) != scheme)
        return std::nullopt;
    return trim(header.substr(scheme.size()));
}

}  // namespace

Result<Caller> authenticate(Services& services, const http::Request& request)
{
    services.directory.keep_fresh();
    if (const auto token = bearer_in(request.header("authorization"))) {
        auto caller = find_key_caller(services, *token);
        if (!caller)
            return deny(Denial::unauthorised, "key_invalid");
        return *std::move(caller);
    }
    const auto token = cookie_in(request.header("cookie"), session_cookie);
    if (token.empty())
        return Caller{};
    const bool is_poll = !request.header(background_header).empty();
    return find_caller(services, token, is_poll ? Use::in_background : Use::by_person)
        .value_or(Caller{});
}

std::string cookie_of(std::string_view token, bool is_secure)
{
    const auto age = std::chrono::duration_cast<std::chrono::seconds>(Sessions::absolute_limit);
    return fmt::format(
        "{}={}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}",
        session_cookie,
        token,
        age.count(),
        is_secure ? "; Secure" : ""
    );
}

std::string cookie_taken_back(bool is_secure)
{
    return fmt::format(
        "{}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}",
        session_cookie,
        is_secure ? "; Secure" : ""
    );
}

}  // namespace redress::staff
