#pragma once

#include "base/clock.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "intake/accept.hpp"
#include "intake/raw.hpp"
#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"

#include <doctest/doctest.h>
#include <functional>
#include <string>
#include <vector>

/// For tests of this slice.
namespace redress::intake {

inline constexpr Instant test_now{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z

/// A house that files every complaint but those whose subject or description is "refuse", and whose
/// database may fail on "break".
class TestDesk {
public:
    explicit TestDesk(db::Dialect dialect) : database{dialect}, services{make_services()}
    {
        database->migrate(embedded::migrations(), test_now);
        database->set_batch_hooks(ledger.hooks());
    }
    ~TestDesk() { database.close(); }
    TestDesk(const TestDesk&) = delete;
    TestDesk& operator=(const TestDesk&) = delete;

    Result<Outcome> accept_one(const Inbound& inbound, Unwanted unwanted = Unwanted::keep)
    {
        return database->write([&](db::Tx& tx) {
            return accept(tx, services, inbound, {actor, unwanted});
        });
    }

    /// What was filed, in order.
    std::vector<json::object> filed()
    {
        std::vector<json::object> all;
        for (std::int64_t after = 0;;) {
            const auto page =
                database->read([&](db::Tx& tx) { return ledger::list_after(tx, after, 1'000); });
            for (const auto& event : page)
                if (event.stream == "case")
                    all.push_back(json::parse(event.payload).as_object());
            if (page.empty())
                return all;
            after = page.back().seq;
        }
    }

    VirtualClock clock{test_now};
    ledger::Ledger ledger{std::chrono::minutes{480}};
    db::TestDatabase database;
    cases::Actor actor{
        .name = "staff:1",
        .staff = {1},
        .customer = {},
        .roles = {cases::Role::intake},
        .display_name = {},
    };
    Services services;
    bool is_broken{};

private:
    Services make_services()
    {
        return {cases::lifecycle(), clock, ledger, [this](db::Tx& tx, const Filing& filing) {
                    return file(tx, filing);
                }};
    }

    Result<CaseId> file(db::Tx& tx, const Filing& filing)
    {
        const auto& inputs = filing.command.inputs;
        if (string_at(inputs, "description") == "refuse")
            return deny(Denial::invalid, "input_missing", "subject");
        if (is_broken && string_at(inputs, "description") == "break")
            throw db::Fault{db::FaultKind::disk_full, "no room"};
        const CaseId id{ledger.next_id()};
        json::object payload = inputs;
        payload["needs_human_flag"] = filing.needs_human;
        payload["resembles"] = filing.resembles.value;
        ledger.append(
            tx,
            {.stream = "case",
             .entity = id.value,
             .version = 1,
             .kind = "received",
             .at = filing.now,
             .recorded_at = filing.now,
             .actor = filing.command.actor.name,
             .payload = to_canonical_json(payload),
             .personal = {}}
        );
        return id;
    }
};

inline void for_each_desk(const std::function<void(TestDesk&)>& test)
{
    for (const auto dialect : db::test_dialects()) {
        INFO("dialect ", static_cast<int>(dialect));
        TestDesk desk{dialect};
        test(desk);
    }
}

}  // namespace redress::intake
