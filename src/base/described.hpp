#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"

#include <boost/describe.hpp>
#include <boost/mp11.hpp>

#include <map>
#include <optional>
#include <set>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <vector>

namespace redress {

/// Our own documents as JSON, from the BOOST_DESCRIBE_STRUCT of a type: members that hold their
/// default are left out, a member that is absent keeps its default, one that is unknown is passed
/// over, so that documents of older and newer programs can be read. Times are microseconds, ids
/// numbers, enums their names. Input of others goes through http/wire.
template <class T>
json::value to_doc(const T& value);
template <class T>
void from_doc(const json::value& doc, T& value);

namespace detail {

template <class T>
struct IsId : std::false_type {};
template <class Tag>
struct IsId<Id<Tag>> : std::true_type {};
template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};
template <class T>
struct IsSet : std::false_type {};
template <class T>
struct IsSet<std::set<T>> : std::true_type {};
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
template <class T>
struct IsMap : std::false_type {};
template <class T>
struct IsMap<std::map<std::string, T>> : std::true_type {};
template <class T>
struct IsMap<std::map<std::string, T, std::less<>>> : std::true_type {};

template <class T>
json::object object_of(const T& value)
{
    json::object object;
    [[maybe_unused]] static const T initial{};
    boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
        [&](auto member) {
            if (!(value.*member.pointer == initial.*member.pointer))
                object.emplace(member.name, to_doc(value.*member.pointer));
        }
    );
    return object;
}

}  // namespace detail

/// The name of a described enum value.
template <class E>
[[nodiscard]] std::string_view name_of(E value)
{
    return boost::describe::enum_to_string(value, "");
}

/// The described enum value of a name.
template <class E>
[[nodiscard]] std::optional<E> named(std::string_view name)
{
    std::optional<E> found;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto one) {
        if (name == one.name)
            found = one.value;
    });
    return found;
}

template <class T>
json::value to_doc(const T& value)
{
    if constexpr (std::is_same_v<T, Instant>)
        return value.us;
    else if constexpr (detail::IsId<T>::value)
        return value.value;
    else if constexpr (std::is_enum_v<T>)
        return json::string{name_of(value)};
    else if constexpr (detail::IsOptional<T>::value)
        return value ? to_doc(*value) : json::value{};
    else if constexpr (detail::IsVector<T>::value || detail::IsSet<T>::value) {
        json::array array;
        array.reserve(value.size());
        for (const auto& item : value)
            array.push_back(to_doc(item));
        return array;
    } else if constexpr (detail::IsMap<T>::value) {
        json::object object;
        for (const auto& [key, item] : value)
            object.emplace(key, to_doc(item));
        return object;
    } else if constexpr (boost::describe::has_describe_members<T>::value)
        return detail::object_of(value);
    else
        return json::value(value);
}

template <class T>
void from_doc(const json::value& doc, T& value)
{
    if constexpr (std::is_same_v<T, Instant>)
        value.us = doc.as_int64();
    else if constexpr (detail::IsId<T>::value)
        value.value = doc.as_int64();
    else if constexpr (std::is_enum_v<T>) {
        const auto found = named<T>(doc.as_string());
        if (!found)
            throw std::runtime_error{
                "a stored document has the unknown value " + std::string{doc.as_string()}};
        value = *found;
    } else if constexpr (detail::IsOptional<T>::value) {
        if (doc.is_null())
            value.reset();
        else
            from_doc(doc, value.emplace());
    } else if constexpr (detail::IsVector<T>::value) {
        value.clear();
        for (const auto& item : doc.as_array())
            from_doc(item, value.emplace_back());
    } else if constexpr (detail::IsSet<T>::value) {
        value.clear();
        for (const auto& item : doc.as_array()) {
            typename T::value_type member{};
            from_doc(item, member);
            value.insert(std::move(member));
        }
    } else if constexpr (detail::IsMap<T>::value) {
        value.clear();
        for (const auto& [key, item] : doc.as_object())
            from_doc(item, value[std::string{key}]);
    } else if constexpr (std::is_same_v<T, json::object>)
        value = doc.as_object();
    else if constexpr (std::is_same_v<T, json::value>)
        value = doc;
    else if constexpr (std::is_same_v<T, std::string>)
        value = std::string{doc.as_string()};
    else if constexpr (std::is_same_v<T, bool>)
        value = doc.as_bool();
    else if constexpr (std::is_integral_v<T>)
        value = static_cast<T>(doc.as_int64());
    else if constexpr (std::is_floating_point_v<T>)
        value = doc.to_number<T>();
    else {
        const auto& object = doc.as_object();
        boost::mp11::mp_for_each<boost::describe::describe_members<T, boost::describe::mod_public>>(
            [&](auto member) {
                if (const auto* found = object.if_contains(member.name))
                    from_doc(*found, value.*member.pointer);
            }
        );
    }
}

}  // namespace redress
