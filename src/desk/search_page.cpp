#include "desk/search_page.hpp"

#include "cases/lifecycle.hpp"
#include "desk/case_page.hpp"
#include "desk/desk_sql.hpp"
#include "search/store.hpp"

#include <algorithm>
#include <set>

namespace redress::desk {
namespace {

constexpr db::Query<QueueRow, CaseId, StaffId> find_row{"desk.find_row", sql::find_row};
constexpr db::Query<QueueRow, std::int64_t, StaffId, std::int64_t> list_rows_before{
    "desk.list_rows_before",
    sql::list_rows_before};
constexpr db::Query<StoryRow, std::int64_t> find_entry{"desk.find_entry", sql::find_entry};
constexpr std::int64_t step = 300;

bool passes(const SearchOrder& order, const QueueRow& row, const staff::Roster& roster)
{
    const auto& asked = order.question;
    const auto state = named<cases::State>(row.state).value_or(cases::State::captured);
    const auto* owner = roster.find(row.owner_id);
    if (asked.is_mine && row.owner_id != order.reader)
        return false;
    if (!asked.owner.empty() && (owner == nullptr || owner->login != asked.owner))
        return false;
    if (asked.is_open && cases::is_open(state) != *asked.is_open)
        return false;
    if (asked.due_within &&
        (!cases::is_open(state) || row.next_due_at > order.now + *asked.due_within))
        return false;
    return (asked.state.empty() || row.state == asked.state) &&
           (asked.channel.empty() || row.channel == asked.channel) &&
           (asked.kind.empty() || row.kind == asked.kind) && row.anger >= asked.least_anger;
}

cases::Event event_of(const StoryRow& row)
{
    cases::Event event;
    event.kind = row.kind;
    event.payload = parse_json(row.payload).as_object();
    if (row.personal && !row.personal->empty())
        event.personal = parse_json(*row.personal).as_object();
    return event;
}

class Search {
public:
    Search(db::Tx& tx, const SearchOrder& order, const staff::Roster& roster)
        : tx_{tx}, order_{order}, roster_{roster}
    {}

    SearchPage run()
    {
        auto below = order_.from.below;
        for (std::int64_t looked_at = 0; looked_at < most_looked_at; looked_at += step) {
            const auto last =
                order_.question.wanted.empty() ? look_at_cases(below) : look_at_entries(below);
            if (!last)
                return std::move(page_);
            below = *last;
            if (is_full())
                break;
        }
        page_.next = SearchPlace{below};
        return std::move(page_);
    }

private:
    [[nodiscard]] bool is_full() const { return std::ssize(page_.found) >= order_.limit; }

    /// The last one looked at; nullopt when there are no more.
    std::optional<std::int64_t> look_at_cases(std::int64_t below)
    {
        const auto rows = tx_.all(list_rows_before, below, order_.reader, step);
        for (const auto& row : rows) {
            if (passes(order_, row, roster_))
                page_.found.push_back({row, "", row.received_at, {}});
            below = row.id.value;
            if (is_full())
                return below;
        }
        return std::ssize(rows) < step ? std::nullopt : std::optional{below};
    }

    std::optional<std::int64_t> look_at_entries(std::int64_t below)
    {
        const auto hits = search::list_hits(tx_, order_.question, below, step);
        for (const auto& hit : hits) {
            look_at(hit);
            below = hit.seq;
            if (is_full())
                return below;
        }
        return std::ssize(hits) < step ? std::nullopt : std::optional{below};
    }

    void look_at(const search::Hit& hit)
    {
        if (!seen_.insert(hit.entity).second)
            return;
        const auto row = tx_.one(find_row, hit.entity, order_.reader);
        if (!row || !passes(order_, *row, roster_))
            return;
        const auto entry = tx_.one(find_entry, hit.seq);
        if (!entry)
            return;
        const auto texts = search::texts_of(event_of(*entry), cases::lifecycle());
        page_.found.push_back(
            {*row, entry->kind, entry->at, search::excerpt_of(texts, order_.question.marks)}
        );
    }

    db::Tx& tx_;
    const SearchOrder& order_;
    const staff::Roster& roster_;
    SearchPage page_;
    std::set<CaseId> seen_;
};

}  // namespace

SearchPage search_cases(db::Tx& tx, const SearchOrder& order, const staff::Roster& roster)
{
    return Search{tx, order, roster}.run();
}

}  // namespace redress::desk
