#pragma once

#include "http/wire_read.hpp"
#include "http/wire_schema.hpp"
#include "http/wire_write.hpp"

#include <string>
#include <string_view>

namespace redress::http {

/// Wire types are structs with BOOST_DESCRIBE_STRUCT (and enums with BOOST_DESCRIBE_ENUM, told by
/// their names) of: bool, integers, double, std::string, Instant (RFC 3339), Id<T> (number), Text,
/// nested wire types, std::vector<T>, std::map<std::string, T>, json::object and json::value (free
/// form), and std::optional<T> for a member that may be absent. Absent is not null: null is
/// refused.

/// Bodies may not nest deeper; a body of 100,000 brackets costs nothing.
inline constexpr std::size_t max_json_depth = 32;

/// The JSON of a body. Refused: malformed text (with line and column), invalid UTF-8, depth,
/// duplicate keys.
[[nodiscard]] Result<json::value> parse_body(std::string_view body);

/// Reads a body and tells everything that is wrong with it at once: wrong types, missing and
/// unknown fields, values outside their limits, each with its place, "items[3].name".
template <class T>
[[nodiscard]] Result<T> read_json(std::string_view body)
{
    const auto parsed = parse_body(body);
    if (!parsed)
        return std::unexpected{parsed.error()};
    ReadState state;
    T value{};
    read_any(state, *parsed, value);
    auto refusals = state.take_refusals();
    if (!refusals.empty())
        return std::unexpected{Denied{Denial::invalid, std::move(refusals)}};
    return value;
}

/// The JSON of a wire value, members in the order described, absent members left out.
template <class T>
[[nodiscard]] std::string write_json(const T& value)
{
    std::string out;
    out.reserve(512);
    write_any(out, value);
    return out;
}

}  // namespace redress::http
