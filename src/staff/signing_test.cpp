#include "staff/signing.hpp"

#include "base/hash.hpp"
#include "staff/api_authenticate.hpp"
#include "staff/rules_permissions.hpp"
#include "staff/test_house.hpp"

#include <ctime>
#include <doctest/doctest.h>
#include <future>

namespace redress::staff {
namespace {

using cases::Role;

constexpr std::string_view office = "192.0.2.7";
constexpr std::string_view next_password = "violet-harbor-1873";

http::Request with_cookie(const std::string& token)
{
    http::Request request;
    request.method = "GET";
    request.headers.emplace_back("cookie", "theme=dark; redress_session=" + token);
    return request;
}

Result<SignedIn> try_sign_in(House& house, std::string_view login, std::string_view password)
{
    return sign_in(*house.services, {login, password, office, {}});
}

std::string sign_in_admin(House& house)
{
    return try_sign_in(house, "root", good_password).value().token;
}

bool is_signed_in(House& house, const std::string& token)
{
    return authenticate(*house.services, with_cookie(token))->is_known();
}

TEST_CASE("a right password gives a session, told only to the browser")
{
    in_each_house([](House& house) {
        const auto token = sign_in_admin(house);
        CHECK(token.size() == 64);
        const auto caller = authenticate(*house.services, with_cookie(token)).value();
        CHECK(caller.actor.name == actor_name(house.admin.id));
        CHECK(caller.is_admin);
        CHECK(caller.permissions.has(Permission::staff_admin));
        CHECK(caller.session == sha256_hex(token));
        house.database->read([&](db::Tx& tx) {
            CHECK_FALSE(find_session(tx, token).has_value());
            CHECK(find_session(tx, sha256_hex(token)).has_value());
            const auto credential = find_credential(tx, "root");
            CHECK(credential->password_hash.starts_with("$argon2id$v=19$m=47104,t=1,p=1$"));
        });
        CHECK(sign_in_admin(house) != token);
        CHECK(try_sign_in(house, " ROOT ", good_password).has_value());
    });
}

TEST_CASE("wrong password, unknown login and disabled person get one answer")
{
    in_each_house([](House& house) {
        StaffPatch named;
        named.display_name = "Ann";
        const auto ann = create_staff(
            *house.services,
            house.as_admin(),
            {"ann", std::string{next_password}, named}
        );
        StaffPatch gone;
        gone.is_active = false;
        house.change(ann->id, gone);
        const auto wrong = try_sign_in(house, "root", "not-the-password");
        const auto unknown = try_sign_in(house, "nobody-of-that-name", "not-the-password");
        const auto disabled = try_sign_in(house, "ann", next_password);
        CHECK(wrong.error() == Denied{Denial::unauthorised, {{"sign_in_failed", "", {}}}});
        CHECK(unknown.error() == wrong.error());
        CHECK(disabled.error() == wrong.error());
        const std::string bomb(1'000'000, 'a');
        CHECK(code_of(try_sign_in(house, "root", bomb)) == "password_too_long");
        CHECK(code_of(try_sign_in(house, "nobody", bomb)) == "password_too_long");
    });
}

TEST_CASE("an unknown login costs as much as a wrong password")
{
    Passwords passwords;
    const auto stored = passwords.hash(good_password);
    const auto thread_time_of = [&](std::string_view hash) {
        timespec before{};
        timespec after{};
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &before);
        CHECK_FALSE(passwords.matches(hash, "not-the-password"));
        clock_gettime(CLOCK_THREAD_CPUTIME_ID, &after);
        return static_cast<double>(after.tv_sec - before.tv_sec) * 1e9 +
               static_cast<double>(after.tv_nsec - before.tv_nsec);
    };
    double known = 0;
    double unknown = 0;
    for (int i = 0; i < 3; ++i) {
        known += thread_time_of(stored);
        unknown += thread_time_of("");
    }
    CHECK(unknown > known / 2);
    CHECK(unknown < known * 2);
    CHECK(passwords.matches(stored, good_password));
}

TEST_CASE("no more than two passwords are computed at once, and nobody waits for ever")
{
    Passwords passwords{std::chrono::milliseconds{1}};
    std::vector<std::future<bool>> tries;
    for (int i = 0; i < 12; ++i)
        tries.push_back(std::async(std::launch::async, [&passwords] {
            try {
                return passwords.matches("", "anything-at-all");
            } catch (const db::Fault& fault) {
                return fault.kind() == db::FaultKind::busy;
            }
        }));
    int turned_away = 0;
    for (auto& each : tries)
        turned_away += each.get() ? 1 : 0;
    CHECK(turned_away >= 1);
    CHECK(turned_away <= 10);
}

TEST_CASE("a session ends 12 hours after a person last used it, and polls do not keep it awake")
{
    in_each_house([](House& house) {
        const auto used = sign_in_admin(house);
        const auto polled = sign_in_admin(house);
        auto poll = with_cookie(polled);
        poll.headers.emplace_back(background_header, "1");
        for (int hour = 0; hour < 11; ++hour) {
            house.clock.advance(std::chrono::hours{1});
            CHECK(is_signed_in(house, used));
            CHECK(authenticate(*house.services, poll)->is_known());
        }
        house.clock.advance(std::chrono::hours{1});
        CHECK(is_signed_in(house, used));
        CHECK_FALSE(authenticate(*house.services, poll)->is_known());
        house.clock.advance(Sessions::idle_limit - Micros{1});
        CHECK(is_signed_in(house, used));
        house.clock.advance(Sessions::idle_limit);
        CHECK_FALSE(is_signed_in(house, used));
    });
}

TEST_CASE("a session ends after seven days however busy it is")
{
    in_each_house([](House& house) {
        const auto token = sign_in_admin(house);
        for (int hour = 0; hour < 7 * 24 - 1; ++hour) {
            house.clock.advance(std::chrono::hours{1});
            REQUIRE(is_signed_in(house, token));
        }
        house.clock.advance(std::chrono::hours{1});
        CHECK_FALSE(is_signed_in(house, token));
    });
}

TEST_CASE("when sessions were used outlives the program, and dead rows are swept")
{
    in_each_house([](House& house) {
        const auto token = sign_in_admin(house);
        house.clock.advance(std::chrono::hours{11});
        REQUIRE(is_signed_in(house, token));
        house.services->sessions.flush();
        house.clock.advance(std::chrono::hours{11});
        Sessions restarted{*house.database, house.clock};
        CHECK(restarted.find(token, Use::by_person).has_value());
        restarted.sweep();
        const auto is_there = [&] {
            return house.database
                ->read([&](db::Tx& tx) { return find_session(tx, sha256_hex(token)); })
                .has_value();
        };
        CHECK(is_there());
        house.clock.advance(std::chrono::hours{14});
        restarted.sweep();
        CHECK_FALSE(is_there());
    });
}

TEST_CASE("what another node ended is noticed within ten seconds")
{
    in_each_house([](House& house) {
        const auto token = sign_in_admin(house);
        REQUIRE(is_signed_in(house, token));
        Sessions other_node{*house.database, house.clock};
        other_node.end_all(house.admin.id);
        house.clock.advance(Sessions::max_age);
        CHECK_FALSE(is_signed_in(house, token));
    });
}

TEST_CASE("disabling, signing out and a new password end sessions at once")
{
    in_each_house([](House& house) {
        StaffPatch named;
        named.display_name = "Ann";
        const auto ann = create_staff(
            *house.services,
            house.as_admin(),
            {"ann", std::string{next_password}, named}
        );
        const auto first = try_sign_in(house, "ann", next_password).value().token;
        const auto second = try_sign_in(house, "ann", next_password).value().token;
        const auto admins = sign_in_admin(house);
        REQUIRE(is_signed_in(house, first));
        house.services->sessions.end(sha256_hex(first));
        CHECK_FALSE(is_signed_in(house, first));
        CHECK(is_signed_in(house, second));
        REQUIRE(reset_password(*house.services, house.as_admin(), ann->id, "rain-boots-42-hill")
                    .has_value());
        CHECK_FALSE(is_signed_in(house, second));
        CHECK(code_of(try_sign_in(house, "ann", next_password)) == "sign_in_failed");
        const auto third = try_sign_in(house, "ann", "rain-boots-42-hill").value().token;
        StaffPatch gone;
        gone.is_active = false;
        house.change(ann->id, gone);
        CHECK_FALSE(is_signed_in(house, third));
        gone.is_active = true;
        house.change(ann->id, gone);
        CHECK_FALSE(is_signed_in(house, third));
        CHECK(is_signed_in(house, admins));
    });
}

TEST_CASE("a one-time password opens nothing but the way to an own one")
{
    in_each_house([](House& house) {
        StaffPatch named;
        named.display_name = "Ann";
        named.roles = std::vector<Role>{Role::manager};
        const auto ann = create_staff(
            *house.services,
            house.as_admin(),
            {"ann", std::string{next_password}, named}
        );
        const auto token = try_sign_in(house, "ann", next_password).value().token;
        const auto caller = authenticate(*house.services, with_cookie(token)).value();
        CHECK(caller.permissions == Permissions{Permission::own_account});
        const auto changed = change_password(
            *house.services,
            caller,
            {.current = next_password, .wanted = "my-own-words-55", .address = office}
        );
        REQUIRE(changed.has_value());
        CHECK_FALSE(is_signed_in(house, token));
        const auto after = authenticate(*house.services, with_cookie(changed->token)).value();
        CHECK(after.permissions.has(Permission::case_write));
        CHECK(house.events().back().kind == "password_changed");
        CHECK(house.events().back().entity == ann->id.value);
    });
}

TEST_CASE("an own password is changed by who knows the old one, to a better one")
{
    in_each_house([](House& house) {
        const auto caller = house.as_admin();
        const auto verdict = [&](std::string_view current, std::string_view wanted) {
            return code_of(change_password(*house.services, caller, {current, wanted, office}));
        };
        CHECK(verdict("wrong-password", next_password) == "password_wrong");
        CHECK(verdict(good_password, "password") == "password_common");
        const auto common =
            change_password(*house.services, caller, {good_password, "password", office});
        CHECK(common.error().refusals.front().field == "wanted");
        CHECK(verdict(good_password, good_password) == "password_same");
        CHECK(verdict(std::string(2000, 'x'), next_password) == "password_too_long");
        CHECK(verdict(good_password, next_password).empty());
        CHECK(try_sign_in(house, "root", next_password).has_value());
        for (int i = 0; i < 5; ++i)
            CHECK(verdict("wrong-password", good_password) == "password_wrong");
        CHECK(verdict(next_password, good_password) == "sign_in_throttled");
    });
}

TEST_CASE("guessing is held back before the password is looked at")
{
    in_each_house([](House& house) {
        for (int i = 0; i < 5; ++i)
            CHECK(code_of(try_sign_in(house, "root", "guess-number-x")) == "sign_in_failed");
        CHECK(code_of(try_sign_in(house, "root", good_password)) == "sign_in_throttled");
        for (int i = 0; i < 5; ++i)
            CHECK(code_of(try_sign_in(house, "ghost", "guess-number-x")) == "sign_in_failed");
        CHECK(code_of(try_sign_in(house, "ghost", "guess-number-x")) == "sign_in_throttled");
        house.clock.advance(Throttle::window);
        CHECK(try_sign_in(house, "root", good_password).has_value());
    });
}

TEST_CASE("a session does not begin with a password that was just replaced")
{
    in_each_house([](House& house) {
        auto& sessions = house.services->sessions;
        const auto stale = house.database->read([&](db::Tx& tx) {
            return find_credential(tx, house.admin.id)->password_hash;
        });
        REQUIRE(sessions.begin(house.admin.id, stale).has_value());
        REQUIRE(reset_password(*house.services, house.as_admin(), house.admin.id, next_password)
                    .has_value());
        CHECK_FALSE(sessions.begin(house.admin.id, stale).has_value());
    });
}

TEST_CASE("signing in again ends the session that was there")
{
    in_each_house([](House& house) {
        const auto first = sign_in_admin(house);
        const auto second = sign_in(
            *house.services,
            {.login = "root",
             .password = good_password,
             .address = office,
             .old_session = sha256_hex(first)}
        );
        REQUIRE(second.has_value());
        CHECK_FALSE(is_signed_in(house, first));
        CHECK(is_signed_in(house, second->token));
    });
}

TEST_CASE("requests say who sends them")
{
    in_each_house([](House& house) {
        http::Request request;
        CHECK_FALSE(authenticate(*house.services, request)->is_known());
        CHECK_FALSE(authenticate(*house.services, with_cookie("nonsense"))->is_known());
        CHECK_FALSE(authenticate(*house.services, with_cookie(std::string(64, 'a')))->is_known());
        const auto made =
            create_key(*house.services, house.as_admin(), {"crm", {Role::intake}, std::nullopt});
        request.headers.emplace_back("authorization", "bearer " + made->token);
        const auto caller = authenticate(*house.services, request).value();
        CHECK(caller.actor.name == actor_name(made->key.id));
        CHECK_FALSE(caller.actor.staff);
        CHECK(caller.permissions == permissions_of_key(made->key.roles));
        CHECK(caller.key == made->key.id);
        request.headers.front().second = "Bearer rk_" + std::string(64, '0');
        CHECK(code_of(authenticate(*house.services, request)) == "key_invalid");
    });
}

TEST_CASE("the cookie is for requests of the same site over TLS, out of scripts' reach")
{
    CHECK(
        cookie_of("abc", true) ==
        "redress_session=abc; Path=/; Max-Age=604800; HttpOnly; SameSite=Lax; Secure"
    );
    CHECK(cookie_of("abc", false).find("Secure") == std::string::npos);
    CHECK(
        cookie_taken_back(false) == "redress_session=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax"
    );
}

}  // namespace
}  // namespace redress::staff
