#include "desk/queue.hpp"

#include "cases/model.hpp"
#include "desk/desk_sql.hpp"

#include <algorithm>
#include <limits>

namespace redress::desk {
namespace {

using Page = db::Query<QueueRow, StaffId, std::int64_t, CaseId, std::int64_t>;
using PageBefore = db::Query<QueueRow, StaffId, std::int64_t, CaseId, std::int64_t, Instant>;

constexpr Page list_mine{"desk.list_mine", sql::list_mine};
constexpr Page list_open{"desk.list_open", sql::list_open};
constexpr Page list_offered{"desk.list_offered", sql::list_offered};
constexpr Page list_furious{"desk.list_furious", sql::list_furious};
constexpr Page list_waiting{"desk.list_waiting", sql::list_waiting};
constexpr Page list_done{"desk.list_done", sql::list_done};
constexpr PageBefore list_due_before{"desk.list_due_before", sql::list_due_before};
constexpr PageBefore list_late{"desk.list_late", sql::list_late};
constexpr PageBefore list_promises{"desk.list_promises", sql::list_promises};

struct KeptCount {
    StaffId owner;
    std::string state;
    bool furious{};
    bool waiting{};
    std::int64_t n{};
};
BOOST_DESCRIBE_STRUCT(KeptCount, (), (owner, state, furious, waiting, n))

struct SoonCount {
    std::int64_t offered{};
    std::int64_t due_soon{};
    std::int64_t late{};
    std::int64_t promises{};
};
BOOST_DESCRIBE_STRUCT(SoonCount, (), (offered, due_soon, late, promises))

constexpr db::Query<KeptCount, StaffId> list_counts{"desk.list_counts", sql::list_counts};
constexpr db::Query<SoonCount, StaffId, Instant, Instant, Instant> count_soon{
    "desk.count_soon",
    sql::count_soon};

constexpr Micros soon = std::chrono::minutes{15};
constexpr Micros one_day = std::chrono::hours{24};
constexpr std::int64_t filter_step = 300;

/// The place before the first row of a view.
Place first_place(View view)
{
    constexpr auto largest = std::numeric_limits<std::int64_t>::max();
    return view == View::done ? Place{largest, {largest}}
                              : Place{std::numeric_limits<std::int64_t>::min(), {}};
}

std::vector<QueueRow>
rows_after(db::Tx& tx, const QueueQuestion& q, const Place& from, std::int64_t limit)
{
    const auto page = [&](const auto& query) {
        return tx.all(query, q.reader, from.at, from.id, limit);
    };
    const auto before = [&](const auto& query, Instant end) {
        return tx.all(query, q.reader, from.at, from.id, limit, end);
    };
    switch (q.view) {
        case View::mine:
            return page(list_mine);
        case View::offered:
            return page(list_offered);
        case View::due_soon:
            return before(list_due_before, q.now + soon);
        case View::furious:
            return page(list_furious);
        case View::promises:
            return before(list_promises, q.now + one_day);
        case View::waiting:
            return page(list_waiting);
        case View::late:
            return before(list_late, q.now);
        case View::open:
            return page(list_open);
        case View::done:
            return page(list_done);
    }
    return {};
}

/// What a view is sorted by; `done` gives the time of the last change as next_due_at.
std::int64_t sort_key(View view, const QueueRow& row)
{
    return view == View::promises ? row.promise_due_at.value_or(Instant{}).us : row.next_due_at.us;
}

Place place_of(View view, const QueueRow& row)
{
    return {sort_key(view, row), row.id};
}

bool passes(const QueueFilter& filter, const QueueRow& row)
{
    return row.anger >= filter.least_anger &&
           (filter.channel.empty() || row.channel == filter.channel) &&
           (filter.kind.empty() || row.kind == filter.kind);
}

QueuePage list_filtered(db::Tx& tx, const QueueQuestion& question, std::int64_t limit)
{
    QueuePage page;
    auto from = question.after.value_or(first_place(question.view));
    for (std::int64_t looked_at = 0; looked_at < most_looked_at_in_queue;
         looked_at += filter_step) {
        auto rows = rows_after(tx, question, from, filter_step);
        for (auto& row : rows) {
            from = place_of(question.view, row);
            if (passes(question.filter, row))
                page.rows.push_back(std::move(row));
            if (std::ssize(page.rows) == limit) {
                page.next = from;
                return page;
            }
        }
        if (std::ssize(rows) < filter_step)
            return page;
    }
    page.next = from;
    return page;
}

bool is_open_state(const std::string& state)
{
    const auto known = named<cases::State>(state);
    return known && cases::is_open(*known);
}

}  // namespace

QueuePage list_queue(db::Tx& tx, const QueueQuestion& question)
{
    const auto limit = std::clamp<std::int64_t>(question.limit, 1, most_rows);
    if (!question.filter.passes_all())
        return list_filtered(tx, question, limit);
    const auto from = question.after.value_or(first_place(question.view));
    QueuePage page{rows_after(tx, question, from, limit + 1), std::nullopt};
    if (std::ssize(page.rows) <= limit)
        return page;
    page.rows.pop_back();
    page.next = place_of(question.view, page.rows.back());
    return page;
}

std::vector<ViewCount> count_views(db::Tx& tx, StaffId reader, Instant now)
{
    std::int64_t mine = 0;
    std::int64_t furious = 0;
    std::int64_t waiting = 0;
    std::int64_t open = 0;
    std::int64_t done = 0;
    for (const auto& kept : tx.all(list_counts, reader)) {
        const bool is_open = is_open_state(kept.state);
        const bool is_mine = kept.owner == reader && is_open;
        mine += is_mine ? kept.n : 0;
        furious += is_mine && kept.furious ? kept.n : 0;
        waiting += is_mine && kept.waiting ? kept.n : 0;
        if (!kept.owner)
            (is_open ? open : done) += kept.n;
    }
    const auto soon_count =
        tx.one(count_soon, reader, now + soon, now, now + one_day).value_or(SoonCount{});
    const auto capped = [](View view, std::int64_t n) {
        return ViewCount{view, n, n >= most_counted};
    };
    return {
        {View::mine, mine, false},
        capped(View::offered, soon_count.offered),
        capped(View::due_soon, soon_count.due_soon),
        {View::furious, furious, false},
        capped(View::promises, soon_count.promises),
        {View::waiting, waiting, false},
        capped(View::late, soon_count.late),
        {View::open, open, false},
        {View::done, done, false}};
}

}  // namespace redress::desk
