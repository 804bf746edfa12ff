#include "customers/api.hpp"

#include "customers/store.hpp"
#include "customers/test_house.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "http/router.hpp"
#include "staff/model.hpp"

#include <fmt/format.h>

#include <doctest/doctest.h>

namespace redress::customers {
namespace {

enum class Reader { manager, handler };

/// The routes of this slice over a fresh database, asked as a member of staff.
struct Desk {
    explicit Desk(db::Database& opened)
        : database{opened}, router{routes({database, ledger, clock}), middleware()}
    {
        database.migrate(embedded::migrations(), noon);
        database.set_batch_hooks(ledger.hooks());
    }

    http::Middleware middleware()
    {
        http::Middleware steps;
        steps.authenticate = [this](http::Call& call) -> Result<void> {
            staff::Caller caller;
            caller.actor.name = "staff:1";
            if (reader == Reader::manager)
                caller.permissions = {staff::Permission::sensitive_read};
            call.actor = caller;
            return {};
        };
        return steps;
    }

    http::Response
    ask(std::string method, std::string path, std::string body = {}, http::Headers headers = {})
    {
        http::Request request;
        request.method = std::move(method);
        const auto question = path.find('?');
        request.path = path.substr(0, question);
        request.query = question == std::string::npos ? std::string{} : path.substr(question + 1);
        request.headers = std::move(headers);
        if (!body.empty())
            request.headers.emplace_back("content-type", "application/json");
        request.headers.emplace_back("idempotency-key", "k");
        request.body = std::move(body);
        return router(request);
    }

    json::object got(const std::string& path)
    {
        const auto response = ask("GET", path);
        REQUIRE(response.status == 200);
        return parse_json(response.body).as_object();
    }

    std::int64_t create(const std::string& body)
    {
        const auto response = ask("POST", "/api/v1/customers", body);
        REQUIRE_MESSAGE(response.status == 201, response.body);
        return parse_json(response.body).at("id").as_int64();
    }

    db::Database& database;
    ledger::Ledger ledger{std::chrono::minutes{480}};
    VirtualClock clock{noon};
    Reader reader{Reader::manager};
    http::Router router;
};

std::string code_of(const http::Response& response)
{
    return std::string{parse_json(response.body).at("code").as_string()};
}

std::string path_of(std::int64_t id, std::string_view rest = {})
{
    return fmt::format("/api/v1/customers/{}{}", id, rest);
}

std::string tag_of(const http::Response& response)
{
    for (const auto& [name, value] : response.headers)
        if (name == "ETag")
            return value;
    return {};
}

}  // namespace

TEST_CASE("a customer is created, shown and changed by the version that was seen")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto id = desk.create(
            R"({"name":"王女士","contacts":[{"kind":"phone","value":"138 1234 5678","label":"mornings"}],)"
            R"("worksheet":{"purchase_minor":20000,"times_a_year":2,"related_minor":6000,"years":5,"currency":"CNY"}})"
        );
        const auto shown = desk.ask("GET", path_of(id));
        CHECK(tag_of(shown) == "\"1\"");
        const auto view = parse_json(shown.body).as_object();
        CHECK(view.at("contacts").at(0).at("value") == "+8613812345678");
        CHECK(view.at("value").at("lifetime_minor") == 230'000);
        CHECK(view.at("history").at("cases") == 0);

        const http::Headers seen{{"if-match", "\"1\""}};
        const auto changed = desk.ask("PATCH", path_of(id), R"({"tier":"major"})", seen);
        CHECK(changed.status == 200);
        CHECK(tag_of(changed) == "\"2\"");
        const auto stale = desk.ask("PATCH", path_of(id), R"({"tier":"standard"})", seen);
        CHECK(stale.status == 412);
        CHECK(code_of(stale) == "customer_stale");
        CHECK(desk.ask("PATCH", path_of(id), R"({"tier":"standard"})").status == 428);
        CHECK(
            desk.ask("PATCH", path_of(id), R"({"merged_into":1})", {{"if-match", "\"2\""}})
                .status == 422
        );
        CHECK(desk.ask("GET", path_of(9'999)).status == 404);
        CHECK(desk.ask("GET", path_of(-1)).status == 404);
    });
}

TEST_CASE(
    "G4: what dissatisfaction may cost is estimated by every source, with the customer's own factors"
)
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto id = desk.create(
            R"({"name":"Li","worksheet":{"purchase_minor":20000,"times_a_year":2,"related_minor":6000,"years":5,"currency":"CNY"}})"
        );
        database.write([&](db::Tx& tx) {
            insert_case(tx, desk.ledger.next_id(), {CustomerId{id}, noon, true});
            insert_case(tx, desk.ledger.next_id(), {CustomerId{id}, noon, true});
        });
        const http::Headers seen{{"if-match", "\"1\""}};
        const auto changed = desk.ask(
            "PATCH",
            path_of(id),
            R"({"cost":{"scenario":"source001","factors":{"told":3,"margin":2000}}})",
            seen
        );
        REQUIRE_MESSAGE(changed.status == 200, changed.body);
        const auto view = desk.got(path_of(id));
        CHECK(view.at("cost").at("factors").at("told") == 3);
        const auto& costs = view.at("costs").as_array();
        REQUIRE(costs.size() == 5);
        const auto& source001 = costs[1].as_object();
        CHECK(source001.at("scenario") == "source001");
        CHECK(source001.at("given").at("told") == 10);
        // 2 open: 2 silent x 80 % + 2 x 80 % = 3.2 leaving, x 230,000 x 20 %
        CHECK(source001.at("estimate").at("told").to_number<double>() == doctest::Approx(12));
        CHECK(source001.at("estimate").at("at_risk_minor") == 147'200);
        CHECK_FALSE(costs[4].at("estimate").as_object().contains("leaving"));

        const auto refused = desk.ask(
            "PATCH",
            path_of(id),
            R"({"cost":{"scenario":"own","factors":{"margin":10001}}})",
            {{"if-match", "\"2\""}}
        );
        CHECK(refused.status == 422);
        CHECK(code_of(refused) == "customer_amount");
    });
}

TEST_CASE("who may not see contacts gets stars and cannot write them back")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto id =
            desk.create(R"({"contacts":[{"kind":"email","value":"wang@qq.com"}],"notes":"n"})");
        desk.reader = Reader::handler;
        const auto view = desk.got(path_of(id));
        CHECK(view.at("contacts").at(0).at("value") == "w***@qq.com");
        CHECK(view.at("is_masked") == true);
        CHECK_FALSE(view.contains("notes"));
        const http::Headers seen{{"if-match", "\"1\""}};
        const auto refused = desk.ask("PATCH", path_of(id), R"({"contacts":[]})", seen);
        CHECK(refused.status == 403);
        CHECK(code_of(refused) == "customer_contacts_hidden");
        CHECK(desk.ask("PATCH", path_of(id), R"({"name":"Wang"})", seen).status == 200);
        CHECK(
            desk.got("/api/v1/customers?contact=wang%40qq.com").at("items").as_array().size() == 1
        );
    });
}

TEST_CASE("a merged customer is shown as the survivor and can be split off again")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto a =
            desk.create(R"({"name":"Li","contacts":[{"kind":"phone","value":"13800000001"}]})");
        const auto b =
            desk.create(R"({"name":"Li","contacts":[{"kind":"phone","value":"13800000002"}]})");
        CHECK(desk.got(path_of(a, "/duplicates")).at("items").at(0).at("customer").at("id") == b);
        const auto merged =
            desk.ask("POST", path_of(a, "/merge"), fmt::format(R"({{"into":{}}})", b));
        CHECK(merged.status == 200);
        const auto view = desk.got(path_of(a));
        CHECK(view.at("id") == b);
        CHECK(view.at("absorbed").at(0) == a);
        CHECK(view.at("contacts").as_array().size() == 2);
        CHECK(desk.got(path_of(a, "/cases")).at("items").as_array().empty());
        CHECK(desk.got(path_of(b, "/duplicates")).at("items").as_array().empty());
        CHECK(
            desk.ask("PATCH", path_of(a), R"({"name":"x"})", {{"if-match", "\"2\""}}).status == 409
        );
        CHECK(
            desk.ask("POST", path_of(a, "/merge"), fmt::format(R"({{"into":{}}})", a)).status == 409
        );

        CHECK(desk.ask("POST", path_of(a, "/split")).status == 200);
        CHECK(desk.got(path_of(a)).at("id") == a);
        CHECK(desk.ask("POST", path_of(a, "/split")).status == 409);
        CHECK(
            desk.ask("POST", path_of(a, "/apart"), fmt::format(R"({{"other":{}}})", b)).status ==
            204
        );
        CHECK(desk.got(path_of(a, "/duplicates")).at("items").as_array().empty());
    });
}

TEST_CASE("lists page by opaque cursors and show no contact whole")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        for (int i = 0; i < 5; ++i)
            desk.create(fmt::format(
                R"({{"name":"Li {}","contacts":[{{"kind":"phone","value":"1380000000{}"}}]}})",
                i,
                i
            ));
        for (const std::string filter : {"", "&name=li"}) {
            std::string cursor;
            std::size_t count = 0;
            for (int pages = 0; pages < 4; ++pages) {
                const auto page = desk.got(
                    "/api/v1/customers?limit=2" + filter +
                    (cursor.empty() ? "" : "&cursor=" + cursor)
                );
                for (const auto& item : page.at("items").as_array())
                    CHECK(json::serialize(item.at("contact")).find("****") != std::string::npos);
                count += page.at("items").as_array().size();
                if (!page.contains("next_cursor"))
                    break;
                cursor = std::string{page.at("next_cursor").as_string()};
            }
            CHECK(count == 5);
        }
        CHECK(desk.ask("GET", "/api/v1/customers?cursor=nonsense").status == 422);
        CHECK(desk.ask("GET", "/api/v1/customers?limit=x").status == 422);
    });
}

TEST_CASE("everything wrong with a form is said with its place")
{
    db::for_each_database([](db::Database& database) {
        Desk desk{database};
        const auto refused = desk.ask(
            "POST",
            "/api/v1/customers",
            R"({"contacts":[{"kind":"phone","value":"12"}],"worksheet":{"purchase_minor":1,"times_a_year":-1,"related_minor":0,"years":1,"currency":"?"}})"
        );
        CHECK(refused.status == 422);
        CHECK(parse_json(refused.body).at("errors").as_array().size() == 3);
        CHECK(desk.ask("POST", "/api/v1/customers", "{}").status == 422);
        CHECK(desk.ask("POST", "/api/v1/customers", R"({"name":"x","version":9})").status == 422);
    });
}

}  // namespace redress::customers
