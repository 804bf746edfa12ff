#include "notices/api.hpp"

#include "http/cursor.hpp"
#include "notices/store.hpp"
#include "staff/model.hpp"

#include <algorithm>

namespace redress::notices {

struct NotificationView {
    NotificationId id;
    std::string kind;
    std::string text;  ///< in the reader's language
    std::optional<CaseId> case_id;
    EventSeq event_seq;
    json::object payload;
    Instant created_at;
    std::optional<Instant> read_at;
};

struct NotificationList {
    std::vector<NotificationView> items;
    std::int64_t unread{};
    std::optional<std::string> next_cursor;
};

/// What was on the screen: later ones stay unread.
struct ReadAllForm {
    std::optional<NotificationId> upto;
};

struct Unread {
    std::int64_t unread{};
};

struct NotificationPlace {
    std::int64_t before{};
};

BOOST_DESCRIBE_STRUCT(
    NotificationView,
    (),
    (id, kind, text, case_id, event_seq, payload, created_at, read_at)
)
BOOST_DESCRIBE_STRUCT(NotificationList, (), (items, unread, next_cursor))
BOOST_DESCRIBE_STRUCT(ReadAllForm, (), (upto))
BOOST_DESCRIBE_STRUCT(Unread, (), (unread))
BOOST_DESCRIBE_STRUCT(NotificationPlace, (), (before))

namespace {

using http::Call;
using http::NoBody;
using http::route;

constexpr std::int64_t usual_page = 30;
constexpr std::int64_t max_page = 200;

StaffId reader_of(const Call& call)
{
    return call.as<staff::Caller>().actor.staff;
}

NotificationView view_of(const Notification& notification, Lang lang)
{
    return {
        .id = notification.id,
        .kind = notification.kind,
        .text = text_of(notification, lang),
        .case_id = notification.about,
        .event_seq = notification.event,
        .payload = parse_json(notification.payload).as_object(),
        .created_at = notification.created_at,
        .read_at = notification.read_at};
}

Result<Page> asked_page(const Call& call)
{
    Page page{
        .only_unread = call.asked_flag("unread"),
        .limit =
            std::clamp(call.asked_number("limit").value_or(usual_page), std::int64_t{1}, max_page)};
    const auto cursor = call.asked("cursor");
    if (!cursor)
        return page;
    const auto place = http::read_cursor<NotificationPlace>(*cursor);
    if (!place)
        return std::unexpected{place.error()};
    page.before = NotificationId{place->before};
    return page;
}

Result<NotificationList> list_mine(const Services& services, const Call& call)
{
    const auto page = asked_page(call);
    if (!page)
        return std::unexpected{page.error()};
    return services.database.read([&](db::Tx& tx) {
        NotificationList answer;
        for (const auto& each : list(tx, reader_of(call), *page))
            answer.items.push_back(view_of(each, call.lang));
        if (static_cast<std::int64_t>(answer.items.size()) == page->limit)
            answer.next_cursor =
                http::write_cursor(NotificationPlace{answer.items.back().id.value});
        answer.unread = count_unread(tx, reader_of(call));
        return answer;
    });
}

Result<Unread> read_one(const Services& services, const Call& call)
{
    const auto id = call.id<NotificationId>("notification_id");
    if (!id)
        return std::unexpected{id.error()};
    return services.database.write([&](db::Tx& tx) -> Result<Unread> {
        if (!mark_read(tx, reader_of(call), *id, services.clock.now()))
            return deny(Denial::not_found, "not_found");
        return Unread{count_unread(tx, reader_of(call))};
    });
}

Result<Unread> read_all(const Services& services, const Call& call, const ReadAllForm& form)
{
    return services.database.write([&](db::Tx& tx) -> Result<Unread> {
        mark_all_read(tx, reader_of(call), form.upto.value_or(newest), services.clock.now());
        return Unread{count_unread(tx, reader_of(call))};
    });
}

}  // namespace

http::RouteTable routes(const Services& services)
{
    return {
        route<NoBody, NotificationList>(
            {.name = "list_notifications",
             .method = "GET",
             .path = "/api/v1/notifications",
             .summary = "One's own notifications, newest first.",
             .permission = "notification_read",
             .query =
                 {{.name = "unread",
                   .about = "Only those not read yet.",
                   .type = http::QueryType::flag},
                  {.name = "cursor", .about = "next_cursor of the page before."},
                  {.name = "limit",
                   .about = "Items per page, 1 to 200.",
                   .type = http::QueryType::number}}},
            [services](Call& call) { return list_mine(services, call); }
        ),
        // Reading twice is reading once: these two need no idempotency key.
        route<NoBody, Unread>(
            {.name = "read_notification",
             .method = "POST",
             .path = "/api/v1/notifications/{notification_id}/read",
             .summary = "Marks a notification as read.",
             .permission = "notification_read"},
            [services](Call& call) { return read_one(services, call); }
        ),
        route<ReadAllForm, Unread>(
            {.name = "read_all_notifications",
             .method = "POST",
             .path = "/api/v1/notifications/read-all",
             .summary = "Marks all notifications as read, up to one that was on the screen.",
             .permission = "notification_read"},
            [services](Call& call, const ReadAllForm& form) {
                return read_all(services, call, form);
            }
        )};
}

}  // namespace redress::notices
