#pragma once

#include "customers/store.hpp"

#include <set>
#include <utility>

namespace redress::customers {

/// Kind and match key of the contacts that say who somebody is.
using Identities = std::set<std::pair<ContactKind, std::string>>;

[[nodiscard]] Identities identities_of(const std::vector<Contact>& contacts);

/// Who has this contact.
[[nodiscard]] std::optional<CustomerId>
find_contact_owner(db::Tx& tx, ContactKind kind, std::string_view match_key);

/// What the changing functions of this slice share: transaction, chain and author of one job.
class Change {
public:
    Change(db::Tx& tx, ledger::Ledger& ledger, const Author& author)
        : tx_{tx}, ledger_{ledger}, author_{author}
    {}

    /// Decides, applies, records and stores the row. Contact rows are the caller's.
    [[nodiscard]] Result<Customer>
    carry_out(const Customer& before, const Command& command, const Customer* other = nullptr);

    /// Makes the contact rows follow the customer; refused when somebody else has one of them.
    [[nodiscard]] Result<void> claim_contacts(const Customer& before, const Customer& after);

    /// Records once that the two may be the same; gives the customer with that record.
    Customer note_duplicate(const Customer& customer, const Customer& other);

private:
    void record(const Customer& customer, const Event& event);
    void store(const Customer& before, const Customer& after);

    db::Tx& tx_;
    ledger::Ledger& ledger_;
    const Author& author_;
};

}  // namespace redress::customers
