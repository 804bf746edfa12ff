#pragma once

#include "customers/store.hpp"
#include "customers/store_search.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "ledger/ledger.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>

namespace redress::customers {

inline constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z

using Contacts = std::map<std::string, std::string, std::less<>>;

/// A case as far as this slice looks at it.
struct SeenCase {
    CustomerId customer;
    Instant received_at;
    bool is_open{};
    StaffId subject{};
};

inline void insert_case(db::Tx& tx, std::int64_t number, const SeenCase& seen)
{
    static constexpr db::Command<CaseId, std::string_view, bool, CustomerId, Instant, StaffId> insert{
        "test.insert_case",
        "INSERT INTO cases (id, ref_no, version, state, is_open, kind, channel, owner_id, customer_id, "
        "received_at, updated_at, next_due_at, anger, severity, escalation, is_waiting, title, customer_name, doc, subject_id) "
        "VALUES ($1, $2, 1, 'registered', $3, 'complaint', 'phone', 9, $4, $5, $5, 0, 1, 1, 0, 0, 't', 'n', '{}', NULLIF($6, 0))"};
    tx.run(
        insert,
        CaseId{number},
        fmt::format("R-{}", number),
        seen.is_open,
        seen.customer,
        seen.received_at,
        seen.subject
    );
}

/// A migrated database with a ledger, and the calls of this slice as one job each.
struct TestHouse {
    explicit TestHouse(db::Database& opened) : database{opened}
    {
        database.migrate(embedded::migrations(), noon);
        database.set_batch_hooks(ledger.hooks());
    }

    CustomerId file(std::string name, Contacts contacts)
    {
        Complainant complainant;
        complainant.name = std::move(name);
        complainant.contacts = std::move(contacts);
        return file(complainant);
    }

    CustomerId file(const Complainant& complainant)
    {
        return database.write([&](db::Tx& tx) {
            return find_or_create(tx, ledger, complainant, author);
        });
    }

    Result<Customer> create(std::string name, std::vector<Contact> contacts)
    {
        Profile profile;
        profile.name = std::move(name);
        profile.contacts = std::move(contacts);
        return database.write([&](db::Tx& tx) {
            return customers::create(tx, ledger, profile, author);
        });
    }

    Result<Customer>
    update(CustomerId id, const ProfileChange& change, std::optional<std::int64_t> version = {})
    {
        return database.write([&](db::Tx& tx) {
            return customers::update(tx, ledger, {id, version}, change, author);
        });
    }

    Result<Customer> merge(CustomerId absorbed, CustomerId into)
    {
        return database.write([&](db::Tx& tx) {
            return customers::merge(tx, ledger, absorbed, into, author);
        });
    }

    Result<Customer> split(CustomerId absorbed)
    {
        return database.write([&](db::Tx& tx) {
            return customers::split(tx, ledger, absorbed, author);
        });
    }

    Customer at(CustomerId id)
    {
        return database.read([&](db::Tx& tx) { return find(tx, id).value(); });
    }

    CustomerId survivor(CustomerId id)
    {
        return database.read([&](db::Tx& tx) { return find_survivor(tx, id).value().id; });
    }

    std::vector<std::int64_t> duplicates(CustomerId id)
    {
        return database.read([&](db::Tx& tx) {
            std::vector<std::int64_t> ids;
            for (const auto& each : list_possible_duplicates(tx, find(tx, id).value(), 50))
                ids.push_back(each.is_noted ? each.customer.id.value : -each.customer.id.value);
            return ids;
        });
    }

    std::vector<std::string> names(std::string_view prefix, std::int64_t limit)
    {
        return database.read([&](db::Tx& tx) {
            std::vector<std::string> all;
            NamePlace after;
            for (bool more = true; more;) {
                const auto page = list_by_name(tx, prefix, after, limit);
                for (const auto& customer : page.items)
                    all.push_back(customer.profile.name);
                more = page.next.has_value();
                after = page.next.value_or(NamePlace{});
            }
            return all;
        });
    }

    void add_case(CustomerId customer, Instant received_at, bool is_open, StaffId subject = {})
    {
        database.write([&](db::Tx& tx) {
            insert_case(tx, ledger.next_id(), {customer, received_at, is_open, subject});
        });
    }

    /// Every event of a customer, applied in order, gives the row.
    void check_replay(CustomerId id)
    {
        const auto events = database.read([&](db::Tx& tx) {
            return ledger::list_of_entity(tx, {"customer", id.value}, 0, 1'000);
        });
        Customer customer;
        customer.id = id;
        for (const auto& event : events) {
            REQUIRE(named<EventKind>(event.kind).has_value());
            const auto personal = parse_json(event.personal.value_or("{}"));
            customer = apply(
                customer,
                {*named<EventKind>(event.kind),
                 event.at,
                 parse_json(event.payload).as_object(),
                 personal.as_object()}
            );
        }
        CHECK(customer == at(id));
        CHECK(event_text(events).find("1381234") == std::string::npos);
    }

    static std::string event_text(const std::vector<ledger::Event>& events)
    {
        std::string text;
        for (const auto& event : events)
            text += event.payload;
        return text;
    }

    db::Database& database;
    ledger::Ledger ledger{std::chrono::minutes{480}};
    Author author{noon, "staff:1"};
};

}  // namespace redress::customers
