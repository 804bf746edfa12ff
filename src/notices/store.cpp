#include "notices/store.hpp"

#include "notices/notices_sql.hpp"

#include <string_view>

namespace redress::notices {
namespace {

using std::int64_t;
using std::string_view;

constexpr db::Command<
    NotificationId,
    StaffId,
    std::optional<CaseId>,
    EventSeq,
    string_view,
    string_view,
    Instant>
    insert_row{"notices.insert_notification", sql::insert_notification};
constexpr db::Command<StaffId> raise_unread{"notices.raise_unread", sql::raise_unread};
constexpr db::Command<StaffId, int64_t> lower_unread{"notices.lower_unread", sql::lower_unread};
constexpr db::Query<int64_t, StaffId> select_unread{"notices.count_unread", sql::count_unread};
constexpr db::Query<Notification, StaffId, NotificationId, int64_t> select_newest{
    "notices.list_newest",
    sql::list_newest};
constexpr db::Query<Notification, StaffId, NotificationId, int64_t> select_newest_unread{
    "notices.list_unread",
    sql::list_unread};
constexpr db::Query<Notification, NotificationId, StaffId> select_one{
    "notices.find_notification",
    sql::find_notification};
constexpr db::Command<NotificationId, StaffId, Instant> mark_one{
    "notices.mark_read",
    sql::mark_read};
constexpr db::Command<StaffId, NotificationId, Instant> mark_all{
    "notices.mark_all_read",
    sql::mark_all_read};
constexpr db::Command<CaseId, string_view> forget_words{"notices.forget_case", sql::forget_case};
constexpr db::Command<Instant, int64_t> delete_old{
    "notices.delete_read_before",
    sql::delete_read_before};

}  // namespace

NotificationId insert(db::Tx& tx, ledger::Ledger& ledger, const Notice& notice, Instant now)
{
    const NotificationId id{ledger.next_id()};
    tx.run(
        insert_row,
        id,
        notice.staff,
        notice.about ? std::optional{notice.about} : std::nullopt,
        notice.event,
        name_of(notice.kind),
        to_canonical_json(notice.payload),
        now
    );
    tx.run(raise_unread, notice.staff);
    return id;
}

std::vector<Notification> list(db::Tx& tx, StaffId staff, const Page& page)
{
    const auto& query = page.only_unread ? select_newest_unread : select_newest;
    return tx.all(query, staff, page.before, page.limit);
}

int64_t count_unread(db::Tx& tx, StaffId staff)
{
    return tx.one(select_unread, staff).value_or(0);
}

bool mark_read(db::Tx& tx, StaffId staff, NotificationId id, Instant now)
{
    if (!tx.one(select_one, id, staff))
        return false;
    if (const auto marked = tx.run(mark_one, id, staff, now); marked > 0)
        tx.run(lower_unread, staff, marked);
    return true;
}

int64_t mark_all_read(db::Tx& tx, StaffId staff, NotificationId upto, Instant now)
{
    const auto marked = tx.run(mark_all, staff, upto, now);
    if (marked > 0)
        tx.run(lower_unread, staff, marked);
    return marked;
}

void forget_case(db::Tx& tx, CaseId about, string_view ref_no)
{
    const json::object payload{{"ref_no", ref_no}, {"title", ""}};
    tx.run(forget_words, about, to_canonical_json(payload));
}

int64_t delete_read_before(db::Tx& tx, Instant created_before, int64_t limit)
{
    return tx.run(delete_old, created_before, limit);
}

}  // namespace redress::notices
