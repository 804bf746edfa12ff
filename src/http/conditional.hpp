#pragma once

#include "base/refusal.hpp"
#include "http/message.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace redress::http {

/// The strong entity tag of a version: 7 is `"7"`.
[[nodiscard]] std::string etag_of(std::int64_t version);

/// The version an If-Match header names. One strong tag made by etag_of; anything else is refused.
[[nodiscard]] Result<std::int64_t> parse_if_match(std::string_view header);

/// Whether If-None-Match names `etag` (weak comparison, lists and `*` as RFC 9110 says).
[[nodiscard]] bool matches_none(std::string_view if_none_match, std::string_view etag);

/// An Idempotency-Key: 1 to 128 visible ASCII characters, quotes of a structured field taken off.
[[nodiscard]] Result<std::string> parse_idempotency_key(std::string_view header);

/// For requests that carry a cookie: a method that changes something must come from our own pages,
/// by Sec-Fetch-Site or else by Origin. `own_origin` is "https://host[:port]"; "" compares with
/// Host.
[[nodiscard]] Result<void> check_same_origin(const Request& request, std::string_view own_origin);

/// GET, HEAD, OPTIONS and TRACE change nothing.
[[nodiscard]] bool is_safe(std::string_view method);

}  // namespace redress::http
