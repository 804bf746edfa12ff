#pragma once

#include "base/described.hpp"
#include "http/wire_state.hpp"

#include <algorithm>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

namespace redress::http {

template <class T>
void read_any(ReadState& state, const json::value& from, T& to);

template <class E>
std::vector<std::string_view> names_of()
{
    std::vector<std::string_view> names;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto each) {
        names.emplace_back(each.name);
    });
    return names;
}

namespace detail {

template <class T>
using Members = boost::describe::
    describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
void read_described(ReadState& state, const json::value& from, T& to)
{
    const auto* object = read_object(state, from);
    if (object == nullptr)
        return;
    std::vector<std::string_view> known;
    boost::mp11::mp_for_each<Members<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(to.*member.pointer)>;
        known.emplace_back(member.name);
        const ReadState::Step step{state, member.name, limit_of<T>(member.name)};
        if (const auto* found = object->if_contains(member.name))
            read_any(state, *found, to.*member.pointer);
        else if (!redress::detail::IsOptional<Member>::value)
            state.refuse("field_missing");
    });
    for (const auto& [key, value] : *object) {
        if (std::ranges::find(known, std::string_view{key}) != known.end())
            continue;
        const ReadState::Step step{state, key, nullptr};
        state.refuse("field_unknown");
    }
}

template <class T>
void read_list(ReadState& state, const json::value& from, std::vector<T>& to)
{
    const auto* array = read_array(state, from);
    if (array == nullptr)
        return;
    to.resize(array->size());
    for (std::size_t i = 0; i < array->size(); ++i) {
        const ReadState::Step step{state, i};
        read_any(state, (*array)[i], to[i]);
    }
}

template <class Map>
void read_map(ReadState& state, const json::value& from, Map& to)
{
    const auto* object = read_object(state, from);
    if (object == nullptr ||
        !state.check_size(static_cast<std::int64_t>(object->size()), "list", max_list_items))
        return;
    for (const auto& [key, value] : *object) {
        const ReadState::Step step{state, key, nullptr};
        read_any(state, value, to[std::string{key}]);
    }
}

}  // namespace detail

/// Reads any wire type: see wire.hpp.
template <class T>
void read_any(ReadState& state, const json::value& from, T& to)
{
    if constexpr (redress::detail::IsOptional<T>::value) {
        if (from.is_null())
            state.refuse("null_given");
        else
            read_any(state, from, to.emplace());
    } else if constexpr (redress::detail::IsVector<T>::value) {
        if constexpr (std::is_same_v<typename T::value_type, bool>)
            static_assert(sizeof(T) == 0, "a list of booleans says nothing; list objects");
        else
            detail::read_list(state, from, to);
    } else if constexpr (redress::detail::IsMap<T>::value)
        detail::read_map(state, from, to);
    else if constexpr (redress::detail::IsId<T>::value)
        read_value(state, from, to.value);
    else if constexpr (std::is_enum_v<T>) {
        const auto* text = from.if_string();
        const auto found = text == nullptr ? std::optional<T>{} : named<T>(std::string_view{*text});
        if (found)
            to = *found;
        else
            refuse_choice(
                state,
                text == nullptr ? std::string_view{} : std::string_view{*text},
                names_of<T>()
            );
    } else if constexpr (std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, std::int64_t>) {
        std::int64_t wide{};
        static_assert(
            sizeof(T) < sizeof(wide) || std::is_signed_v<T>,
            "64 unsigned bits do not fit"
        );
        read_bounded(
            state,
            from,
            wide,
            std::numeric_limits<T>::min(),
            std::numeric_limits<T>::max()
        );
        to = static_cast<T>(wide);
    } else if constexpr (boost::describe::has_describe_members<T>::value)
        detail::read_described(state, from, to);
    else
        read_value(state, from, to);
}

}  // namespace redress::http
