#include "staff/changes.hpp"

#include "base/hash.hpp"
#include "ledger/verify.hpp"
#include "staff/recording.hpp"
#include "staff/test_house.hpp"

#include <doctest/doctest.h>

namespace redress::staff {
namespace {

using cases::Role;

TEST_CASE("a new person is an event whose name is personal")
{
    in_each_house([](House& house) {
        const auto ann = house.hire("Ann.Li", {Role::qa, Role::intake, Role::qa});
        CHECK(ann.login == "ann.li");
        CHECK(ann.roles == std::vector{Role::intake, Role::qa});
        CHECK(ann.must_change_password);
        const auto event = house.events().back();
        CHECK(event.stream == "staff");
        CHECK(event.entity == ann.id.value);
        CHECK(event.kind == "staff_created");
        CHECK(event.actor == actor_name(house.admin.id));
        CHECK(event.payload.find("ann") == std::string::npos);
        CHECK(event.payload.find("qa") != std::string::npos);
        CHECK(event.personal.value().find("ann.li") != std::string::npos);
    });
}

TEST_CASE("a login is taken for ever, in whatever case it is typed")
{
    in_each_house([](House& house) {
        const auto ann = house.hire("ann", {Role::intake});
        StaffPatch gone;
        gone.is_active = false;
        house.change(ann.id, gone);
        StaffPatch patch;
        patch.display_name = "Another Ann";
        const auto again = create_staff(*house.services, house.as_admin(), {" ANN ", {}, patch});
        CHECK(code_of(again) == "login_taken");
    });
}

TEST_CASE("a change is made on the version that was looked at")
{
    in_each_house([](House& house) {
        const auto ann = house.hire("ann", {Role::intake});
        StaffPatch patch;
        patch.display_name = "Ann B";
        const auto first =
            change_staff(*house.services, house.as_admin(), {ann.id, ann.version, patch});
        REQUIRE(first.has_value());
        CHECK(first->version == ann.version + 1);
        const auto second =
            change_staff(*house.services, house.as_admin(), {ann.id, ann.version, patch});
        CHECK(second.error().kind == Denial::stale);
        const auto events = house.events().size();
        const auto same =
            change_staff(*house.services, house.as_admin(), {ann.id, first->version, patch});
        CHECK(same == first);
        CHECK(house.events().size() == events);
        const auto nobody =
            change_staff(*house.services, house.as_admin(), {StaffId{9999}, {}, patch});
        CHECK(nobody.error().kind == Denial::not_found);
    });
}

TEST_CASE("the last administrator stays one")
{
    in_each_house([](House& house) {
        const auto try_it = [&](StaffPatch patch) {
            return code_of(
                change_staff(*house.services, house.as_admin(), {house.admin.id, {}, patch})
            );
        };
        StaffPatch resign;
        resign.is_admin = false;
        StaffPatch leave;
        leave.is_active = false;
        CHECK(try_it(resign) == "last_admin");
        CHECK(try_it(leave) == "last_admin");
        const auto ann = house.hire("ann", {});
        StaffPatch promote;
        promote.is_admin = true;
        house.change(ann.id, promote);
        CHECK(try_it(resign).empty());
        const auto events = house.events();
        CHECK(events.back().kind == "staff_changed");
        CHECK(events.back().payload == R"({"is_admin":null})");
    });
}

TEST_CASE("disabling and taking back are their own events")
{
    in_each_house([](House& house) {
        const auto ann = house.hire("ann", {Role::intake});
        StaffPatch patch;
        patch.is_active = false;
        CHECK_FALSE(house.change(ann.id, patch).is_active);
        CHECK(house.events().back().kind == "staff_disabled");
        patch.is_active = true;
        CHECK(house.change(ann.id, patch).is_active);
        CHECK(house.events().back().kind == "staff_enabled");
    });
}

TEST_CASE("leave is added and taken back, its reason is personal")
{
    in_each_house([](House& house) {
        const auto ann = house.hire("ann", {Role::intake});
        const Leave wish{
            .id = {},
            .staff = ann.id,
            .from = noon,
            .to = noon + std::chrono::hours{8},
            .reason = "体检"};
        const auto added = add_leave(*house.services, house.as_admin(), wish);
        REQUIRE(added.has_value());
        CHECK(house.services->directory.roster()->is_away(ann.id, noon));
        CHECK(house.events().back().payload.find("体检") == std::string::npos);
        CHECK(house.events().back().personal.value().find("体检") != std::string::npos);
        CHECK(
            remove_leave(*house.services, house.as_admin(), house.admin.id, added->id)
                .error()
                .kind == Denial::not_found
        );
        REQUIRE(remove_leave(*house.services, house.as_admin(), ann.id, added->id).has_value());
        CHECK_FALSE(house.services->directory.roster()->is_away(ann.id, noon));
        CHECK(
            code_of(remove_leave(*house.services, house.as_admin(), ann.id, added->id)) ==
            "not_found"
        );
    });
}

TEST_CASE("teams are made, changed and kept free of circles")
{
    in_each_house([](House& house) {
        TeamPatch wish;
        wish.name_en = "Service";
        wish.name_zh = "服务";
        const auto top = *create_team(*house.services, house.as_admin(), wish);
        wish.parent = top.id;
        const auto below = *create_team(*house.services, house.as_admin(), wish);
        CHECK(house.services->directory.roster()->is_within(below.id, top.id));
        TeamPatch circle;
        circle.parent = below.id;
        CHECK(
            code_of(change_team(*house.services, house.as_admin(), {top.id, {}, circle})) ==
            "team_parent"
        );
        TeamPatch lead;
        lead.lead = house.admin.id;
        const auto led = change_team(*house.services, house.as_admin(), {top.id, 1, lead});
        CHECK(led->version == 2);
        CHECK(
            change_team(*house.services, house.as_admin(), {top.id, 1, lead}).error().kind ==
            Denial::stale
        );
        CHECK(house.events().back().kind == "team_changed");
    });
}

TEST_CASE("keys are kept as a hash, told once, and end")
{
    in_each_house([](House& house) {
        auto& keys = house.services->keys;
        const auto made = create_key(
            *house.services,
            house.as_admin(),
            {"nightly export", {Role::qa, Role::qa}, noon + std::chrono::hours{1}}
        );
        REQUIRE(made.has_value());
        CHECK(made->token.starts_with("rk_"));
        CHECK(made->token.size() == 3 + 64);
        for (const auto& event : house.events())
            CHECK(event.payload.find(made->token.substr(3)) == std::string::npos);
        house.database->read([&](db::Tx& tx) {
            CHECK_FALSE(find_key(tx, made->token).has_value());
            CHECK(find_key(tx, sha256_hex(made->token)) == made->key);
        });
        CHECK(keys.find(made->token).value().roles == std::vector{Role::qa});
        CHECK_FALSE(keys.find(made->token + "0").has_value());
        CHECK_FALSE(keys.find("rk_" + std::string(64, '0')).has_value());
        house.clock.advance(std::chrono::hours{1} - Micros{1});
        CHECK(keys.find(made->token).has_value());
        house.clock.advance(Micros{1});
        CHECK_FALSE(keys.find(made->token).has_value());
    });
}

TEST_CASE("a revoked key is dead at once, and stays so")
{
    in_each_house([](House& house) {
        auto& keys = house.services->keys;
        const auto made =
            create_key(*house.services, house.as_admin(), {"crm", {Role::intake}, std::nullopt});
        REQUIRE(keys.find(made->token).has_value());
        REQUIRE(revoke_key(*house.services, house.as_admin(), made->key.id).has_value());
        CHECK_FALSE(keys.find(made->token).has_value());
        const auto events = house.events();
        CHECK(events.back().kind == "key_revoked");
        REQUIRE(revoke_key(*house.services, house.as_admin(), made->key.id).has_value());
        CHECK(house.events().size() == events.size());
        CHECK(
            revoke_key(*house.services, house.as_admin(), KeyId{9999}).error().kind ==
            Denial::not_found
        );
    });
}

TEST_CASE("when a key was used is written behind the request")
{
    in_each_house([](House& house) {
        auto& keys = house.services->keys;
        const auto made =
            create_key(*house.services, house.as_admin(), {"crm", {Role::intake}, std::nullopt});
        REQUIRE(keys.find(made->token).has_value());
        const auto used = [&] {
            return house.database->read([&](db::Tx& tx) { return find_key(tx, made->key.id); }
            )->used_at;
        };
        CHECK_FALSE(used().has_value());
        keys.flush();
        CHECK(used() == noon);
    });
}

TEST_CASE("keys that should not be made are not")
{
    in_each_house([](House& house) {
        const auto made = [&](const Caller& by, NewKey wish) {
            return code_of(create_key(*house.services, by, wish));
        };
        Caller key_itself;
        key_itself.actor.name = "key:3";
        CHECK(made(key_itself, {"k", {Role::intake}, {}}) == "key_needs_person");
        CHECK(made(house.as_admin(), {"  ", {Role::intake}, {}}) == "name_form");
        CHECK(made(house.as_admin(), {"k", {}, {}}) == "role_not_a_job");
        CHECK(made(house.as_admin(), {"k", {Role::system}, {}}) == "role_not_a_job");
        CHECK(made(house.as_admin(), {"k", {Role::intake}, noon}) == "key_end_past");
    });
}

TEST_CASE("after all kinds of changes the chain holds")
{
    in_each_house([](House& house) {
        const auto ann = house.hire("ann", {Role::intake});
        REQUIRE(reset_password(*house.services, house.as_admin(), ann.id, "rain-boots-42-hill")
                    .has_value());
        const auto verdict = ledger::verify(*house.database, {});
        CHECK(verdict.events == 3);
        CHECK_FALSE(verdict.first_break.has_value());
    });
}

TEST_CASE("a difference names what is new, what is gone, and keeps persons apart")
{
    const auto entry = difference(
        "changed",
        {{"id", 1}, {"version", 1}, {"team", 4}, {"email", "a@b"}, {"currency", "CNY"}},
        {{"id", 1}, {"version", 2}, {"team", 5}, {"currency", "CNY"}, {"is_admin", true}}
    );
    CHECK(entry.kind == "changed");
    CHECK(to_canonical_json(entry.payload) == R"({"is_admin":true,"team":5})");
    CHECK(to_canonical_json(entry.personal) == R"({"email":null})");
    CHECK(difference("changed", {{"id", 1}}, {{"id", 2}}).kind.empty());
}

}  // namespace
}  // namespace redress::staff
