#pragma once

#include "base/catalogue.hpp"
#include "cases/rules.hpp"

#include <doctest/doctest.h>
#include <set>
#include <string>

/// A case, the people around it and a morning to work on it, for tests of the rules.
namespace redress::cases {

inline constexpr StaffId owner{7};
inline constexpr StaffId colleague{8};

inline Instant at(std::string_view text)
{
    return *parse_rfc3339(text);
}
inline const Instant morning = at("2026-11-20T09:00:00+08:00");

inline const policy::Library& library()
{
    static const auto loaded = policy::Library::built_in({});
    return *loaded;
}

inline Context context(Instant now = morning)
{
    return {.lifecycle = lifecycle(), .policies = library(), .now = now, .organisation = {}};
}

inline Actor actor(std::set<Role> roles, StaffId staff = owner)
{
    return {
        .name = staff ? "staff:" + std::to_string(staff.value) : "customer:1",
        .staff = staff,
        .customer = {},
        .roles = std::move(roles),
        .display_name = "张敏",
        .limit_minor = 50'000};
}

inline json::object received_inputs()
{
    return {
        {"channel", "phone"},
        {"raw_content", "东西坏了"},
        {"description", "东西坏了"},
        {"complainant_name", "李雷"},
        {"remedy_unknown", true}};
}

inline Case after(Case value, const Command& command, const Context& with)
{
    const auto events = decide(value, command, with);
    REQUIRE_MESSAGE(
        events.has_value(),
        command.verb,
        ": ",
        events ? "" : say(Lang::en, events.error().refusals.front())
    );
    for (const auto& event : *events)
        value = apply(std::move(value), event);
    return value;
}

inline Case registered()
{
    const auto fresh = new_case({1}, "20261120-000001", owner);
    auto value = after(
        fresh,
        {"receive", received_inputs(), actor({Role::intake}), std::nullopt},
        context()
    );
    return after(value, {"register", {}, actor({Role::intake}), std::nullopt}, context());
}

inline std::set<std::string> codes(const Result<std::vector<Event>>& answer)
{
    std::set<std::string> all;
    if (!answer)
        for (const auto& refusal : answer.error().refusals)
            all.insert(refusal.code);
    return all;
}

}  // namespace redress::cases
