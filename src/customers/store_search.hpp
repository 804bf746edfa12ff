#pragma once

#include "customers/rules.hpp"
#include "db/tx.hpp"

#include <boost/describe.hpp>

#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// Reading customers: lists are keyset-paged, at most `limit` long, and show no merged records.
namespace redress::customers {

/// Cases older than this are not counted any more; the counts say "at least" then.
inline constexpr std::int64_t max_counted_cases = 1'000;

/// A complaint within this time after another one of the same customer is a repeat (A6).
inline constexpr Micros repeat_window = std::chrono::days{90};

/// Behind which row a page of a search by name begins.
struct NamePlace {
    std::string key;
    std::int64_t id{};
};

struct NamedPage {
    std::vector<Customer> items;
    std::optional<NamePlace> next;
};

struct CustomerCase {
    CaseId id;
    std::string ref_no;
    std::string state;
    std::string kind;
    std::string channel;
    std::string title;
    StaffId owner;
    bool is_open{};
    std::int64_t anger{};
    Instant received_at;
    Instant updated_at;
};

/// Complaints of a customer under all their records; of the newest max_counted_cases.
struct CustomerHistory {
    std::int64_t cases{};
    std::int64_t open_cases{};
    std::int64_t recent_cases{};  ///< received within repeat_window
    Instant last_received_at;
};

/// Newest first, with id < before.
[[nodiscard]] std::vector<Customer> list_newest(db::Tx& tx, CustomerId before, std::int64_t limit);

/// By the beginning of the name, whatever its case and width.
[[nodiscard]] NamedPage
list_by_name(db::Tx& tx, std::string_view prefix, const NamePlace& after, std::int64_t limit);

/// Whoever has exactly this phone, e-mail, WeChat or account, in any spelling.
[[nodiscard]] std::vector<Customer>
list_by_contact(db::Tx& tx, std::string_view text, std::int64_t limit);

struct PossibleDuplicate {
    Customer customer;
    bool is_noted{};  ///< contacts spoke for both; otherwise they only have the same name
};

/// Who may be the same person, contacts first.
[[nodiscard]] std::vector<PossibleDuplicate>
list_possible_duplicates(db::Tx& tx, const Customer& customer, std::int64_t limit);

/// Newest first, with id < before, under all records of the survivor; without complaints about the
/// reader, which nobody sees about themselves (0: whoever it is).
[[nodiscard]] std::vector<CustomerCase>
list_cases(db::Tx& tx, CustomerId survivor, CaseId before, std::int64_t limit, StaffId reader);

/// Of the same complaints.
[[nodiscard]] CustomerHistory
count_cases(db::Tx& tx, CustomerId survivor, Instant now, StaffId reader);

/// Sorts before nothing: the first page of a list that goes down.
inline constexpr std::int64_t newest = std::numeric_limits<std::int64_t>::max();

BOOST_DESCRIBE_STRUCT(NamePlace, (), (key, id))
BOOST_DESCRIBE_STRUCT(
    CustomerCase,
    (),
    (id, ref_no, state, kind, channel, title, owner, is_open, anger, received_at, updated_at)
)
BOOST_DESCRIBE_STRUCT(CustomerHistory, (), (cases, open_cases, recent_cases, last_received_at))

}  // namespace redress::customers
