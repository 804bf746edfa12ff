#include "staff/api.hpp"

#include "http/conditional.hpp"
#include "http/router.hpp"
#include "staff/api_authenticate.hpp"
#include "staff/rules_permissions.hpp"
#include "staff/test_house.hpp"

#include <doctest/doctest.h>
#include <memory>
#include <set>

namespace redress::staff {
namespace {

using cases::Role;

constexpr std::string_view own_password = "my-own-words-55";

http::Middleware middleware_of(Services& services)
{
    http::Middleware middleware;
    middleware.authenticate = [&services](http::Call& call) -> Result<void> {
        auto caller = authenticate(services, call.request);
        if (!caller)
            return std::unexpected{caller.error()};
        call.actor = *std::move(caller);
        return {};
    };
    middleware.authorise = [](http::Call& call) {
        return authorise(call.as<Caller>(), call.route.permission);
    };
    return middleware;
}

/// A browser: remembers its cookie.
class Browser {
public:
    explicit Browser(House& house)
        : router_{std::make_unique<http::Router>(
              routes(*house.services),
              middleware_of(*house.services)
          )}
    {}

    http::Response send(std::string method, std::string path, json::value body = nullptr)
    {
        http::Request request;
        request.method = std::move(method);
        const auto question = path.find('?');
        request.path = path.substr(0, question);
        if (question != std::string::npos)
            request.query = path.substr(question + 1);
        request.remote_address = "192.0.2.7";
        request.headers.emplace_back("idempotency-key", "k1");
        if (!cookie_.empty())
            request.headers.emplace_back("cookie", cookie_);
        if (version_)
            request.headers.emplace_back("if-match", http::etag_of(*version_));
        if (!body.is_null()) {
            request.headers.emplace_back("content-type", "application/json");
            request.body = json::serialize(body);
        }
        auto response = (*router_)(request);
        for (const auto& [name, value] : response.headers)
            if (name == "Set-Cookie")
                cookie_ = value.substr(0, value.find(';'));
        return response;
    }

    Browser& looking_at(std::int64_t version)
    {
        version_ = version;
        return *this;
    }

    http::Response sign_in(std::string_view login, std::string_view password)
    {
        return send("POST", "/api/v1/sign-in", {{"login", login}, {"password", password}});
    }

    [[nodiscard]] const std::string& cookie() const { return cookie_; }
    [[nodiscard]] const http::RouteTable& table() const { return router_->table(); }

private:
    std::unique_ptr<http::Router> router_;
    std::string cookie_;
    std::optional<std::int64_t> version_;
};

json::object object_of(const http::Response& response)
{
    return parse_json(response.content()).as_object();
}

std::string code_in(const http::Response& response)
{
    return std::string{string_at(object_of(response), "code")};
}

/// A browser of somebody with these roles who chose a password of their own.
Browser browser_of(House& house, const std::string& login, std::vector<Role> roles)
{
    const auto person = house.hire(login, std::move(roles));
    REQUIRE(reset_password(*house.services, house.as_admin(), person.id, "rain-boots-42-hill")
                .has_value());
    Browser browser{house};
    REQUIRE(browser.sign_in(login, "rain-boots-42-hill").status == 200);
    const auto changed = browser.send(
        "PUT",
        "/api/v1/me/password",
        {{"current", "rain-boots-42-hill"}, {"wanted", own_password}}
    );
    REQUIRE(changed.status == 200);
    return browser;
}

Browser browser_of_admin(House& house)
{
    Browser browser{house};
    REQUIRE(browser.sign_in("root", good_password).status == 200);
    return browser;
}

TEST_CASE("one signs in, sees oneself, signs out")
{
    in_each_house([](House& house) {
        Browser browser{house};
        CHECK(browser.send("GET", "/api/v1/me").status == 401);
        const auto wrong = browser.sign_in("root", "not-the-password");
        CHECK(wrong.status == 401);
        CHECK(code_in(wrong) == "sign_in_failed");
        CHECK(browser.cookie().empty());
        REQUIRE(browser.sign_in("root", good_password).status == 200);
        const auto me = object_of(browser.send("GET", "/api/v1/me"));
        CHECK(string_at(me.at("staff").as_object(), "login") == "root");
        CHECK(me.at("permissions").as_array().size() > 10);
        const auto before = browser.cookie();
        REQUIRE(browser.sign_in("root", good_password).status == 200);
        CHECK(browser.cookie() != before);
        CHECK(browser.send("POST", "/api/v1/sign-out").status == 204);
        CHECK(browser.cookie() == "redress_session=");
        CHECK(browser.send("GET", "/api/v1/me").status == 401);
    });
}

TEST_CASE("people are added, read, changed on their version, disabled and taken back")
{
    in_each_house([](House& house) {
        auto admin = browser_of_admin(house);
        const auto made = admin.send(
            "POST",
            "/api/v1/staff",
            {{"login", "ann"},
             {"display_name", "安"},
             {"roles", {"intake"}},
             {"hours",
              {{"tz", "Asia/Shanghai"},
               {"shifts", {{{"days", {"mon", "fri"}}, {"from", "09:00"}, {"to", "18:00"}}}}}}}
        );
        REQUIRE(made.status == 201);
        const auto ann = object_of(made);
        const auto path = "/api/v1/staff/" + std::to_string(int_at(ann, "id"));
        CHECK(object_of(admin.send("GET", path)) == ann);
        const auto changed =
            admin.looking_at(1).send("PATCH", path, {{"limit_minor", 5000}, {"currency", "CNY"}});
        REQUIRE(changed.status == 200);
        CHECK(int_at(object_of(changed), "version") == 2);
        CHECK(admin.looking_at(1).send("PATCH", path, {{"limit_minor", 1}}).status == 412);
        const auto disabled = admin.send("POST", path + "/disable");
        CHECK_FALSE(object_of(disabled).at("is_active").as_bool());
        CHECK(object_of(admin.send("POST", path + "/enable")).at("is_active").as_bool());
        CHECK(admin.send("GET", "/api/v1/staff/999999").status == 404);
        CHECK(admin.send("GET", "/api/v1/staff/abc").status == 404);
        const auto bad_hours = admin.looking_at(4).send(
            "PATCH",
            path,
            {{"hours",
              {{"tz", "UTC"},
               {"shifts", {{{"days", {"mon"}}, {"from", "25:00"}, {"to", "18:00"}}}}}}}
        );
        CHECK(bad_hours.status == 422);
        CHECK(code_in(bad_hours) == "clock_form");
    });
}

TEST_CASE("nobody gives themselves rights")
{
    in_each_house([](House& house) {
        auto handler = browser_of(house, "ann", {Role::intake});
        const auto me = object_of(handler.send("GET", "/api/v1/me")).at("staff").as_object();
        const auto id = std::to_string(int_at(me, "id"));
        handler.looking_at(int_at(me, "version"));
        const auto direct =
            handler.send("PATCH", "/api/v1/staff/" + id, {{"roles", {"compliance"}}});
        CHECK(direct.status == 403);
        for (const auto& [field, value] : json::object{
                 {"roles", {"compliance"}},
                 {"is_admin", true},
                 {"limit_minor", 1'000'000},
                 {"login", "root2"},
                 {"must_change_password", false},
                 {"is_active", true}}) {
            CAPTURE(std::string{field});
            const auto smuggled =
                handler.send("PATCH", "/api/v1/me", {{"interface_language", "en"}, {field, value}});
            CHECK(smuggled.status == 422);
            CHECK(code_in(smuggled) == "field_unknown");
        }
        const auto after = object_of(handler.send("GET", "/api/v1/me")).at("staff");
        CHECK(after == json::value(me));
        auto admin = browser_of_admin(house);
        for (const auto* field :
             {"version", "id", "must_change_password", "is_active", "password"}) {
            CAPTURE(field);
            const auto smuggled =
                admin.looking_at(1).send("PATCH", "/api/v1/staff/" + id, json::object{{field, 1}});
            CHECK(smuggled.status == 422);
        }
        const auto not_a_job = admin.looking_at(int_at(me, "version"))
                                   .send("PATCH", "/api/v1/staff/" + id, {{"roles", {"system"}}});
        CHECK(code_in(not_a_job) == "role_not_a_job");
    });
}

TEST_CASE("a route without its permission is refused to every role that lacks it")
{
    House house{db::Dialect::sqlite};
    for (const auto role : assignable_roles()) {
        auto browser = browser_of(house, "user-" + std::string{name_of(role)}, {role});
        for (const auto& route : browser.table()) {
            if (route.permission.empty() || route.permission == "own_account")
                continue;
            CAPTURE(route.name);
            CAPTURE(std::string{name_of(role)});
            auto path = route.path;
            for (auto open = path.find('{'); open != std::string::npos; open = path.find('{'))
                path.replace(open, path.find('}') - open + 1, "999999");
            const auto own = permissions_of(role);
            const bool is_others_leave = route.name == "remove_leave";
            const bool may = own.has(*named<Permission>(route.permission)) &&
                             (!is_others_leave || own.has(Permission::leave_admin));
            const auto status = browser.looking_at(1).send(route.method, path).status;
            CHECK((status == 403) == !may);
        }
    }
}

TEST_CASE("login and e-mail are for administrators, auditors and oneself")
{
    in_each_house([](House& house) {
        auto handler = browser_of(house, "ann", {Role::intake});
        auto auditor = browser_of(house, "aud", {Role::auditor});
        const auto path = "/api/v1/staff/" + std::to_string(house.admin.id.value);
        CHECK_FALSE(object_of(handler.send("GET", path)).contains("login"));
        CHECK_FALSE(object_of(handler.send("GET", path)).contains("email"));
        CHECK(object_of(auditor.send("GET", path)).contains("login"));
        CHECK(object_of(handler.send("GET", "/api/v1/me")).at("staff").as_object().contains("login")
        );
    });
}

TEST_CASE("lists go on where they stopped")
{
    in_each_house([](House& house) {
        for (int i = 0; i < 5; ++i)
            house.hire("p" + std::to_string(i), {Role::intake});
        auto admin = browser_of_admin(house);
        std::set<std::int64_t> seen;
        std::string path = "/api/v1/staff?limit=2";
        int pages = 0;
        for (; !path.empty(); ++pages) {
            const auto page = object_of(admin.send("GET", path));
            for (const auto& item : page.at("items").as_array())
                CHECK(seen.insert(int_at(item.as_object(), "id")).second);
            const auto next = string_at(page, "next_cursor");
            path = next.empty() ? "" : "/api/v1/staff?limit=2&cursor=" + std::string{next};
        }
        CHECK(seen.size() == 6);
        CHECK(pages <= 4);
        CHECK(admin.send("GET", "/api/v1/staff?cursor=made-up").status == 422);
    });
}

TEST_CASE("leave is for oneself, and for everybody by who keeps it")
{
    in_each_house([](House& house) {
        auto handler = browser_of(house, "ann", {Role::intake});
        auto manager = browser_of(house, "max", {Role::manager});
        const auto mine =
            int_at(object_of(handler.send("GET", "/api/v1/me")).at("staff").as_object(), "id");
        const json::value wish{
            {"from", "2026-11-23T00:00:00Z"},
            {"to", "2026-11-24T00:00:00Z"},
            {"reason", "体检"}};
        const auto own = "/api/v1/staff/" + std::to_string(mine) + "/leave";
        const auto others = "/api/v1/staff/" + std::to_string(house.admin.id.value) + "/leave";
        const auto added = handler.send("POST", own, wish);
        REQUIRE(added.status == 201);
        CHECK(handler.send("POST", others, wish).status == 403);
        CHECK(manager.send("POST", others, wish).status == 201);
        const auto seen = object_of(handler.send("GET", others)).at("items").as_array();
        REQUIRE(seen.size() == 1);
        CHECK_FALSE(seen.front().as_object().contains("reason"));
        const auto own_leave = own + "/" + std::to_string(int_at(object_of(added), "id"));
        CHECK(manager.send("DELETE", own_leave).status == 204);
        CHECK(handler.send("DELETE", own_leave).status == 404);
    });
}

TEST_CASE("teams and keys over HTTP")
{
    in_each_house([](House& house) {
        auto admin = browser_of_admin(house);
        const auto team = admin.send(
            "POST",
            "/api/v1/teams",
            {{"name", {{"en", "Loans"}, {"zh", "贷款"}}}, {"lead", house.admin.id.value}}
        );
        REQUIRE(team.status == 201);
        const auto path = "/api/v1/teams/" + std::to_string(int_at(object_of(team), "id"));
        CHECK(admin.looking_at(1).send("PATCH", path, {{"is_department", true}}).status == 200);
        CHECK(admin.looking_at(1).send("PATCH", path, {{"is_department", false}}).status == 412);
        CHECK(object_of(admin.send("GET", path)).at("is_department").as_bool());
        CHECK(object_of(admin.send("GET", "/api/v1/teams")).at("items").as_array().size() == 1);

        const auto key =
            admin.send("POST", "/api/v1/api-keys", {{"name", "crm"}, {"roles", {"intake"}}});
        REQUIRE(key.status == 201);
        const auto token = std::string{string_at(object_of(key), "token")};
        const auto listed = admin.send("GET", "/api/v1/api-keys");
        CHECK(std::string{listed.content()}.find(token) == std::string::npos);
        const auto id = int_at(object_of(key).at("key").as_object(), "id");
        CHECK(admin.send("DELETE", "/api/v1/api-keys/" + std::to_string(id)).status == 204);
        CHECK_FALSE(house.services->keys.find(token).has_value());
    });
}

TEST_CASE("an administrator's one-time password and the roles' names")
{
    in_each_house([](House& house) {
        auto admin = browser_of_admin(house);
        const auto ann = house.hire("ann", {Role::intake});
        const auto path = "/api/v1/staff/" + std::to_string(ann.id.value) + "/password-reset";
        CHECK(admin.send("POST", path, {{"password", "short"}}).status == 422);
        CHECK(admin.send("POST", path, {{"password", "rain-boots-42-hill"}}).status == 204);
        Browser hers{house};
        REQUIRE(hers.sign_in("ann", "rain-boots-42-hill").status == 200);
        CHECK(object_of(hers.send("GET", "/api/v1/me")).at("must_change_password").as_bool());
        CHECK(code_in(hers.send("GET", "/api/v1/roles")) == "password_change_needed");
        const auto roles = object_of(admin.send("GET", "/api/v1/roles"));
        CHECK(roles.at("items").as_array().size() == assignable_roles().size() + 1);
    });
}

TEST_CASE("one's own language is remembered")
{
    in_each_house([](House& house) {
        auto admin = browser_of_admin(house);
        const auto changed =
            admin.looking_at(1).send("PATCH", "/api/v1/me", {{"interface_language", "en"}});
        REQUIRE(changed.status == 200);
        CHECK(string_at(object_of(changed), "interface_language") == "en");
        CHECK(
            admin.looking_at(2).send(
                                   "PATCH",
                                   "/api/v1/me",
                                   {{"interface_language", "fr"}}
            ).status == 422
        );
    });
}

}  // namespace
}  // namespace redress::staff
