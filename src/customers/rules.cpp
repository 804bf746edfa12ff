#include "customers/rules.hpp"

#include "base/require.hpp"
#include "customers/rules_profile.hpp"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

namespace redress::customers {
namespace {

constexpr std::array personal_members{"name", "contacts", "notes"};

std::string to_text(CustomerId id)
{
    return std::to_string(id.value);
}

/// What others may read and what can be erased, apart.
Event event_of(EventKind kind, json::object members, Instant at)
{
    Event event{kind, at, std::move(members), {}};
    for (const auto* member : personal_members)
        if (auto* found = event.payload.if_contains(member)) {
            event.personal.emplace(member, std::move(*found));
            event.payload.erase(member);
        }
    return event;
}

json::object naming(const char* member, CustomerId id)
{
    return {{member, id.value}};
}

CustomerId id_at(const json::object& payload, std::string_view member)
{
    return {int_at(payload, member)};
}

bool is_known(const std::vector<Contact>& contacts, const Contact& contact)
{
    return std::ranges::any_of(contacts, [&](const Contact& each) {
        return each.kind == contact.kind && match_key(each) == match_key(contact);
    });
}

std::vector<Contact> missing_in(const std::vector<Contact>& have, const std::vector<Contact>& more)
{
    std::vector<Contact> missing;
    for (const auto& contact : more)
        if (!is_known(have, contact) && !is_known(missing, contact))
            missing.push_back(contact);
    return missing;
}

/// One decision of each command on one customer.
struct Decision {
    using Answer = Result<std::vector<Event>>;

    const Customer& current;
    const Context& context;

    [[nodiscard]] std::vector<Event> one(EventKind kind, json::object members) const
    {
        std::vector<Event> events;
        events.push_back(event_of(kind, std::move(members), context.now));
        return events;
    }

    [[nodiscard]] const Customer& other() const
    {
        REQUIRE_THAT(context.other != nullptr);
        return *context.other;
    }

    [[nodiscard]] Result<void> stands_alone(const Customer& customer) const
    {
        if (customer.version == 0)
            return deny(Denial::not_found, "customer_not_found");
        if (customer.is_erased)
            return deny(Denial::conflict, "customer_erased");
        if (customer.merged_into)
            return deny(
                Denial::conflict,
                "customer_merged",
                {},
                {{"customer", to_text(customer.id)}, {"into", to_text(customer.merged_into)}}
            );
        return {};
    }

    [[nodiscard]] Result<void> are_two() const
    {
        for (const auto* customer : {&current, &other()})
            if (auto alone = stands_alone(*customer); !alone)
                return alone;
        if (current.id == other().id)
            return deny(Denial::invalid, "customer_merge_self", "into");
        return {};
    }

    Answer operator()(const Create& command) const
    {
        REQUIRE_THAT(current.version == 0);
        const auto profile = checked(command.profile, {}, context.now);
        if (!profile)
            return std::unexpected{profile.error()};
        return one(EventKind::customer_created, to_doc(*profile).as_object());
    }

    Answer operator()(const Update& command) const
    {
        if (auto alone = stands_alone(current); !alone)
            return std::unexpected{alone.error()};
        const auto after =
            checked(with_change(current.profile, command.change), current.profile, context.now);
        if (!after)
            return std::unexpected{after.error()};
        const auto change = difference(current.profile, *after);
        if (change == ProfileChange{})
            return std::vector<Event>{};
        return one(EventKind::customer_updated, to_doc(change).as_object());
    }

    Answer operator()(const Learn& command) const
    {
        if (auto alone = stands_alone(current); !alone)
            return std::unexpected{alone.error()};
        auto contacts = missing_in(current.profile.contacts, command.contacts);
        const auto room = max_contacts - std::min(max_contacts, current.profile.contacts.size());
        contacts.resize(std::min(room, contacts.size()));
        json::object members;
        if (auto name = single_line(command.name, max_name_code_points);
            current.profile.name.empty() && !name.empty())
            members.emplace("name", std::move(name));
        if (!contacts.empty())
            members.emplace("contacts", to_doc(contacts));
        if (members.empty())
            return std::vector<Event>{};
        return one(EventKind::customer_learned, std::move(members));
    }

    Answer operator()(const MergeInto&) const
    {
        if (auto two = are_two(); !two)
            return std::unexpected{two.error()};
        return one(EventKind::customer_merged, naming("into", other().id));
    }

    Answer operator()(const Absorb&) const
    {
        if (auto two = are_two(); !two)
            return std::unexpected{two.error()};
        const auto contacts = missing_in(current.profile.contacts, other().profile.contacts);
        if (current.profile.contacts.size() + contacts.size() > max_contacts)
            return deny(
                Denial::conflict,
                "customer_contacts_too_many",
                {},
                {{"max", std::to_string(max_contacts)}}
            );
        auto members = naming("customer", other().id);
        members.emplace("contacts", to_doc(contacts));
        return one(EventKind::customer_absorbed, std::move(members));
    }

    Answer operator()(const SplitOff&) const
    {
        if (!current.merged_into)
            return deny(
                current.version == 0 ? Denial::not_found : Denial::conflict,
                current.version == 0 ? "customer_not_found" : "customer_not_merged"
            );
        if (current.is_erased)
            return deny(Denial::conflict, "customer_erased");
        if (other().merged_into)
            return deny(
                Denial::conflict,
                "customer_split_order",
                {},
                {{"customer", to_text(other().id)}, {"into", to_text(other().merged_into)}}
            );
        return one(EventKind::customer_split_off, naming("from", current.merged_into));
    }

    Answer operator()(const Erase&) const
    {
        if (current.version == 0)
            return deny(Denial::not_found, "customer_not_found");
        if (current.is_erased)
            return std::vector<Event>{};
        return one(EventKind::customer_erased, {});
    }

    Answer operator()(const Release&) const
    {
        REQUIRE_THAT(other().merged_into == current.id);
        return one(EventKind::customer_released, naming("customer", other().id));
    }

    Answer operator()(const NotePossibleDuplicate&) const
    {
        if (auto two = are_two(); !two)
            return std::unexpected{two.error()};
        return one(EventKind::possible_duplicate_noted, naming("other", other().id));
    }

    Answer operator()(const TellApart&) const
    {
        if (auto two = are_two(); !two)
            return std::unexpected{two.error()};
        return one(EventKind::customers_told_apart, naming("other", other().id));
    }
};

std::vector<Contact> contacts_in(const Event& event)
{
    std::vector<Contact> contacts;
    if (const auto* found = event.personal.if_contains("contacts"))
        from_doc(*found, contacts);
    return contacts;
}

void append_all(std::vector<Contact>& contacts, const std::vector<Contact>& more)
{
    contacts.insert(contacts.end(), more.begin(), more.end());
}

void release(Customer& customer, CustomerId other)
{
    const auto came = std::ranges::find(customer.absorbed, other, &Absorbed::customer);
    if (came == customer.absorbed.end())
        return;
    std::erase_if(customer.profile.contacts, [&](const Contact& contact) {
        return is_known(came->contacts, contact);
    });
    customer.absorbed.erase(came);
}

ProfileChange change_in(const Event& event)
{
    ProfileChange change;
    from_doc(json::value(event.payload), change);
    from_doc(json::value(event.personal), change);
    return change;
}

}  // namespace

Result<std::vector<Event>>
decide(const Customer& current, const Command& command, const Context& context)
{
    return std::visit(Decision{current, context}, command);
}

Customer apply(Customer customer, const Event& event)
{
    switch (event.kind) {
        case EventKind::customer_created:
            customer.created_at = event.at;
            [[fallthrough]];
        case EventKind::customer_updated:
            customer.profile = with_change(std::move(customer.profile), change_in(event));
            break;
        case EventKind::customer_learned:
            append_all(customer.profile.contacts, contacts_in(event));
            if (const auto name = string_at(event.personal, "name"); !name.empty())
                customer.profile.name = name;
            break;
        case EventKind::customer_merged:
            customer.merged_into = id_at(event.payload, "into");
            break;
        case EventKind::customer_absorbed:
            customer.absorbed.push_back({id_at(event.payload, "customer"), contacts_in(event)});
            append_all(customer.profile.contacts, customer.absorbed.back().contacts);
            break;
        case EventKind::customer_split_off:
            customer.merged_into = {};
            break;
        case EventKind::customer_released:
            release(customer, id_at(event.payload, "customer"));
            break;
        case EventKind::customer_erased:
            customer.profile = {};
            customer.absorbed.clear();
            customer.is_erased = true;
            break;
        case EventKind::possible_duplicate_noted:
        case EventKind::customers_told_apart:
            break;
    }
    ++customer.version;
    customer.updated_at = event.at;
    return customer;
}

std::int64_t yearly_value_minor(const Worksheet& worksheet)
{
    return worksheet.purchase_minor * worksheet.times_a_year + worksheet.related_minor;
}

std::int64_t lifetime_value_minor(const Worksheet& worksheet)
{
    return yearly_value_minor(worksheet) * worksheet.years;
}

}  // namespace redress::customers
