#pragma once

#include "policy/clocks.hpp"
#include "policy/library.hpp"

#include <algorithm>
#include <doctest/doctest.h>

// What the clock tests share: a case as a tale of events.

namespace redress::policy {

using Kind = ClockChange::Kind;

inline const Library& library()
{
    static const auto built_in = Library::built_in({});
    return *built_in;
}

inline Instant at(std::string_view text)
{
    const auto parsed = parse_rfc3339(text);
    REQUIRE_MESSAGE(parsed.has_value(), text);
    return *parsed;
}

/// A case bound to one pack: what happens to it, and what its clocks make of that.
struct Tale {
    explicit Tale(const Pack& its_pack) : pack{its_pack} {}
    Tale(std::string_view id, std::string_view version) : pack{library().pack(id, version)} {}

    Tale& happen(
        std::string event,
        std::string_view when,
        json::object event_facts = {},
        std::string_view recorded = {}
    )
    {
        const Instant its = at(when);
        history.push_back(
            {std::move(event), its, recorded.empty() ? its : at(recorded), std::move(event_facts)}
        );
        follow(react(clocks, pack, {history, 1, facts, history.back().recorded_at}));
        return *this;
    }

    Tale& know(std::string field, json::value value, std::string_view when)
    {
        facts["case"].as_object()[std::move(field)] = std::move(value);
        follow(react(clocks, pack, {history, 0, facts, at(when)}));
        return *this;
    }

    std::vector<ClockChange> wait_until(std::string_view when)
    {
        auto fired = tick(clocks, pack, at(when));
        follow(fired);
        return fired;
    }

    Result<ClockChange> extend(std::string_view id, ExtensionRequest request)
    {
        auto change = extended(clock(id), pack, request);
        if (change)
            follow({*change});
        return change;
    }

    void follow(const std::vector<ClockChange>& more)
    {
        for (const ClockChange& change : more) {
            // What is stored is JSON: everything must survive it.
            clocks = applied(
                std::move(clocks),
                clock_change_from_json(parse_json(json::serialize(to_json(change))).as_object())
            );
            changes.push_back(change);
        }
        for (const Clock& one : clocks)
            CHECK(clock_from_json(parse_json(json::serialize(to_json(one))).as_object()) == one);
    }

    [[nodiscard]] const Clock&
    clock(std::string_view id, int instance = 0, std::string_view subject = {}) const
    {
        const Clock* found = nullptr;
        for (const Clock& one : clocks)
            if (one.key.id == id && one.key.subject == subject &&
                (instance == 0 || one.key.instance == instance))
                found = &one;
        REQUIRE_MESSAGE(found != nullptr, id);
        return *found;
    }

    [[nodiscard]] bool has(std::string_view id) const
    {
        return std::ranges::any_of(clocks, [&](const Clock& one) { return one.key.id == id; });
    }

    const Pack& pack;
    json::object facts{{"case", json::object{}}};
    std::vector<Happened> history;
    std::vector<Clock> clocks;
    std::vector<ClockChange> changes;
};

inline Tale bank()
{
    return Tale{"cn-bank-insurance-2020", "2020.3"};
}
inline Tale house()
{
    return Tale{"house-default", "1.0.0"};
}
inline Tale disp()
{
    return Tale{"uk-fca-disp", "2026-06"};
}

inline const ExtensionRequest complex{"complex", "complex", "manager", true, {}};

inline ExtensionRequest request(ExtensionRequest made, std::string_view now)
{
    made.now = at(now);
    return made;
}

}  // namespace redress::policy
