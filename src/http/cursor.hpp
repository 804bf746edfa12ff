#pragma once

#include "http/wire.hpp"

#include <string>
#include <string_view>

namespace redress::http {

/// An opaque place in a keyset-paged list: base64url of a check sum and the JSON of a wire type. It
/// keeps clients from building cursors, not attackers: what a cursor says is only a place, never a
/// right.
[[nodiscard]] std::string seal_cursor(std::string_view json);
/// Refused as "cursor_invalid" unless seal_cursor made it.
[[nodiscard]] Result<std::string> open_cursor(std::string_view cursor);

template <class T>
[[nodiscard]] std::string write_cursor(const T& place)
{
    return seal_cursor(write_json(place));
}

template <class T>
[[nodiscard]] Result<T> read_cursor(std::string_view cursor)
{
    const auto text = open_cursor(cursor);
    if (!text)
        return std::unexpected{text.error()};
    auto place = read_json<T>(*text);
    if (!place)
        return deny(Denial::invalid, "cursor_invalid", "cursor");
    return place;
}

}  // namespace redress::http
