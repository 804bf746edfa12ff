#pragma once

#include "base/described.hpp"

#include <algorithm>
#include <array>
#include <string>
#include <string_view>

namespace redress {

template <class T>
void append_doc(std::string& out, const T& value);

namespace detail {

template <class T>
struct Member {
    std::string_view name;
    bool (*is_default)(const T& value, const T& initial);
    void (*append)(std::string& out, const T& value);
};

/// The members of T by their names in byte order, as the canonical form wants them.
template <class T>
const auto& members_by_name()
{
    using All = boost::describe::describe_members<T, boost::describe::mod_public>;
    static const auto sorted = [] {
        std::array<Member<T>, boost::mp11::mp_size<All>::value> members{};
        std::size_t i = 0;
        boost::mp11::mp_for_each<All>([&](auto member) {
            members[i++] = {
                member.name,
                [](const T& value, const T& initial) {
                    return value.*decltype(member)::pointer == initial.*decltype(member)::pointer;
                },
                [](std::string& out, const T& value) {
                    append_doc(out, value.*decltype(member)::pointer);
                }};
        });
        std::ranges::sort(members, {}, &Member<T>::name);
        return members;
    }();
    return sorted;
}

template <class T>
void append_members(std::string& out, const T& value)
{
    static const T initial{};
    char separator = '{';
    for (const auto& member : members_by_name<T>()) {
        if (member.is_default(value, initial))
            continue;
        out += separator;
        separator = ',';
        append_json_text(out, member.name);
        out += ':';
        member.append(out, value);
    }
    out += separator == '{' ? "{}" : "}";
}

}  // namespace detail

/// Appends what to_canonical_json(to_doc(value)) gives, without building it first.
template <class T>
void append_doc(std::string& out, const T& value)
{
    if constexpr (detail::IsOptional<T>::value) {
        if (value)
            append_doc(out, *value);
        else
            out += "null";
    } else if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value) {
        char separator = '[';
        for (const auto& item : value) {
            out += separator;
            separator = ',';
            append_doc(out, item);
        }
        out += separator == '[' ? "[]" : "]";
    } else if constexpr (std::is_same_v<T, std::string>)
        append_json_text(out, value);
    else if constexpr (std::is_same_v<T, json::object> || std::is_same_v<T, json::value>)
        append_canonical_json(out, value);
    else if constexpr (boost::describe::has_describe_members<T>::value)
        detail::append_members(out, value);
    else
        append_canonical_json(out, to_doc(value));
}

/// A document as it is stored.
template <class T>
[[nodiscard]] std::string write_doc(const T& value)
{
    std::string out;
    append_doc(out, value);
    return out;
}

/// A document as it was stored. It is parsed within one piece of memory that is let go of at once.
template <class T>
[[nodiscard]] T read_doc(std::string_view text)
{
    constexpr std::size_t usual = 8192;
    std::array<unsigned char, usual> first{};
    json::monotonic_resource memory{first.data(), first.size()};
    T value{};
    from_doc(parse_json(text, &memory), value);
    return value;
}

}  // namespace redress
