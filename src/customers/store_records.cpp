#include "customers/store_records.hpp"

#include "base/document.hpp"
#include "base/require.hpp"
#include "customers/customers_sql.hpp"
#include "customers/store_name_key.hpp"

#include <algorithm>

namespace redress::customers {
namespace {

using Text = std::string_view;

constexpr db::Command<CustomerId, Text, Text, Text, bool, std::int64_t, Text> insert_customer{
    "customers.insert_customer",
    sql::insert_customer};
constexpr db::Command<CustomerId, std::int64_t, Text, Text, Text, bool, std::int64_t, Text>
    update_customer{"customers.update_customer", sql::update_customer};
constexpr db::Query<std::string, CustomerId> find_customer{
    "customers.find_customer",
    sql::find_customer};
constexpr db::Query<std::string, CustomerId> find_survivor_doc{
    "customers.find_survivor",
    sql::find_survivor};
constexpr db::Query<CustomerId, Text, Text> find_contact{
    "customers.find_contact",
    sql::find_contact};
constexpr db::Command<Text, Text, CustomerId> insert_contact{
    "customers.insert_contact",
    sql::insert_contact};
constexpr db::Command<Text, Text, CustomerId> delete_contact{
    "customers.delete_contact",
    sql::delete_contact};
constexpr db::Command<CustomerId, CustomerId, Instant> insert_duplicate{
    "customers.insert_duplicate",
    sql::insert_duplicate};

std::optional<Customer> customer_in(const std::optional<std::string>& doc)
{
    return doc ? std::optional{read_doc<Customer>(*doc)} : std::nullopt;
}

Refusal taken(ContactKind kind, CustomerId by)
{
    return {
        "contact_taken",
        "contacts",
        {{"kind", "contact_kind." + std::string{name_of(kind)}},
         {"customer", std::to_string(by.value)}}};
}

}  // namespace

std::optional<Customer> find(db::Tx& tx, CustomerId id)
{
    return customer_in(tx.one(find_customer, id));
}

std::optional<Customer> find_survivor(db::Tx& tx, CustomerId id)
{
    return customer_in(tx.one(find_survivor_doc, id));
}

Identities identities_of(const std::vector<Contact>& contacts)
{
    Identities identities;
    for (const auto& contact : contacts)
        if (is_identity(contact.kind))
            identities.emplace(contact.kind, match_key(contact));
    return identities;
}

std::optional<CustomerId> find_contact_owner(db::Tx& tx, ContactKind kind, std::string_view key)
{
    return tx.one(find_contact, name_of(kind), key);
}

Result<Customer>
Change::carry_out(const Customer& before, const Command& command, const Customer* other)
{
    const auto events = decide(before, command, Context{author_.now, other});
    if (!events)
        return std::unexpected{events.error()};
    auto after = before;
    for (const auto& event : *events) {
        after = apply(std::move(after), event);
        record(after, event);
    }
    if (!events->empty())
        store(before, after);
    return after;
}

Result<void> Change::claim_contacts(const Customer& before, const Customer& after)
{
    const auto had = identities_of(before.profile.contacts);
    const auto has = identities_of(after.profile.contacts);
    for (const auto& identity : had)
        if (!has.contains(identity))
            tx_.run(delete_contact, name_of(identity.first), identity.second, after.id);
    std::vector<Refusal> refusals;
    for (const auto& identity : has) {
        const auto& [kind, key] = identity;
        if (had.contains(identity) || tx_.run(insert_contact, name_of(kind), key, after.id) == 1)
            continue;
        const auto owner = find_contact_owner(tx_, kind, key);
        if (owner && *owner != after.id)
            refusals.push_back(taken(kind, *owner));
    }
    if (!refusals.empty())
        return std::unexpected{Denied{Denial::conflict, std::move(refusals)}};
    return {};
}

Customer Change::note_duplicate(const Customer& customer, const Customer& other)
{
    const auto [low, high] = std::minmax(customer.id, other.id);
    if (tx_.run(insert_duplicate, low, high, author_.now) == 0)
        return customer;
    auto noted = carry_out(customer, NotePossibleDuplicate{}, &other);
    REQUIRE_THAT(noted.has_value());
    return std::move(*noted);
}

void Change::record(const Customer& customer, const Event& event)
{
    ledger::NewEvent line;
    line.stream = "customer";
    line.entity = customer.id.value;
    line.version = customer.version;
    line.kind = name_of(event.kind);
    line.at = event.at;
    line.recorded_at = author_.now;
    line.actor = author_.actor;
    line.payload = to_canonical_json(event.payload);
    if (!event.personal.empty())
        line.personal = to_canonical_json(event.personal);
    ledger_.append(tx_, std::move(line));
}

void Change::store(const Customer& before, const Customer& after)
{
    const auto& profile = after.profile;
    const auto key = name_key(profile.name);
    const auto tier = name_of(profile.tier);
    const auto doc = write_doc(after);
    if (before.version == 0) {
        tx_.run(
            insert_customer,
            after.id,
            profile.name,
            key,
            tier,
            profile.is_internal,
            after.version,
            doc
        );
        return;
    }
    const auto changed = tx_.run(
        update_customer,
        after.id,
        before.version,
        profile.name,
        key,
        tier,
        profile.is_internal,
        after.version,
        doc
    );
    REQUIRE_THAT(changed == 1);
}

}  // namespace redress::customers
