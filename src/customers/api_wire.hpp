#pragma once

#include "base/refusal.hpp"
#include "customers/rules_cost.hpp"
#include "customers/store_search.hpp"
#include "http/wire_state.hpp"

#include <boost/describe.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

/// What the routes of this slice take and give.
namespace redress::customers {

struct CustomerContact {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"value", 1, 500}, {"label", 0, 50}});
    ContactKind kind{};
    std::string value;
    std::optional<std::string> label;
};

struct CustomerConsent {
    Purpose purpose{};
    bool is_given{};
    std::optional<Instant> at;  ///< now, when absent
};

/// A new customer, or what is to change about one: what is absent stays as it is.
struct CustomerForm {
    static constexpr auto wire_limits = std::to_array<http::Limit>(
        {{"name", 0, 200}, {"department", 0, 200}, {"contacts", 0, 50}, {"notes", 0, 20'000}}
    );
    std::optional<std::string> name;
    std::optional<Tier> tier;
    std::optional<bool> is_internal;
    std::optional<std::string> department;
    std::optional<std::string> language;
    std::optional<std::vector<CustomerContact>> contacts;
    std::optional<std::vector<CustomerConsent>> consents;
    std::optional<Worksheet> worksheet;
    std::optional<CostSheet> cost;
    std::optional<std::string> notes;
    std::optional<Relation> relation;
};

/// What a scenario says, with the customer's own factors in it.
struct CustomerCost {
    CostScenario scenario{};
    CostFactors given;  ///< by its source
    CostEstimate estimate;
};

/// The value sheet with what it comes to.
struct CustomerValue {
    Worksheet worksheet;
    std::int64_t yearly_minor{};
    std::int64_t lifetime_minor{};
};

struct CustomerView {
    CustomerId id;
    std::int64_t version{};
    std::string name;
    Tier tier{};
    bool is_internal{};
    std::string department;
    std::string language;
    std::vector<CustomerContact> contacts;
    bool is_masked{};  ///< contacts are starred and notes left out, because the reader may not see
                       ///< them
    std::vector<CustomerConsent> consents;
    CustomerValue value;
    CostSheet cost;
    std::vector<CustomerCost> costs;  ///< every scenario, so that they can be compared
    std::optional<std::string> notes;
    Relation relation{};
    std::optional<CustomerId> merged_into;
    std::vector<CustomerId> absorbed;  ///< records that were found to be this customer
    CustomerHistory history;
    Instant created_at;
    Instant updated_at;
};

struct CustomerRow {
    CustomerId id;
    std::string name;
    Tier tier{};
    bool is_internal{};
    std::string contact;  ///< masked
    Instant updated_at;
};

struct CustomerPage {
    std::vector<CustomerRow> items;
    std::optional<std::string> next_cursor;
};

struct CustomerDuplicate {
    CustomerRow customer;
    bool is_noted{};  ///< contacts spoke for both; otherwise they only have the same name
};

struct CustomerDuplicates {
    std::vector<CustomerDuplicate> items;
};

struct CustomerCases {
    std::vector<CustomerCase> items;
    std::optional<std::string> next_cursor;
};

struct CustomerMerge {
    CustomerId into;
};

struct CustomerApart {
    CustomerId other;
};

/// The place in a list that goes down by id.
struct CustomerPlace {
    std::int64_t before{};
};

enum class Sight { whole, masked };

[[nodiscard]] Profile profile_of(const CustomerForm& form);
[[nodiscard]] ProfileChange change_of(const CustomerForm& form);
[[nodiscard]] CustomerView view_of(const Customer& customer, Sight sight);
/// The estimates of every scenario for what the view says by now.
[[nodiscard]] std::vector<CustomerCost> costs_of(const CustomerView& view);
[[nodiscard]] CustomerRow row_of(const Customer& customer);

BOOST_DESCRIBE_STRUCT(CustomerContact, (), (kind, value, label))
BOOST_DESCRIBE_STRUCT(CustomerConsent, (), (purpose, is_given, at))
BOOST_DESCRIBE_STRUCT(
    CustomerForm,
    (),
    (name,
     tier,
     is_internal,
     department,
     language,
     contacts,
     consents,
     worksheet,
     cost,
     notes,
     relation)
)
BOOST_DESCRIBE_STRUCT(CustomerCost, (), (scenario, given, estimate))
BOOST_DESCRIBE_STRUCT(CustomerValue, (), (worksheet, yearly_minor, lifetime_minor))
BOOST_DESCRIBE_STRUCT(
    CustomerView,
    (),
    (id,
     version,
     name,
     tier,
     is_internal,
     department,
     language,
     contacts,
     is_masked,
     consents,
     value,
     cost,
     costs,
     notes,
     relation,
     merged_into,
     absorbed,
     history,
     created_at,
     updated_at)
)
BOOST_DESCRIBE_STRUCT(CustomerRow, (), (id, name, tier, is_internal, contact, updated_at))
BOOST_DESCRIBE_STRUCT(CustomerPage, (), (items, next_cursor))
BOOST_DESCRIBE_STRUCT(CustomerDuplicate, (), (customer, is_noted))
BOOST_DESCRIBE_STRUCT(CustomerDuplicates, (), (items))
BOOST_DESCRIBE_STRUCT(CustomerCases, (), (items, next_cursor))
BOOST_DESCRIBE_STRUCT(CustomerMerge, (), (into))
BOOST_DESCRIBE_STRUCT(CustomerApart, (), (other))
BOOST_DESCRIBE_STRUCT(CustomerPlace, (), (before))

}  // namespace redress::customers
