#include "customers/api.hpp"

#include "customers/api_wire.hpp"
#include "customers/store.hpp"
#include "customers/store_care.hpp"
#include "http/conditional.hpp"
#include "http/cursor.hpp"
#include "staff/model.hpp"

#include <algorithm>

namespace redress::customers {
namespace {

using http::Call;
using http::NoBody;
using http::NoContent;
using http::route;

constexpr std::int64_t default_page = 50;
constexpr std::int64_t max_page = 200;
constexpr std::int64_t max_duplicates = 50;

Author author_of(const Services& services, const Call& call)
{
    return {services.clock.now(), call.as<staff::Caller>().actor.name};
}

Sight sight_of(const Call& call)
{
    return call.as<staff::Caller>().permissions.has(staff::Permission::sensitive_read)
               ? Sight::whole
               : Sight::masked;
}

std::int64_t page_size(const Call& call)
{
    return std::clamp(call.asked_number("limit").value_or(default_page), std::int64_t{1}, max_page);
}

StaffId reader_of(const Call& call)
{
    return call.as<staff::Caller>().actor.staff;
}

/// The view with what is known beside the record; the answer carries its version.
CustomerView whole_view(db::Tx& tx, const Customer& customer, const Call& call, Instant now)
{
    auto view = view_of(customer, sight_of(call));
    view.absorbed = list_absorbed_ids(tx, customer.id);
    view.history = count_cases(tx, customer.id, now, reader_of(call));
    view.costs = costs_of(view);
    return view;
}

void tag(Call& call, const CustomerView& view)
{
    call.headers.emplace_back("ETag", http::etag_of(view.version));
}

/// Runs `change(tx, author)` in a write job and gives the customer as it is then.
template <class F>
Result<CustomerView> changed(const Services& services, Call& call, F change)
{
    const auto author = author_of(services, call);
    auto view = services.database.write([&](db::Tx& tx) -> Result<CustomerView> {
        const auto customer = change(tx, author);
        if (!customer)
            return std::unexpected{customer.error()};
        return whole_view(tx, *customer, call, author.now);
    });
    if (view)
        tag(call, *view);
    return view;
}

/// The survivor of the record in the path.
Result<Customer> asked_customer(db::Tx& tx, const Call& call)
{
    const auto id = call.id<CustomerId>("customer_id");
    if (!id)
        return std::unexpected{id.error()};
    auto customer = find_survivor(tx, *id);
    if (!customer)
        return deny(Denial::not_found, "customer_not_found");
    return std::move(*customer);
}

/// A list that goes down by id: one page, and the cursor behind a full one.
template <class Page, class Row, class ToItem>
Page page_down(const std::vector<Row>& rows, std::int64_t limit, ToItem to_item)
{
    Page page;
    for (const auto& row : rows)
        page.items.push_back(to_item(row));
    if (!rows.empty() && static_cast<std::int64_t>(rows.size()) == limit)
        page.next_cursor = http::write_cursor(CustomerPlace{rows.back().id.value});
    return page;
}

Result<std::int64_t> asked_before(const Call& call)
{
    const auto cursor = call.asked("cursor");
    if (!cursor)
        return newest;
    const auto place = http::read_cursor<CustomerPlace>(*cursor);
    if (!place)
        return std::unexpected{place.error()};
    return place->before;
}

Result<CustomerPage> find_by_name(db::Tx& tx, const Call& call, std::string_view name)
{
    NamePlace after;
    if (const auto cursor = call.asked("cursor")) {
        auto place = http::read_cursor<NamePlace>(*cursor);
        if (!place)
            return std::unexpected{place.error()};
        after = std::move(*place);
    }
    const auto found = list_by_name(tx, name, after, page_size(call));
    CustomerPage page;
    std::ranges::transform(found.items, std::back_inserter(page.items), row_of);
    if (found.next)
        page.next_cursor = http::write_cursor(*found.next);
    return page;
}

Result<CustomerPage> list(const Services& services, const Call& call)
{
    return services.database.read([&](db::Tx& tx) -> Result<CustomerPage> {
        if (const auto contact = call.asked("contact")) {
            CustomerPage page;
            std::ranges::transform(
                list_by_contact(tx, *contact, max_page),
                std::back_inserter(page.items),
                row_of
            );
            return page;
        }
        if (const auto name = call.asked("name"))
            return find_by_name(tx, call, *name);
        const auto before = asked_before(call);
        if (!before)
            return std::unexpected{before.error()};
        const auto limit = page_size(call);
        return page_down<CustomerPage>(list_newest(tx, CustomerId{*before}, limit), limit, row_of);
    });
}

Result<CustomerView> show(const Services& services, Call& call)
{
    const auto now = services.clock.now();
    auto view = services.database.read([&](db::Tx& tx) -> Result<CustomerView> {
        const auto customer = asked_customer(tx, call);
        if (!customer)
            return std::unexpected{customer.error()};
        return whole_view(tx, *customer, call, now);
    });
    if (view)
        tag(call, *view);
    return view;
}

/// Who may not see contacts cannot replace them: they would write back the stars.
Result<void> may_change(const Call& call, const CustomerForm& form)
{
    if (sight_of(call) == Sight::masked && (form.contacts || form.notes))
        return deny(
            Denial::forbidden,
            "customer_contacts_hidden",
            form.contacts ? "contacts" : "notes"
        );
    return {};
}

Result<CustomerCases> cases_of(const Services& services, const Call& call)
{
    return services.database.read([&](db::Tx& tx) -> Result<CustomerCases> {
        const auto customer = asked_customer(tx, call);
        if (!customer)
            return std::unexpected{customer.error()};
        const auto before = asked_before(call);
        if (!before)
            return std::unexpected{before.error()};
        const auto limit = page_size(call);
        const auto rows = list_cases(tx, customer->id, CaseId{*before}, limit, reader_of(call));
        return page_down<CustomerCases>(rows, limit, [](const CustomerCase& row) { return row; });
    });
}

Result<CustomerDuplicates> duplicates_of(const Services& services, const Call& call)
{
    return services.database.read([&](db::Tx& tx) -> Result<CustomerDuplicates> {
        const auto customer = asked_customer(tx, call);
        if (!customer)
            return std::unexpected{customer.error()};
        CustomerDuplicates duplicates;
        for (const auto& each : list_possible_duplicates(tx, *customer, max_duplicates))
            duplicates.items.push_back({row_of(each.customer), each.is_noted});
        return duplicates;
    });
}

Result<CustomerCare> care_of(const Services& services, const Call& call)
{
    return services.database.read([&](db::Tx& tx) -> Result<CustomerCare> {
        const auto customer = asked_customer(tx, call);
        if (!customer)
            return std::unexpected{customer.error()};
        return care_for(tx, customer->id, reader_of(call));
    });
}

std::vector<http::QueryParam> paging(std::vector<http::QueryParam> more = {})
{
    more.push_back({"cursor", "Where the page begins: next_cursor of the page before."});
    more.push_back({"limit", "Most rows of a page, 1 to 200.", http::QueryType::number});
    return more;
}

void add_reading(http::RouteTable& table, const Services& services)
{
    table.push_back(route<NoBody, CustomerPage>(
        {.name = "list_customers",
         .method = "GET",
         .path = "/api/v1/customers",
         .summary = "Customers, newest first, or those of a contact or name.",
         .permission = "customer_read",
         .query = paging(
             {{"contact", "Exactly this phone, e-mail, WeChat or account, however it is written."},
              {"name", "The beginning of the name."}}
         )},
        [services](const Call& call) { return list(services, call); }
    ));
    table.push_back(route<NoBody, CustomerView>(
        {.name = "show_customer",
         .method = "GET",
         .path = "/api/v1/customers/{customer_id}",
         .summary = "One customer; for a merged record, the customer it is now.",
         .permission = "customer_read"},
        [services](Call& call) { return show(services, call); }
    ));
    table.push_back(route<NoBody, CustomerCases>(
        {.name = "list_customer_cases",
         .method = "GET",
         .path = "/api/v1/customers/{customer_id}/cases",
         .summary = "The complaints of a customer under all their records, newest first.",
         .permission = "customer_read",
         .query = paging()},
        [services](const Call& call) { return cases_of(services, call); }
    ));
    table.push_back(route<NoBody, CustomerCare>(
        {.name = "show_customer_care",
         .method = "GET",
         .path = "/api/v1/customers/{customer_id}/care",
         .summary = "Feelings, promises and moments of truth over the newest 100 complaints.",
         .permission = "customer_read"},
        [services](const Call& call) { return care_of(services, call); }
    ));
    table.push_back(route<NoBody, CustomerDuplicates>(
        {.name = "list_customer_duplicates",
         .method = "GET",
         .path = "/api/v1/customers/{customer_id}/duplicates",
         .summary = "Customers that may be the same person.",
         .permission = "customer_read"},
        [services](const Call& call) { return duplicates_of(services, call); }
    ));
}

void add_writing(http::RouteTable& table, const Services& services)
{
    table.push_back(route<CustomerForm, CustomerView>(
        {.name = "create_customer",
         .method = "POST",
         .path = "/api/v1/customers",
         .summary = "A new customer.",
         .permission = "customer_write",
         .status = 201,
         .needs_key = true},
        [services](Call& call, const CustomerForm& form) {
            return changed(services, call, [&](db::Tx& tx, const Author& author) {
                return create(tx, services.ledger, profile_of(form), author);
            });
        }
    ));
    table.push_back(route<CustomerForm, CustomerView>(
        {.name = "update_customer",
         .method = "PATCH",
         .path = "/api/v1/customers/{customer_id}",
         .summary = "Changes what is given about a customer; lists are replaced as a whole.",
         .permission = "customer_write",
         .needs_if_match = true},
        [services](Call& call, const CustomerForm& form) -> Result<CustomerView> {
            const auto id = call.id<CustomerId>("customer_id");
            if (!id)
                return std::unexpected{id.error()};
            if (const auto allowed = may_change(call, form); !allowed)
                return std::unexpected{allowed.error()};
            return changed(services, call, [&](db::Tx& tx, const Author& author) {
                return update(tx, services.ledger, {*id, call.version}, change_of(form), author);
            });
        }
    ));
}

void add_merging(http::RouteTable& table, const Services& services)
{
    table.push_back(route<CustomerMerge, CustomerView>(
        {.name = "merge_customer",
         .method = "POST",
         .path = "/api/v1/customers/{customer_id}/merge",
         .summary =
             "The customer is the same person as another one, which keeps everything. Gives that one.",
         .permission = "customer_write",
         .needs_key = true},
        [services](Call& call, const CustomerMerge& merged) -> Result<CustomerView> {
            const auto id = call.id<CustomerId>("customer_id");
            if (!id)
                return std::unexpected{id.error()};
            return changed(services, call, [&](db::Tx& tx, const Author& author) {
                return merge(tx, services.ledger, *id, merged.into, author);
            });
        }
    ));
    table.push_back(route<NoBody, CustomerView>(
        {.name = "split_customer",
         .method = "POST",
         .path = "/api/v1/customers/{customer_id}/split",
         .summary = "Undoes a merge: the record stands alone again.",
         .permission = "customer_write",
         .needs_key = true},
        [services](Call& call) -> Result<CustomerView> {
            const auto id = call.id<CustomerId>("customer_id");
            if (!id)
                return std::unexpected{id.error()};
            return changed(services, call, [&](db::Tx& tx, const Author& author) {
                return split(tx, services.ledger, *id, author);
            });
        }
    ));
    table.push_back(route<CustomerApart, NoContent>(
        {.name = "tell_customers_apart",
         .method = "POST",
         .path = "/api/v1/customers/{customer_id}/apart",
         .summary =
             "The customer is not the same person as another one: the two are not proposed as duplicates again.",
         .permission = "customer_write",
         .needs_key = true},
        [services](const Call& call, const CustomerApart& apart) -> Result<void> {
            const auto id = call.id<CustomerId>("customer_id");
            if (!id)
                return std::unexpected{id.error()};
            return services.database.write([&](db::Tx& tx) {
                return tell_apart(tx, services.ledger, *id, apart.other, author_of(services, call));
            });
        }
    ));
}

}  // namespace

http::RouteTable routes(const Services& services)
{
    http::RouteTable table;
    add_reading(table, services);
    add_writing(table, services);
    add_merging(table, services);
    return table;
}

}  // namespace redress::customers
