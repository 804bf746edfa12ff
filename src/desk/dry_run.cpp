#include "desk/dry_run.hpp"

#include "cases/rules_replay.hpp"
#include "desk/desk_sql.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <tuple>

namespace redress::desk {
namespace {

struct RecentRow {
    CaseId id;
    Instant received_at;
    std::string doc;
};
BOOST_DESCRIBE_STRUCT(RecentRow, (), (id, received_at, doc))

constexpr db::Query<RecentRow, CaseId, std::int64_t> list_recent{
    "desk.list_recent_docs",
    sql::list_recent_docs};
constexpr std::int64_t page = 100;

using Key = std::tuple<std::string, std::string, int>;
using Clocks = std::map<Key, policy::Clock>;

Clocks by_key(std::vector<policy::Clock> clocks)
{
    Clocks found;
    for (auto& clock : clocks)
        if (policy::counts_for_staff(clock.kind))
            found.emplace(
                Key{clock.key.id, clock.key.subject, clock.key.instance},
                std::move(clock)
            );
    return found;
}

std::int64_t count_missed(const Clocks& clocks)
{
    return std::ranges::count_if(clocks, [](const auto& one) {
        return one.second.state == policy::ClockState::late;
    });
}

class Comparison {
public:
    Comparison(const policy::Library& policies, const DryRunQuestion& question)
        : policies_{policies}, question_{question}
    {}

    void add(const cases::Case& value)
    {
        const auto ref = std::ranges::find(value.packs, question_.pack.id, &policy::PackRef::id);
        if (ref == value.packs.end())
            return;
        ++result.cases;
        const auto& pinned = policies_.pack(ref->id, ref->version);
        const auto before = by_key(cases::replayed(value, pinned, question_.now));
        const auto after = by_key(cases::replayed(value, question_.pack, question_.now));
        result.missed_before += count_missed(before);
        result.missed_after += count_missed(after);
        for (const auto& [key, clock] : before) {
            const auto other = after.find(key);
            compare(value, pinned, &clock, other == after.end() ? nullptr : &other->second);
        }
        for (const auto& [key, clock] : after)
            if (!before.contains(key))
                compare(value, question_.pack, nullptr, &clock);
    }

    DryRun result;

private:
    void compare(
        const cases::Case& value,
        const policy::Pack& naming,
        const policy::Clock* before,
        const policy::Clock* after
    )
    {
        ++result.clocks;
        if (before == nullptr)
            return note(value, naming, {DueChange::added, nullptr, after}, result.added);
        if (after == nullptr)
            return note(value, naming, {DueChange::gone, before, nullptr}, result.gone);
        if (after->due_at < before->due_at)
            return note(value, naming, {DueChange::earlier, before, after}, result.earlier);
        if (after->due_at > before->due_at)
            return note(value, naming, {DueChange::later, before, after}, result.later);
        ++result.same;
    }

    struct Difference {
        DueChange change{};
        const policy::Clock* before{};
        const policy::Clock* after{};
    };

    void note(
        const cases::Case& value,
        const policy::Pack& naming,
        const Difference& difference,
        std::int64_t& count
    )
    {
        ++count;
        if (result.examples.size() >= question_.limits.examples)
            return;
        const auto& clock = *(difference.before ? difference.before : difference.after);
        const auto* rule = naming.deadline(clock.key.id);
        const auto due = [](const policy::Clock* one) {
            return one == nullptr ? std::nullopt : std::optional{one->due_at};
        };
        result.examples.push_back(
            {value.id,
             value.ref_no,
             rule == nullptr ? clock.key.id : rule->title.in(question_.lang),
             difference.change,
             due(difference.before),
             due(difference.after)}
        );
    }

    const policy::Library& policies_;
    const DryRunQuestion& question_;
};

}  // namespace

DryRun
dry_run(db::Database& database, const policy::Library& policies, const DryRunQuestion& question)
{
    Comparison comparison{policies, question};
    const auto end = std::chrono::steady_clock::now() + question.limits.time;
    CaseId before{std::numeric_limits<std::int64_t>::max()};
    for (std::int64_t looked_at = 0;;) {
        const auto rows =
            database.read([&](db::Tx& tx) { return tx.all(list_recent, before, page); });
        bool has_recent = false;
        for (const auto& row : rows) {
            if (row.received_at < question.since)
                continue;
            has_recent = true;
            comparison.add(cases::from_json(row.doc));
        }
        if (!has_recent || std::ssize(rows) < page)
            return std::move(comparison.result);
        looked_at += std::ssize(rows);
        before = rows.back().id;
        if (looked_at >= question.limits.cases || std::chrono::steady_clock::now() >= end) {
            comparison.result.is_cut = true;
            return std::move(comparison.result);
        }
    }
}

}  // namespace redress::desk
