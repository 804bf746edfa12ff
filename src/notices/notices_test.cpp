#include "base/catalogue.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "http/router.hpp"
#include "notices/api.hpp"
#include "notices/store.hpp"
#include "staff/model.hpp"

#include <doctest/doctest.h>
#include <functional>

namespace redress::notices {
namespace {

constexpr Instant noon{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z
constexpr StaffId ann{1};
constexpr StaffId bob{2};

constexpr db::Command<StaffId, std::string_view> insert_person{
    "test.insert_person",
    "INSERT INTO staff (id, version, login, is_active, is_admin, team_id, doc) "
    "VALUES ($1, 1, $2, 1, 0, 0, '{}')"};

/// Two people; the members' order matters, the database goes before its ledger.
struct Desk {
    explicit Desk(db::Dialect dialect) : database{dialect}
    {
        database->migrate(embedded::migrations(), noon);
        database->set_batch_hooks(ledger.hooks());
        database->write([](db::Tx& tx) {
            tx.run(insert_person, ann, "ann");
            tx.run(insert_person, bob, "bob");
        });
    }

    NotificationId tell(StaffId staff, Kind kind = Kind::assigned)
    {
        return database->write([&](db::Tx& tx) {
            const Notice notice{
                .staff = staff,
                .about = CaseId{40},
                .event = EventSeq{7},
                .kind = kind,
                .payload = {{"ref_no", "20261121-000001"}, {"title", "坏了"}}};
            return insert(tx, ledger, notice, clock.now());
        });
    }
    std::int64_t unread(StaffId staff)
    {
        return database->read([staff](db::Tx& tx) { return count_unread(tx, staff); });
    }
    std::vector<Notification> listed(StaffId staff, const Page& page)
    {
        return database->read([&](db::Tx& tx) { return list(tx, staff, page); });
    }

    ledger::Ledger ledger{std::chrono::minutes{480}};
    VirtualClock clock{noon};
    db::TestDatabase database;
};

void at_each_desk(const std::function<void(Desk&)>& test)
{
    for (const auto dialect : db::test_dialects()) {
        Desk desk{dialect};
        test(desk);
    }
}

http::Response ask(Desk& desk, StaffId reader, http::Request request)
{
    http::Middleware middleware;
    middleware.authenticate = [reader](http::Call& call) -> Result<void> {
        staff::Caller caller;
        caller.actor.staff = reader;
        call.lang = Lang::zh;
        call.actor = caller;
        return {};
    };
    const http::Router router{routes({*desk.database, desk.clock}), middleware};
    return router(request);
}

json::object get(Desk& desk, StaffId reader, std::string query)
{
    http::Request request;
    request.method = "GET";
    request.path = "/api/v1/notifications";
    request.query = std::move(query);
    const auto response = ask(desk, reader, std::move(request));
    REQUIRE(response.status == 200);
    return parse_json(response.content()).as_object();
}

http::Response post(Desk& desk, StaffId reader, std::string path, std::string body = {})
{
    http::Request request;
    request.method = "POST";
    request.path = std::move(path);
    if (!body.empty())
        request.headers.emplace_back("content-type", "application/json");
    request.body = std::move(body);
    return ask(desk, reader, std::move(request));
}

TEST_CASE("notices come newest first, to their reader only, and the unread are counted")
{
    at_each_desk([](Desk& desk) {
        CHECK(desk.unread(ann) == 0);
        const auto first = desk.tell(ann);
        const auto second = desk.tell(ann);
        desk.tell(bob);
        CHECK(desk.unread(ann) == 2);
        CHECK(desk.unread(bob) == 1);
        const auto all = desk.listed(ann, {.limit = 10});
        REQUIRE(all.size() == 2);
        CHECK(all[0].id == second);
        CHECK(all[1].id == first);
        CHECK(all[0].about == CaseId{40});
        CHECK(all[0].event == EventSeq{7});
        const auto next = desk.listed(ann, {.before = second, .limit = 10});
        REQUIRE(next.size() == 1);
        CHECK(next[0].id == first);
    });
}

TEST_CASE("reading twice counts once, and nobody reads another's")
{
    at_each_desk([](Desk& desk) {
        const auto id = desk.tell(ann);
        desk.tell(ann);
        const auto mark = [&](StaffId staff) {
            return desk.database->write([&](db::Tx& tx) { return mark_read(tx, staff, id, noon); });
        };
        CHECK_FALSE(mark(bob));
        CHECK(desk.unread(ann) == 2);
        CHECK(mark(ann));
        CHECK(mark(ann));
        CHECK(desk.unread(ann) == 1);
        const auto unread = desk.listed(ann, {.only_unread = true, .limit = 10});
        REQUIRE(unread.size() == 1);
        CHECK(unread[0].id != id);
    });
}

TEST_CASE("reading all leaves what came after the screen")
{
    at_each_desk([](Desk& desk) {
        desk.tell(ann);
        const auto seen = desk.tell(ann);
        desk.tell(ann);
        const auto marked =
            desk.database->write([&](db::Tx& tx) { return mark_all_read(tx, ann, seen, noon); });
        CHECK(marked == 2);
        CHECK(desk.unread(ann) == 1);
        desk.database->write([&](db::Tx& tx) { return mark_all_read(tx, ann, newest, noon); });
        CHECK(desk.unread(ann) == 0);
    });
}

TEST_CASE("a notice that is undone with its change is not counted")
{
    at_each_desk([](Desk& desk) {
        const auto refused = desk.database->write([&](db::Tx& tx) -> Result<void> {
            insert(tx, desk.ledger, {.staff = ann, .about = {}, .event = {}, .payload = {}}, noon);
            return deny(Denial::conflict, "not_found");
        });
        CHECK_FALSE(refused.has_value());
        CHECK(desk.unread(ann) == 0);
        CHECK(desk.listed(ann, {.limit = 10}).empty());
    });
}

TEST_CASE("old notices that were read are deleted, a few at a time")
{
    at_each_desk([](Desk& desk) {
        for (int i = 0; i < 3; ++i)
            desk.tell(ann);
        desk.database->write([&](db::Tx& tx) { return mark_all_read(tx, ann, newest, noon); });
        desk.tell(ann);
        const auto deleted = [&](Instant before) {
            return desk.database->write([before](db::Tx& tx) {
                return delete_read_before(tx, before, 2);
            });
        };
        CHECK(deleted(noon) == 0);
        CHECK(deleted(noon + Micros{1}) == 2);
        CHECK(deleted(noon + Micros{1}) == 1);
        CHECK(deleted(noon + Micros{1}) == 0);
        CHECK(desk.listed(ann, {.limit = 10}).size() == 1);
    });
}

TEST_CASE("every kind has a text, in the reader's language")
{
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Kind>>([](auto each) {
        for (const auto lang : {Lang::en, Lang::zh})
            CHECK(has_text(lang, "notification." + std::string{each.name}));
    });
    Notification notification;
    notification.kind = "escalated";
    notification.payload = R"({"ref_no":"A-1","reason":{"en":"too late","zh":"超时"}})";
    CHECK(text_of(notification, Lang::en) == "A-1 was escalated to you: too late");
    CHECK(text_of(notification, Lang::zh) == "A-1 已升级给您：超时");
    notification.payload = R"({"ref_no":7})";
    CHECK(text_of(notification, Lang::en) == "7 was escalated to you: {reason}");
}

TEST_CASE("notifications over HTTP")
{
    at_each_desk([](Desk& desk) {
        const auto first = desk.tell(ann);
        desk.tell(ann, Kind::reopened);
        desk.tell(ann);
        const auto page = get(desk, ann, "limit=2");
        CHECK(int_at(page, "unread") == 3);
        REQUIRE(page.at("items").as_array().size() == 2);
        CHECK(
            string_at(page.at("items").as_array()[1].as_object(), "text") ==
            "20261121-000001 已重新打开。"
        );
        const auto rest =
            get(desk, ann, "limit=2&cursor=" + std::string{string_at(page, "next_cursor")});
        REQUIRE(rest.at("items").as_array().size() == 1);
        CHECK(int_at(rest.at("items").as_array()[0].as_object(), "id") == first.value);
        const auto path = "/api/v1/notifications/" + std::to_string(first.value) + "/read";
        CHECK(post(desk, bob, path).status == 404);
        CHECK(post(desk, ann, path).content() == R"({"unread":2})");
        CHECK(get(desk, ann, "unread=true").at("items").as_array().size() == 2);
        CHECK(
            post(desk, ann, "/api/v1/notifications/read-all", "{}").content() == R"({"unread":0})"
        );
    });
}

}  // namespace
}  // namespace redress::notices
