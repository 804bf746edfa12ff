#include "desk/presence.hpp"

#include "desk/desk_sql.hpp"
#include "desk/json_writer.hpp"

namespace redress::desk {
namespace {

constexpr db::Command<CaseId, StaffId, bool, Instant> upsert_row{
    "desk.upsert_presence",
    sql::upsert_presence};
constexpr db::Command<CaseId, StaffId> delete_row{"desk.delete_presence", sql::delete_presence};
constexpr db::Query<Present, CaseId, Instant, std::int64_t> list_rows_at{
    "desk.list_present_at",
    sql::list_present_at};
constexpr db::Query<Present, Instant, std::int64_t> list_rows{
    "desk.list_present",
    sql::list_present};
constexpr db::Command<Instant> delete_rows{"desk.delete_absent", sql::delete_absent};

}  // namespace

void come(db::Tx& tx, const Present& who, Instant now)
{
    tx.run(upsert_row, who.case_id, who.staff, who.is_typing, now);
}

void leave(db::Tx& tx, CaseId id, StaffId staff)
{
    tx.run(delete_row, id, staff);
}

std::vector<Present> list_present_at(db::Tx& tx, CaseId id, Instant now)
{
    return tx.all(list_rows_at, id, now - presence_lifetime, most_present_at_case);
}

std::string
write_presence(CaseId id, const std::vector<Present>& people, const staff::Roster& roster)
{
    JsonWriter out;
    out.open('{');
    out.member("case_id", id.value);
    out.key("people");
    out.open('[');
    for (const auto& one : people) {
        const auto* person = roster.find(one.staff);
        if (person == nullptr)
            continue;
        out.open('{');
        out.member("id", one.staff.value);
        out.member("name", std::string_view{person->display_name});
        out.member("is_typing", one.is_typing);
        out.close('}');
    }
    out.close(']');
    out.close('}');
    return out.take();
}

void PresenceFeed::tell(CaseId id, const std::vector<Present>& people)
{
    hub_.publish({0, "presence", write_presence(id, people, *directory_.roster()), {}});
}

void PresenceFeed::publish_changes()
{
    if (hub_.stream_count() == 0)
        return told_.clear();
    const auto since = clock_.now() - presence_lifetime;
    const auto rows =
        database_.read([&](db::Tx& tx) { return tx.all(list_rows, since, most_present); });
    ByCase now;
    for (const auto& row : rows)
        now[row.case_id].push_back(row);
    for (const auto& [id, people] : now)
        if (const auto before = told_.find(id); before == told_.end() || before->second != people)
            tell(id, people);
    for (const auto& [id, people] : told_)
        if (!now.contains(id))
            tell(id, {});
    told_ = std::move(now);
}

void PresenceFeed::sweep()
{
    const auto before = clock_.now() - presence_lifetime;
    database_.write([&](db::Tx& tx) { tx.run(delete_rows, before); });
}

}  // namespace redress::desk
