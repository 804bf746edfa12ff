#include "customers/api_wire.hpp"

#include "customers/rules_profile.hpp"

namespace redress::customers {
namespace {

std::vector<Contact> contacts_from(const std::vector<CustomerContact>& form)
{
    std::vector<Contact> contacts;
    for (const auto& contact : form)
        contacts.push_back({contact.kind, contact.value, contact.label.value_or("")});
    return contacts;
}

std::vector<Consent> consents_from(const std::vector<CustomerConsent>& form)
{
    std::vector<Consent> consents;
    for (const auto& consent : form)
        consents.push_back({consent.purpose, consent.is_given, consent.at.value_or(Instant{})});
    return consents;
}

std::vector<CustomerContact> contacts_in(const Profile& profile, Sight sight)
{
    std::vector<CustomerContact> contacts;
    for (const auto& contact : profile.contacts)
        contacts.push_back(
            {contact.kind,
             sight == Sight::whole ? contact.value : masked(contact),
             contact.label.empty() ? std::nullopt : std::optional{contact.label}}
        );
    return contacts;
}

std::vector<CustomerConsent> consents_in(const Profile& profile)
{
    std::vector<CustomerConsent> consents;
    for (const auto& consent : profile.consents)
        consents.push_back({consent.purpose, consent.is_given, consent.at});
    return consents;
}

}  // namespace

ProfileChange change_of(const CustomerForm& form)
{
    ProfileChange change;
    change.name = form.name;
    change.tier = form.tier;
    change.is_internal = form.is_internal;
    change.department = form.department;
    change.language = form.language;
    if (form.contacts)
        change.contacts = contacts_from(*form.contacts);
    if (form.consents)
        change.consents = consents_from(*form.consents);
    change.worksheet = form.worksheet;
    change.cost = form.cost;
    change.notes = form.notes;
    change.relation = form.relation;
    return change;
}

Profile profile_of(const CustomerForm& form)
{
    return with_change({}, change_of(form));
}

CustomerView view_of(const Customer& customer, Sight sight)
{
    const auto& profile = customer.profile;
    CustomerView view;
    view.id = customer.id;
    view.version = customer.version;
    view.name = profile.name;
    view.tier = profile.tier;
    view.is_internal = profile.is_internal;
    view.department = profile.department;
    view.language = profile.language;
    view.contacts = contacts_in(profile, sight);
    view.is_masked = sight == Sight::masked;
    view.consents = consents_in(profile);
    view.value = {
        profile.worksheet,
        yearly_value_minor(profile.worksheet),
        lifetime_value_minor(profile.worksheet)};
    view.cost = profile.cost;
    if (sight == Sight::whole)
        view.notes = profile.notes;
    view.relation = profile.relation;
    if (customer.merged_into)
        view.merged_into = customer.merged_into;
    view.created_at = customer.created_at;
    view.updated_at = customer.updated_at;
    return view;
}

std::vector<CustomerCost> costs_of(const CustomerView& view)
{
    const CostBasis basis{
        view.history.cases,
        view.history.cases - view.history.open_cases,
        view.value.yearly_minor,
        view.value.lifetime_minor};
    std::vector<CustomerCost> costs;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<CostScenario>>([&](auto one) {
        const auto given = factors_of(one.value);
        costs.push_back({one.value, given, estimate(with_own(given, view.cost.factors), basis)});
    });
    return costs;
}

CustomerRow row_of(const Customer& customer)
{
    const auto& profile = customer.profile;
    return {
        customer.id,
        profile.name,
        profile.tier,
        profile.is_internal,
        profile.contacts.empty() ? std::string{} : masked(profile.contacts.front()),
        customer.updated_at};
}

}  // namespace redress::customers
