#include "staff/rules_permissions.hpp"

#include "base/catalogue.hpp"
#include "base/text.hpp"

#include <doctest/doctest.h>
#include <rapidcheck.h>
#include <string>

namespace redress::staff {
namespace {

using cases::Role;

/// Who may what: a line for each permission, a column for each role and, last, the administrator.
constexpr std::string_view matrix = R"(
                  intake investigator approver manager qa compliance executive auditor external admin
own_account       .      .            .        .       .  .          .         .       .        .
case_read         x      x            x        x       x  x          x         x       x        .
case_write        x      x            x        x       x  x          x         .       x        .
case_export       .      .            .        x       x  x          x         x       .        .
sensitive_read    .      .            .        x       .  x          .         x       .        .
customer_read     x      x            x        x       x  x          x         x       .        .
customer_write    x      .            .        x       .  x          .         .       .        .
customer_erase    .      .            .        .       .  x          .         .       .        .
staff_read        x      x            x        x       x  x          x         x       .        x
staff_admin       .      .            .        .       .  .          .         .       .        x
leave_admin       .      .            .        x       .  .          .         .       .        x
policy_read       x      x            x        x       x  x          x         x       .        x
policy_admin      .      .            .        .       .  .          .         .       .        x
import_run        .      .            .        x       .  .          .         .       .        x
audit_read        .      .            .        .       .  x          .         x       .        x
key_admin         .      .            .        .       .  .          .         .       .        x
template_read     x      x            x        x       x  x          x         x       .        x
template_write    .      .            .        x       x  .          .         .       .        x
notification_read x      x            x        x       x  x          x         x       x        x
metrics_read      .      .            .        x       x  x          x         x       .        x
)";

std::vector<std::string> words_of(std::string_view line)
{
    std::vector<std::string> words;
    for (const auto word : split(line, ' '))
        if (!word.empty())
            words.emplace_back(word);
    return words;
}

Caller caller_with(std::set<Role> roles, StaffId id = StaffId{7})
{
    Staff person;
    person.id = id;
    person.is_active = true;
    person.roles = {roles.begin(), roles.end()};
    Caller caller;
    caller.actor = to_actor(person);
    caller.permissions = permissions_of(person);
    return caller;
}

TEST_CASE("every role has exactly the permissions of the matrix")
{
    const auto lines = split(trim(matrix), '\n');
    const auto columns = words_of(lines.front());
    REQUIRE(columns.size() == assignable_roles().size() + 1);
    std::size_t rows = 0;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Permission>>([&](auto each) {
        const auto cells = words_of(lines.at(++rows));
        REQUIRE(cells.size() == columns.size() + 1);
        CHECK(cells.front() == each.name);
        for (std::size_t i = 0; i < columns.size(); ++i) {
            CAPTURE(columns[i]);
            CAPTURE(cells.front());
            const auto given = columns[i] == "admin" ? permissions_of_admin()
                                                     : permissions_of(*named<Role>(columns[i]));
            CHECK(given.has(each.value) == (cells[i + 1] == "x"));
        }
    });
    CHECK(lines.size() == rows + 1);
}

TEST_CASE("roles that are no job give nothing and cannot be given")
{
    for (const auto role : {Role::customer, Role::proxy, Role::owner, Role::system}) {
        CHECK(permissions_of(role).is_empty());
        CHECK_FALSE(is_assignable(role));
    }
}

TEST_CASE("the auditor reads and writes nothing")
{
    const auto auditor = permissions_of(Role::auditor);
    for (const auto writing :
         {Permission::case_write,
          Permission::customer_write,
          Permission::customer_erase,
          Permission::staff_admin,
          Permission::leave_admin,
          Permission::policy_admin,
          Permission::import_run,
          Permission::key_admin,
          Permission::template_write})
        CHECK_FALSE(auditor.has(writing));
}

TEST_CASE("who is not active may nothing, who must change a password only that")
{
    Staff person;
    person.roles = {Role::manager};
    person.is_admin = true;
    CHECK(permissions_of(person).is_empty());
    person.is_active = true;
    CHECK(permissions_of(person).has(Permission::case_write));
    CHECK(permissions_of(person).has(Permission::staff_admin));
    person.must_change_password = true;
    CHECK(permissions_of(person) == Permissions{Permission::own_account});
}

TEST_CASE("a key has the permissions of its roles and no account")
{
    const Role roles[]{Role::intake, Role::auditor};
    const auto key = permissions_of_key(roles);
    CHECK(key.has(Permission::case_write));
    CHECK(key.has(Permission::audit_read));
    CHECK_FALSE(key.has(Permission::own_account));
}

TEST_CASE("more roles never take anything away")
{
    CHECK(rc::check("permissions grow with roles", [] {
        const auto picks = *rc::gen::container<std::vector<std::size_t>>(
            rc::gen::inRange<std::size_t>(0, assignable_roles().size())
        );
        Staff person;
        person.is_active = true;
        Permissions before = permissions_of(person);
        for (const auto pick : picks) {
            person.roles.push_back(assignable_roles()[pick]);
            const auto after = permissions_of(person);
            auto both = before;
            both |= after;
            RC_ASSERT(both == after);
            before = after;
        }
    }));
}

TEST_CASE("who may see a case, and its sensitive fields")
{
    struct Row {
        const char* what;
        std::set<Role> roles;
        CaseFacts facts;
        bool sees;
        bool sees_sensitive;
    };
    const StaffId me{7};
    const StaffId other{8};
    const std::vector<Row> rows{
        {"nobody's handler", {}, {other, {}, false}, false, false},
        {"a handler, another's case", {Role::intake}, {other, {}, false}, true, false},
        {"a handler, their own case", {Role::intake}, {me, {}, false}, true, true},
        {"a handler, about themselves", {Role::intake}, {other, me, false}, false, false},
        {"a manager", {Role::manager}, {other, {}, false}, true, true},
        {"a manager, about themselves", {Role::manager}, {other, me, false}, false, false},
        {"a manager, about another", {Role::manager}, {other, other, false}, true, true},
        {"compliance, about themselves", {Role::compliance}, {other, me, true}, false, false},
        {"an auditor", {Role::auditor}, {other, {}, false}, true, true},
        {"an executive", {Role::executive}, {other, {}, false}, true, false},
        {"an outside body, not referred", {Role::external}, {other, {}, false}, false, false},
        {"an outside body, referred", {Role::external}, {other, {}, true}, true, false},
        {"outside and inside", {Role::external, Role::qa}, {other, {}, false}, true, false}};
    for (const auto& row : rows) {
        CAPTURE(row.what);
        const auto caller = caller_with(row.roles, me);
        CHECK(may_see(row.facts, caller) == row.sees);
        CHECK(may_see_sensitive(row.facts, caller) == row.sees_sensitive);
    }
}

TEST_CASE("an administrator without another role sees no case, even as its owner")
{
    Staff admin;
    admin.id = StaffId{7};
    admin.is_active = true;
    admin.is_admin = true;
    Caller caller;
    caller.actor = to_actor(admin);
    caller.permissions = permissions_of(admin);
    CHECK_FALSE(may_see({admin.id, {}, false}, caller));
}

TEST_CASE("nobody ever sees a complaint about themselves")
{
    CHECK(rc::check("subject never sees", [] {
        std::set<Role> roles;
        for (const auto role : assignable_roles())
            if (*rc::gen::arbitrary<bool>())
                roles.insert(role);
        const StaffId me{*rc::gen::inRange<std::int64_t>(1, 50)};
        const StaffId owner{*rc::gen::inRange<std::int64_t>(1, 50)};
        const CaseFacts facts{owner, me, *rc::gen::arbitrary<bool>()};
        RC_ASSERT(!may_see(facts, caller_with(roles, me)));
        RC_ASSERT(!may_see_sensitive(facts, caller_with(roles, me)));
    }));
}

TEST_CASE("a route asks for its permission")
{
    CHECK(authorise(Caller{}, "").has_value());
    CHECK(authorise(Caller{}, "case_read").error().kind == Denial::unauthorised);
    const auto handler = caller_with({Role::intake});
    CHECK(authorise(handler, "case_read").has_value());
    const auto refused = authorise(handler, "staff_admin");
    CHECK(refused.error().kind == Denial::forbidden);
    CHECK(refused.error().refusals.front().code == "permission_missing");
    auto newcomer = handler;
    newcomer.must_change_password = true;
    newcomer.permissions = {Permission::own_account};
    CHECK(authorise(newcomer, "own_account").has_value());
    CHECK(
        authorise(newcomer, "case_read").error().refusals.front().code == "password_change_needed"
    );
}

TEST_CASE("every role and permission has a name in both languages")
{
    for (const auto lang : {Lang::en, Lang::zh}) {
        for (const auto role : assignable_roles())
            CHECK(has_text(lang, "staff.role." + std::string{name_of(role)}));
        CHECK(has_text(lang, "staff.role.admin"));
        boost::mp11::mp_for_each<boost::describe::describe_enumerators<Permission>>([&](auto each) {
            CHECK(has_text(lang, "staff.permission." + std::string{each.name}));
        });
    }
}

}  // namespace
}  // namespace redress::staff
