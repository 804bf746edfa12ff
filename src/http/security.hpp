#pragma once

#include "http/message.hpp"

#include <string_view>

namespace redress::http {

/// For pages of ours: no exceptions, nothing from elsewhere.
inline constexpr std::string_view page_policy =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'";

/// For everything that is not a page: it must never act as one.
inline constexpr std::string_view data_policy =
    "default-src 'none'; frame-ancestors 'none'; sandbox";

/// Adds what the handler has not set: X-Content-Type-Options, Content-Security-Policy,
/// Referrer-Policy, Cross-Origin-Opener-Policy, Cross-Origin-Resource-Policy, Cache-Control:
/// no-store, and HSTS over TLS. The server calls it for every answer.
void add_security_headers(Response& response, bool is_tls);

}  // namespace redress::http
