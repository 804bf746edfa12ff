#pragma once

#include "base/refusal.hpp"
#include "customers/rules.hpp"
#include "db/tx.hpp"
#include "ledger/ledger.hpp"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Customers in the database. Functions that change something belong into a write job of
/// db::Database and record every change in the ledger's stream "customer"; a Denied undoes the job.
/// All throw db::Fault.
namespace redress::customers {

/// Who changes something, and when.
struct Author {
    Instant now;
    std::string actor;  ///< as the ledger writes it: "staff:12", "system"
};

/// Which record, and the version that the author has seen.
struct Target {
    CustomerId id;
    std::optional<std::int64_t> version;  ///< nullopt: whatever it is now
};

/// Somebody who complains, as intake knows them.
struct Complainant {
    std::string name;
    std::map<std::string, std::string, std::less<>> contacts;  ///< kind → text, see contacts_of
    bool is_anonymous{};
    bool is_internal{};
    std::string department;
    std::string language;
};

/// The record itself, merged or not.
[[nodiscard]] std::optional<Customer> find(db::Tx& tx, CustomerId id);
/// The customer that this record is now.
[[nodiscard]] std::optional<Customer> find_survivor(db::Tx& tx, CustomerId id);
/// The records that were found to be this customer, without itself; ascending, at most 1,000.
[[nodiscard]] std::vector<CustomerId> list_absorbed_ids(db::Tx& tx, CustomerId survivor);

[[nodiscard]] Result<Customer>
create(db::Tx& tx, ledger::Ledger& ledger, const Profile& profile, const Author& author);

/// Refuses "customer_stale" unless the target's version holds and "contact_taken" for a contact of
/// somebody else.
[[nodiscard]] Result<Customer> update(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const Target& target,
    const ProfileChange& change,
    const Author& author
);

/// `absorbed` is the same person as `into`, which keeps all contacts and answers for both from now
/// on. Gives the survivor.
[[nodiscard]] Result<Customer> merge(
    db::Tx& tx,
    ledger::Ledger& ledger,
    CustomerId absorbed,
    CustomerId into,
    const Author& author
);

/// Undoes a merge: the record stands alone again, with its contacts. Gives the record.
[[nodiscard]] Result<Customer>
split(db::Tx& tx, ledger::Ledger& ledger, CustomerId absorbed, const Author& author);

/// The two are not the same: they are never proposed as duplicates again.
[[nodiscard]] Result<void> tell_apart(
    db::Tx& tx,
    ledger::Ledger& ledger,
    CustomerId customer,
    CustomerId other,
    const Author& author
);

/// Forgets the customer under all their records, in the rows and in what the ledger has of them;
/// the chain verifies as before. Their complaints are the cases' to erase. Refuses to erase a
/// merged record: erase the survivor.
[[nodiscard]] Result<void>
erase(db::Tx& tx, ledger::Ledger& ledger, CustomerId survivor, const Author& author);

/// The customer of a new complaint (A6). The same phone, e-mail, WeChat or account is the same
/// customer; where contacts speak for several, the first match wins and the others are noted as
/// possible duplicates. A name alone never matches. 0 for somebody anonymous and for nobody at all.
/// One select for each contact; a new customer costs one insert for the row, one for the event and
/// one for each contact.
[[nodiscard]] CustomerId find_or_create(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const Complainant& complainant,
    const Author& author
);

}  // namespace redress::customers
