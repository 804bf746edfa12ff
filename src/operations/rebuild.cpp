#include "operations/rebuild.hpp"

#include "base/catalogue.hpp"
#include "cases/rules.hpp"
#include "cases/store.hpp"
#include "ledger/ledger.hpp"
#include "operations/operations_sql.hpp"

#include <fmt/format.h>

#include <optional>
#include <vector>

namespace redress::operations {
namespace {

constexpr std::int64_t cases_per_page = 200;
constexpr std::int64_t events_per_page = 500;

/// A row of `cases`, columns as the schema has them.
struct CaseRow {
    CaseId id;
    std::string ref_no;
    std::int64_t version{};
    std::string state;
    bool is_open{};
    std::string kind;
    std::string channel;
    StaffId owner_id;
    std::optional<StaffId> offered_to;
    std::optional<CustomerId> customer_id;
    std::optional<StaffId> subject_id;
    Instant received_at;
    Instant updated_at;
    Instant next_due_at;
    std::optional<Instant> promise_due_at;
    std::optional<Instant> next_timer_at;
    std::int64_t anger{};
    std::int64_t severity{};
    std::int64_t escalation{};
    bool is_waiting{};
    std::string title;
    std::string customer_name;
    std::string doc;
};
BOOST_DESCRIBE_STRUCT(
    CaseRow,
    (),
    (id,
     ref_no,
     version,
     state,
     is_open,
     kind,
     channel,
     owner_id,
     offered_to,
     customer_id,
     subject_id,
     received_at,
     updated_at,
     next_due_at,
     promise_due_at,
     next_timer_at,
     anger,
     severity,
     escalation,
     is_waiting,
     title,
     customer_name,
     doc)
)

struct CountRow {
    std::int64_t owner_id{};
    std::string state;
    std::int64_t n_counted{};
    std::int64_t n_kept{};
};
BOOST_DESCRIBE_STRUCT(CountRow, (), (owner_id, state, n_counted, n_kept))

constexpr db::Query<CaseRow, CaseId, std::int64_t> list_case_rows{
    "operations.list_case_rows",
    sql::list_case_rows};
constexpr db::Query<std::int64_t> count_cases{"operations.count_cases", sql::count_cases};
constexpr db::Query<CountRow> list_count_differences{
    "operations.list_count_differences",
    sql::list_count_differences};

CaseRow row_of(const cases::Case& value, const cases::Context& context, std::string doc)
{
    const auto customer = value.customer ? std::optional{value.customer} : std::nullopt;
    const StaffId subject{int_at(value.facts, "subject_staff")};
    return {
        .id = value.id,
        .ref_no = value.ref_no,
        .version = value.version,
        .state = std::string{name_of(value.state)},
        .is_open = cases::is_open(value.state),
        .kind = value.kind,
        .channel = value.channel,
        .owner_id = value.owner,
        .offered_to = value.offer ? std::optional{value.offer->to} : std::nullopt,
        .customer_id = customer,
        .subject_id = subject ? std::optional{subject} : std::nullopt,
        .received_at = value.received_at,
        .updated_at = value.updated_at,
        .next_due_at = cases::next_due(value),
        .promise_due_at = cases::next_promise_due(value),
        .next_timer_at = cases::next_timer(value, context),
        .anger = value.anger,
        .severity = int_at(value.facts, "severity"),
        .escalation = value.escalation,
        .is_waiting = value.waiting_for_customer,
        .title = cases::title_of(value),
        .customer_name = cases::customer_name_of(value),
        .doc = std::move(doc),
    };
}

/// The first column that differs.
std::optional<std::string> first_difference(const CaseRow& stored, const CaseRow& expected)
{
    std::optional<std::string> name;
    boost::mp11::mp_for_each<
        boost::describe::describe_members<CaseRow, boost::describe::mod_public>>([&](auto member) {
        if (!name && stored.*member.pointer != expected.*member.pointer)
            name = member.name;
    });
    return name;
}

/// The first member at which two documents part.
std::string first_member(const std::string& stored, const std::string& expected)
{
    boost::system::error_code error;
    const auto left = json::parse(stored, error);
    const auto right = json::parse(expected);
    if (error || !left.is_object())
        return "not JSON";
    for (const auto& [name, value] : right.as_object())
        if (const auto* found = left.as_object().if_contains(name);
            found == nullptr || *found != value)
            return std::string{name};
    for (const auto& [name, value] : left.as_object())
        if (!right.as_object().contains(name))
            return std::string{name};
    return "order of members";
}

/// Events that were tampered with may not be events at all.
std::optional<cases::Case> refolded_if_possible(db::Tx& tx, CaseId id)
{
    try {
        return refolded(tx, id);
    } catch (const db::Fault&) {
        throw;
    } catch (const std::exception&) {
        return std::nullopt;
    }
}

std::optional<Difference>
check_case(db::Tx& tx, const CaseRow& stored, const cases::Context& context)
{
    const auto value = refolded_if_possible(tx, stored.id);
    if (!value)
        return Difference{stored.id, "rebuild.events", fmt::format("{}", stored.version)};
    const auto doc = cases::to_json(*value);
    if (stored.doc != doc)
        return Difference{stored.id, "rebuild.doc", first_member(stored.doc, doc)};
    const auto column = first_difference(stored, row_of(*value, context, stored.doc));
    if (column)
        return Difference{stored.id, "rebuild.columns", *column};
    return std::nullopt;
}

/// What one snapshot shows of a page of cases.
struct PageCheck {
    std::vector<Difference> differences;
    CaseId last;
    std::int64_t cases{};
};

PageCheck check_page(db::Tx& tx, CaseId after, const cases::Context& context)
{
    PageCheck page{.differences = {}, .last = after, .cases = 0};
    for (const auto& row : tx.all(list_case_rows, after, cases_per_page)) {
        if (const auto difference = check_case(tx, row, context))
            page.differences.push_back(*difference);
        page.last = row.id;
        ++page.cases;
    }
    return page;
}

}  // namespace

std::optional<cases::Case> refolded(db::Tx& tx, CaseId id)
{
    cases::Case value;
    while (true) {
        const auto page =
            ledger::list_of_entity(tx, {"case", id.value}, value.version, events_per_page);
        for (const auto& stored : page) {
            if (stored.version != value.version + 1)
                return std::nullopt;
            value = cases::apply(std::move(value), cases::to_event(stored));
        }
        if (std::ssize(page) < events_per_page)
            return value.version == 0 ? std::nullopt : std::optional{std::move(value)};
    }
}

std::string to_text(const Difference& difference, Lang lang)
{
    return say(
        lang,
        difference.what,
        {{"case", std::to_string(difference.case_id.value)}, {"detail", difference.detail}}
    );
}

std::string to_text(const RebuildVerdict& verdict, Lang lang)
{
    return say(lang, "rebuild.good", {{"cases", std::to_string(verdict.cases)}});
}

RebuildVerdict rebuild_check(
    db::Database& database,
    const cases::Context& context,
    const VisitDifference& visit,
    const RebuildProgress& progress
)
{
    RebuildVerdict verdict;
    const auto tell = [&](const Difference& difference) {
        ++verdict.differences;
        return visit(difference);
    };
    const auto total = database.read([](db::Tx& tx) { return tx.one(count_cases).value_or(0); });
    for (CaseId after;;) {
        const auto page = database.read([&](db::Tx& tx) { return check_page(tx, after, context); });
        verdict.cases += page.cases;
        for (const auto& difference : page.differences)
            if (!tell(difference))
                return verdict;
        if (progress)
            progress(verdict.cases, total);
        if (page.cases < cases_per_page)
            break;
        after = page.last;
    }
    const auto counts = database.read([](db::Tx& tx) { return tx.all(list_count_differences); });
    for (const auto& row : counts) {
        const auto detail =
            fmt::format("{} {}: {} / {}", row.owner_id, row.state, row.n_counted, row.n_kept);
        if (!tell({CaseId{}, "rebuild.counts", detail}))
            break;
    }
    return verdict;
}

}  // namespace redress::operations
