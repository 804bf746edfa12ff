#include "cases/store.hpp"

#include "base/text.hpp"
#include "cases/cases_sql.hpp"
#include "db/fault.hpp"

#include <algorithm>
#include <tuple>

namespace redress::cases {
namespace {

using std::optional;
using std::string_view;

// clang-format off
constexpr db::Command<CaseId, string_view, std::int64_t, string_view, bool, string_view, string_view, StaffId, optional<StaffId>,
                      optional<CustomerId>, Instant, Instant, Instant, optional<Instant>, optional<Instant>, std::int64_t, std::int64_t,
                      std::int64_t, bool, string_view, string_view, string_view, optional<StaffId>>
    insert_case{"cases.insert_case", sql::insert_case};
constexpr db::Command<CaseId, std::int64_t, string_view, bool, string_view, string_view, StaffId, optional<StaffId>, optional<CustomerId>,
                      Instant, Instant, Instant, optional<Instant>, optional<Instant>, std::int64_t, std::int64_t, std::int64_t, bool,
                      string_view, string_view, string_view, optional<StaffId>, std::int64_t>
    update_case{"cases.update_case", sql::update_case};
// clang-format on
constexpr db::Query<std::string, CaseId> find_doc{"cases.find_case_doc", sql::find_case_doc};
constexpr db::Query<CaseId, string_view> find_by_ref_no{
    "cases.find_case_by_ref_no",
    sql::find_case_by_ref_no};
constexpr db::Query<CaseId, Instant, std::int64_t> due_timers{
    "cases.list_due_timers",
    sql::list_due_timers};
constexpr db::Query<std::int64_t, CustomerId, Instant> recent_of_customer{
    "cases.count_recent_of_customer",
    sql::count_recent_of_customer};
constexpr db::Command<std::int64_t, string_view, bool, bool, std::int64_t> change_count{
    "cases.change_count",
    sql::change_count};

constexpr std::size_t title_length = 80;

/// The sort of a case as case_counts knows it.
struct Sort {
    StaffId owner;
    State state{};
    bool furious{};
    bool waiting{};
    friend bool operator==(const Sort&, const Sort&) = default;
};

Sort sort_of(const Case& value)
{
    return {value.owner, value.state, value.anger >= 3, value.waiting_for_customer};
}

void count(db::Tx& tx, const Sort& sort, std::int64_t by)
{
    const auto state = name_of(sort.state);
    tx.run(change_count, sort.owner.value, state, sort.furious, sort.waiting, by);
    tx.run(change_count, std::int64_t{0}, state, sort.furious, sort.waiting, by);
}

void keep_counts(db::Tx& tx, const Change& change)
{
    const bool is_new = change.before.version == 0;
    if (!is_new && sort_of(change.before) == sort_of(change.after))
        return;
    if (!is_new)
        count(tx, sort_of(change.before), -1);
    count(tx, sort_of(change.after), 1);
}

template <class SomeId>
optional<SomeId> if_set(SomeId id)
{
    return id ? optional{id} : std::nullopt;
}

/// The columns that are worked out from the case, for its first row and for every later one.
struct Row {
    explicit Row(const Case& value)
        : state{name_of(value.state)},
          offered_to{value.offer ? optional{value.offer->to} : std::nullopt},
          subject{if_set(StaffId{int_at(value.facts, "subject_staff")})},
          severity{int_at(value.facts, "severity")},
          title{title_of(value)},
          customer_name{customer_name_of(value)},
          doc{to_json(value)}
    {}

    string_view state;
    optional<StaffId> offered_to;
    optional<StaffId> subject;
    std::int64_t severity;
    std::string title;
    std::string customer_name;
    std::string doc;
};

void insert_row(db::Tx& tx, const Change& change)
{
    const Case& c = change.after;
    const Row row{c};
    tx.run(
        insert_case,
        c.id,
        c.ref_no,
        c.version,
        row.state,
        is_open(c.state),
        c.kind,
        c.channel,
        c.owner,
        row.offered_to,
        if_set(c.customer),
        c.received_at,
        c.updated_at,
        next_due(c),
        next_promise_due(c),
        change.next_timer,
        c.anger,
        row.severity,
        c.escalation,
        c.waiting_for_customer,
        row.title,
        row.customer_name,
        row.doc,
        row.subject
    );
}

void update_row(db::Tx& tx, const Change& change)
{
    const Case& c = change.after;
    const Row row{c};
    const auto changed = tx.run(
        update_case,
        c.id,
        c.version,
        row.state,
        is_open(c.state),
        c.kind,
        c.channel,
        c.owner,
        row.offered_to,
        if_set(c.customer),
        c.received_at,
        c.updated_at,
        next_due(c),
        next_promise_due(c),
        change.next_timer,
        c.anger,
        row.severity,
        c.escalation,
        c.waiting_for_customer,
        row.title,
        row.customer_name,
        row.doc,
        row.subject,
        change.before.version
    );
    if (changed != 1)
        throw db::Fault{
            db::FaultKind::serialization,
            "the case changed while it was being changed"};
}

void write_row(db::Tx& tx, const Change& change)
{
    if (change.before.version == 0)
        insert_row(tx, change);
    else
        update_row(tx, change);
}

}  // namespace

optional<Case> find_case(db::Tx& tx, CaseId id)
{
    const auto doc = tx.one(find_doc, id);
    return doc ? optional{from_json(*doc)} : std::nullopt;
}

optional<CaseId> find_case_by_ref_no(db::Tx& tx, string_view ref_no)
{
    return tx.one(find_by_ref_no, ref_no);
}

std::vector<CaseId> list_due_timers(db::Tx& tx, Instant now, std::int64_t limit)
{
    return tx.all(due_timers, now, limit);
}

std::int64_t count_recent_of_customer(db::Tx& tx, CustomerId customer, Instant after)
{
    return tx.one(recent_of_customer, customer, after).value_or(0);
}

EventSeq store(db::Tx& tx, ledger::Ledger& ledger, const Change& change)
{
    EventSeq last;
    auto version = change.before.version;
    for (const auto& event : change.events) {
        auto payload = to_canonical_json(event.payload);
        auto personal = event.personal.empty() ? std::string{} : to_canonical_json(event.personal);
        last = ledger.append(
            tx,
            {"case",
             change.after.id.value,
             ++version,
             event.kind,
             event.at,
             event.recorded_at,
             event.actor,
             std::move(payload),
             std::move(personal)}
        );
    }
    write_row(tx, change);
    keep_counts(tx, change);
    return last;
}

Event to_event(const ledger::Event& stored)
{
    Event event{
        stored.kind,
        stored.at,
        stored.recorded_at,
        stored.actor,
        parse_json(stored.payload).as_object(),
        {}};
    if (stored.personal && !stored.personal->empty())
        event.personal = parse_json(*stored.personal).as_object();
    return event;
}

std::string title_of(const Case& value)
{
    for (const auto* name : {"subject", "description"})
        if (const auto text = trim(string_at(value.personal, name)); !text.empty()) {
            std::string title{first_code_points(text, title_length)};
            std::ranges::replace(title, '\n', ' ');
            return title;
        }
    return {};
}

std::string customer_name_of(const Case& value)
{
    return std::string{string_at(value.personal, "complainant_name")};
}

}  // namespace redress::cases
