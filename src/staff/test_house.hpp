#pragma once

#include "base/clock.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "ledger/ledger.hpp"
#include "staff/changes.hpp"
#include "staff/services.hpp"

#include <functional>
#include <string>
#include <vector>

/// A house with an administrator and no one else, for tests.
namespace redress::staff {

inline constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z, a Saturday
inline constexpr std::string_view good_password = "plum-gate-otter-91";

/// The order of the members matters: the database goes before the ledger that its hooks point to.
struct House {
    explicit House(db::Dialect dialect) : database{dialect}
    {
        database->migrate(embedded::migrations(), noon);
        database->set_batch_hooks(ledger.hooks());
        services.emplace(*database, ledger, clock, Settings{});
        admin = *create_admin(
            *services,
            {.login = "root", .display_name = "Ada 管理员", .password = std::string{good_password}}
        );
    }

    [[nodiscard]] Caller as(StaffId id) const
    {
        const auto* person = services->directory.roster()->find(id);
        Caller caller;
        caller.actor = to_actor(*person);
        return caller;
    }
    [[nodiscard]] Caller as_admin() const { return as(admin.id); }

    Staff hire(std::string login, std::vector<cases::Role> roles)
    {
        StaffPatch patch;
        patch.display_name = "Person " + login;
        patch.roles = std::move(roles);
        patch.languages = std::vector<std::string>{"zh"};
        return *create_staff(
            *services,
            as_admin(),
            {.login = std::move(login), .password = std::nullopt, .patch = std::move(patch)}
        );
    }

    Staff change(StaffId id, StaffPatch patch)
    {
        return *change_staff(*services, as_admin(), {id, std::nullopt, std::move(patch)});
    }

    [[nodiscard]] std::vector<ledger::Event> events() const
    {
        return (*services).database.read([](db::Tx& tx) { return ledger::list_after(tx, 0, 1000); }
        );
    }

    ledger::Ledger ledger{std::chrono::minutes{480}};
    VirtualClock clock{noon};
    db::TestDatabase database;
    std::optional<Services> services;
    Staff admin;
};

/// Runs the test in a fresh house on every kind of database.
inline void in_each_house(const std::function<void(House&)>& test)
{
    for (const auto dialect : db::test_dialects()) {
        House house{dialect};
        test(house);
    }
}

[[nodiscard]] inline std::string code_of(const Denied& denied)
{
    return denied.refusals.empty() ? std::string{} : denied.refusals.front().code;
}

template <class T>
[[nodiscard]] std::string code_of(const Result<T>& result)
{
    return result ? std::string{} : code_of(result.error());
}

}  // namespace redress::staff
