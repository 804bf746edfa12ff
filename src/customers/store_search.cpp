#include "customers/store_search.hpp"

#include "base/document.hpp"
#include "customers/customers_sql.hpp"
#include "customers/store_name_key.hpp"

#include <algorithm>

namespace redress::customers {
namespace {

struct DocRow {
    CustomerId id;
    std::string doc;
};
struct NamedRow {
    CustomerId id;
    std::string name_key;
    std::string doc;
};
BOOST_DESCRIBE_STRUCT(DocRow, (), (id, doc))
BOOST_DESCRIBE_STRUCT(NamedRow, (), (id, name_key, doc))

using Text = std::string_view;

constexpr db::Query<DocRow, CustomerId, std::int64_t> newest_rows{
    "customers.list_newest",
    sql::list_newest};
constexpr db::Query<NamedRow, Text, Text, Text, std::int64_t, std::int64_t> named_rows{
    "customers.list_by_name",
    sql::list_by_name};
constexpr db::Query<DocRow, Text, std::int64_t> rows_by_contact{
    "customers.list_by_contact",
    sql::list_by_contact};
constexpr db::Query<DocRow, CustomerId, std::int64_t> noted_duplicates{
    "customers.list_noted_duplicates",
    sql::list_noted_duplicates};
constexpr db::Query<DocRow, CustomerId, Text, std::int64_t> namesakes{
    "customers.list_namesakes",
    sql::list_namesakes};
constexpr db::Query<CustomerCase, CustomerId, CaseId, std::int64_t, StaffId> case_rows{
    "customers.list_cases",
    sql::list_cases};
constexpr db::Query<CustomerHistory, CustomerId, Instant, std::int64_t, StaffId> case_counts{
    "customers.count_cases",
    sql::count_cases};

constexpr std::int64_t max_namesakes = 20;

std::vector<Customer> customers_in(const std::vector<DocRow>& rows)
{
    std::vector<Customer> customers;
    customers.reserve(rows.size());
    for (const auto& row : rows)
        customers.push_back(read_doc<Customer>(row.doc));
    return customers;
}

/// The forms the text has as each kind of contact that says who somebody is.
std::vector<std::string> keys_of(std::string_view text)
{
    std::vector<std::string> keys;
    for (const auto kind : {ContactKind::phone, ContactKind::email, ContactKind::account}) {
        const auto value = normal_contact(kind, text);
        if (!value)
            continue;
        auto key = match_key({kind, *value, {}});
        if (std::ranges::find(keys, key) == keys.end())
            keys.push_back(std::move(key));
    }
    return keys;
}

}  // namespace

std::string name_key(std::string_view name)
{
    static constexpr std::string_view digits = "0123456789abcdef";
    const auto key = search_key(name);
    std::string hex;
    hex.reserve(key.size() * 2);
    for (const char c : key) {
        const auto byte = static_cast<unsigned char>(c);
        hex += digits[byte >> 4U];
        hex += digits[byte & 15U];
    }
    return hex;
}

std::vector<Customer> list_newest(db::Tx& tx, CustomerId before, std::int64_t limit)
{
    return customers_in(tx.all(newest_rows, before, limit));
}

NamedPage
list_by_name(db::Tx& tx, std::string_view prefix, const NamePlace& after, std::int64_t limit)
{
    const auto key = name_key(prefix);
    const auto rows = tx.all(named_rows, key, behind_prefix(key), after.key, after.id, limit);
    NamedPage page;
    for (const auto& row : rows)
        page.items.push_back(read_doc<Customer>(row.doc));
    if (static_cast<std::int64_t>(rows.size()) == limit)
        page.next = NamePlace{rows.back().name_key, rows.back().id.value};
    return page;
}

std::vector<Customer> list_by_contact(db::Tx& tx, std::string_view text, std::int64_t limit)
{
    std::vector<Customer> customers;
    for (const auto& key : keys_of(text))
        for (const auto& row : tx.all(rows_by_contact, key, limit)) {
            const bool is_new =
                std::ranges::find(customers, row.id, &Customer::id) == customers.end();
            if (is_new && static_cast<std::int64_t>(customers.size()) < limit)
                customers.push_back(read_doc<Customer>(row.doc));
        }
    return customers;
}

std::vector<PossibleDuplicate>
list_possible_duplicates(db::Tx& tx, const Customer& customer, std::int64_t limit)
{
    std::vector<PossibleDuplicate> duplicates;
    for (auto& each : customers_in(tx.all(noted_duplicates, customer.id, limit)))
        duplicates.push_back({std::move(each), true});
    const auto key = name_key(customer.profile.name);
    if (key.empty())
        return duplicates;
    for (auto& each :
         customers_in(tx.all(namesakes, customer.id, key, std::min(limit, max_namesakes)))) {
        const bool is_new = std::ranges::none_of(duplicates, [&](const PossibleDuplicate& other) {
            return other.customer.id == each.id;
        });
        if (is_new && static_cast<std::int64_t>(duplicates.size()) < limit)
            duplicates.push_back({std::move(each), false});
    }
    return duplicates;
}

std::vector<CustomerCase>
list_cases(db::Tx& tx, CustomerId survivor, CaseId before, std::int64_t limit, StaffId reader)
{
    return tx.all(case_rows, survivor, before, limit, reader);
}

CustomerHistory count_cases(db::Tx& tx, CustomerId survivor, Instant now, StaffId reader)
{
    return tx.one(case_counts, survivor, now - repeat_window, max_counted_cases, reader)
        .value_or(CustomerHistory{});
}

}  // namespace redress::customers
