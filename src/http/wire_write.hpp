#pragma once

#include "base/described.hpp"
#include "base/text.hpp"
#include "http/wire_read.hpp"

#include <cstdint>
#include <string>
#include <string_view>

namespace redress::http {

/// Appends `text` as a JSON string; bytes that are not UTF-8 become U+FFFD.
void append_json(std::string& out, std::string_view text);
void append_json(std::string& out, bool value);
void append_json(std::string& out, std::int64_t value);
/// The shortest form that reads back the same. Throws std::domain_error for infinity and NaN.
void append_json(std::string& out, double value);
void append_json(std::string& out, Instant value);
void append_json(std::string& out, const Text& value);
void append_json(std::string& out, const json::value& value);

template <class T>
void write_any(std::string& out, const T& value);

namespace detail {

template <class T>
void write_described(std::string& out, const T& value)
{
    out += '{';
    bool is_first = true;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        const auto& field = value.*member.pointer;
        if constexpr (redress::detail::IsOptional<std::remove_cvref_t<decltype(field)>>::value) {
            if (!field)
                return;
        }
        out += is_first ? "\"" : ",\"";
        is_first = false;
        out += member.name;
        out += "\":";
        if constexpr (redress::detail::IsOptional<std::remove_cvref_t<decltype(field)>>::value)
            write_any(out, *field);
        else
            write_any(out, field);
    });
    out += '}';
}

template <class Range, class Each>
void write_between(std::string& out, std::string_view brackets, const Range& range, Each each)
{
    out += brackets[0];
    for (bool is_first = true; const auto& item : range) {
        if (!is_first)
            out += ',';
        is_first = false;
        each(item);
    }
    out += brackets[1];
}

}  // namespace detail

/// Appends any wire type: see wire.hpp.
template <class T>
void write_any(std::string& out, const T& value)
{
    if constexpr (redress::detail::IsOptional<T>::value) {
        static_assert(
            sizeof(T) == 0,
            "an optional is a member of a struct, where it can be absent"
        );
    } else if constexpr (redress::detail::IsVector<T>::value)
        detail::write_between(out, "[]", value, [&](const auto& item) { write_any(out, item); });
    else if constexpr (redress::detail::IsMap<T>::value)
        detail::write_between(out, "{}", value, [&](const auto& item) {
            append_json(out, std::string_view{item.first});
            out += ':';
            write_any(out, item.second);
        });
    else if constexpr (redress::detail::IsId<T>::value)
        append_json(out, value.value);
    else if constexpr (std::is_enum_v<T>)
        append_json(out, name_of(value));
    else if constexpr (std::is_same_v<T, std::string>)
        append_json(out, std::string_view{value});
    else if constexpr (std::is_same_v<T, json::object>)
        append_json(out, json::value(value));
    else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool>)
        append_json(out, static_cast<std::int64_t>(value));
    else if constexpr (boost::describe::has_describe_members<T>::value)
        detail::write_described(out, value);
    else
        append_json(out, value);
}

}  // namespace redress::http
