#include "base/require.hpp"
#include "base/text.hpp"
#include "customers/rules_profile.hpp"
#include "customers/store_records.hpp"

#include <algorithm>

namespace redress::customers {
namespace {

/// A contact of the complainant and who has it already.
struct Known {
    Contact contact;
    std::optional<CustomerId> owner;
};

std::vector<Known> look_up(db::Tx& tx, const Complainant& complainant)
{
    std::vector<Known> known;
    for (auto& contact : contacts_of(complainant.contacts)) {
        const auto owner = is_identity(contact.kind)
                               ? find_contact_owner(tx, contact.kind, match_key(contact))
                               : std::nullopt;
        known.push_back({std::move(contact), owner});
    }
    return known;
}

std::optional<CustomerId> first_owner(const std::vector<Known>& known)
{
    const auto found =
        std::ranges::find_if(known, [](const Known& each) { return each.owner.has_value(); });
    return found == known.end() ? std::nullopt : found->owner;
}

/// Contacts that speak for `owner` or for nobody yet.
std::vector<Contact> contacts_for(const std::vector<Known>& known, std::optional<CustomerId> owner)
{
    std::vector<Contact> contacts;
    for (const auto& [contact, other] : known)
        if (!other || other == owner)
            contacts.push_back(contact);
    return contacts;
}

CustomerId
file_new(db::Tx& tx, ledger::Ledger& ledger, const Complainant& complainant, const Author& author)
{
    Profile profile;
    profile.name = single_line(complainant.name, max_name_code_points);
    profile.is_internal = complainant.is_internal;
    profile.department = single_line(complainant.department, max_name_code_points);
    if (!complainant.language.empty())
        profile.language = lang_of(complainant.language) == Lang::zh ? "zh" : "en";
    profile.contacts = contacts_of(complainant.contacts);
    if (profile.name.empty() && profile.contacts.empty())
        return {};
    const auto customer = create(tx, ledger, profile, author);
    REQUIRE_THAT(customer.has_value());
    return customer->id;
}

}  // namespace

CustomerId find_or_create(
    db::Tx& tx,
    ledger::Ledger& ledger,
    const Complainant& complainant,
    const Author& author
)
{
    if (complainant.is_anonymous)
        return {};
    const auto known = look_up(tx, complainant);
    const auto owner = first_owner(known);
    if (!owner)
        return file_new(tx, ledger, complainant, author);

    Change change{tx, ledger, author};
    const auto before = find(tx, *owner);
    REQUIRE_THAT(before.has_value());
    auto customer = change.carry_out(*before, Learn{complainant.name, contacts_for(known, owner)});
    REQUIRE_THAT(customer && change.claim_contacts(*before, *customer));
    for (const auto& each : known) {
        if (!each.owner || each.owner == owner)
            continue;
        const auto other = find(tx, *each.owner);
        REQUIRE_THAT(other.has_value());
        customer = change.note_duplicate(*customer, *other);
    }
    return *owner;
}

}  // namespace redress::customers
