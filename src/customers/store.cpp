#include "customers/store.hpp"

#include "base/require.hpp"
#include "customers/customers_sql.hpp"
#include "customers/store_records.hpp"

#include <algorithm>

namespace redress::customers {
namespace {

constexpr db::Command<CustomerId, std::optional<CustomerId>> set_merged_into{
    "customers.set_merged_into",
    sql::set_merged_into};
constexpr db::Command<CustomerId, CustomerId> set_survivor{
    "customers.set_survivor",
    sql::set_survivor};
constexpr db::Query<CustomerId, CustomerId> list_ids_of_survivor{
    "customers.list_ids_of_survivor",
    sql::list_ids_of_survivor};
constexpr db::Command<CustomerId, CustomerId> update_contacts_owner{
    "customers.update_contacts_owner",
    sql::update_contacts_owner};
constexpr db::Command<CustomerId> delete_contacts{
    "customers.delete_contacts",
    sql::delete_contacts};
constexpr db::Command<std::string_view, std::string_view, CustomerId, CustomerId> release_contact{
    "customers.release_contact",
    sql::release_contact};
constexpr db::Command<CustomerId, CustomerId, Instant> upsert_ruled_out{
    "customers.upsert_ruled_out",
    sql::upsert_ruled_out};

Result<Customer> load(db::Tx& tx, const Target& target)
{
    auto customer = find(tx, target.id);
    if (!customer)
        return deny(Denial::not_found, "customer_not_found");
    if (target.version && *target.version != customer->version)
        return deny(Denial::stale, "customer_stale");
    return std::move(*customer);
}

struct Pair {
    Customer first;
    Customer second;
};

Result<Pair> load_both(db::Tx& tx, CustomerId first, CustomerId second)
{
    auto one = load(tx, {first, {}});
    if (!one)
        return std::unexpected{one.error()};
    auto other = load(tx, {second, {}});
    if (!other)
        return std::unexpected{other.error()};
    return Pair{std::move(*one), std::move(*other)};
}

}  // namespace

std::vector<CustomerId> list_absorbed_ids(db::Tx& tx, CustomerId survivor)
{
    return tx.all(list_ids_of_survivor, survivor);
}

Result<Customer>
create(db::Tx& tx, ledger::Ledger& ledger, const Profile& profile, const Author& author)
{
    Change change{tx, ledger, author};
    Customer before;
    before.id = CustomerId{ledger.next_id()};
    auto after = change.carry_out(before, Create{profile});
    if (!after)
        return after;
    if (auto claimed = change.claim_contacts(before, *after); !claimed)
        return std::unexpected{claimed.error()};
    return after;
}

Result<Customer> update(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const Target& target,
    const ProfileChange& wanted,
    const Author& author
)
{
    const auto before = load(tx, target);
    if (!before)
        return before;
    Change change{tx, ledger, author};
    auto after = change.carry_out(*before, Update{wanted});
    if (!after)
        return after;
    if (auto claimed = change.claim_contacts(*before, *after); !claimed)
        return std::unexpected{claimed.error()};
    return after;
}

Result<Customer> merge(
    db::Tx& tx,
    ledger::Ledger& ledger,
    CustomerId absorbed,
    CustomerId into,
    const Author& author
)
{
    const auto both = load_both(tx, absorbed, into);
    if (!both)
        return std::unexpected{both.error()};
    Change change{tx, ledger, author};
    if (auto merged = change.carry_out(both->first, MergeInto{}, &both->second); !merged)
        return merged;
    auto survivor = change.carry_out(both->second, Absorb{}, &both->first);
    if (!survivor)
        return survivor;
    tx.run(set_merged_into, absorbed, into);
    tx.run(set_survivor, absorbed, into);
    tx.run(update_contacts_owner, absorbed, into);
    return survivor;
}

Result<Customer>
split(db::Tx& tx, ledger::Ledger& ledger, CustomerId absorbed, const Author& author)
{
    const auto record = load(tx, {absorbed, {}});
    if (!record)
        return record;
    const auto owner = record->merged_into ? find(tx, record->merged_into) : record.value();
    Change change{tx, ledger, author};
    auto alone = change.carry_out(*record, SplitOff{}, &*owner);
    if (!alone)
        return alone;
    const auto survivor = change.carry_out(*owner, Release{}, &*record);
    if (!survivor)
        return survivor;
    tx.run(set_merged_into, absorbed, std::nullopt);
    tx.run(set_survivor, absorbed, absorbed);
    const auto kept = identities_of(survivor->profile.contacts);
    for (const auto& identity : identities_of(alone->profile.contacts))
        if (!kept.contains(identity))
            tx.run(
                release_contact,
                name_of(identity.first),
                identity.second,
                absorbed,
                survivor->id
            );
    return alone;
}

Result<void> tell_apart(
    db::Tx& tx,
    ledger::Ledger& ledger,
    CustomerId customer,
    CustomerId other,
    const Author& author
)
{
    const auto both = load_both(tx, customer, other);
    if (!both)
        return std::unexpected{both.error()};
    Change change{tx, ledger, author};
    if (auto apart = change.carry_out(both->first, TellApart{}, &both->second); !apart)
        return std::unexpected{apart.error()};
    const auto [low, high] = std::minmax(customer, other);
    tx.run(upsert_ruled_out, low, high, author.now);
    return {};
}

Result<void> erase(db::Tx& tx, ledger::Ledger& ledger, CustomerId survivor, const Author& author)
{
    const auto customer = load(tx, {survivor, {}});
    if (!customer)
        return std::unexpected{customer.error()};
    if (customer->merged_into)
        return deny(
            Denial::conflict,
            "customer_merged",
            {},
            {{"customer", std::to_string(survivor.value)},
             {"into", std::to_string(customer->merged_into.value)}}
        );
    auto records = list_absorbed_ids(tx, survivor);
    records.push_back(survivor);
    Change change{tx, ledger, author};
    for (const auto id : records) {
        const auto erased = change.carry_out(find(tx, id).value(), Erase{});
        REQUIRE_THAT(erased.has_value());
        tx.run(delete_contacts, id);
        ledger::erase_personal(tx, {"customer", id.value});
    }
    return {};
}

}  // namespace redress::customers
