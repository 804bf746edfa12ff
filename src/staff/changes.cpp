#include "staff/changes.hpp"

#include "staff/recording.hpp"
#include "staff/rules_passwords.hpp"
#include "staff/store.hpp"

#include <functional>

namespace redress::staff {
namespace {

using Editing = std::function<Result<Entry>(db::Tx&, Staff&)>;

struct Target {
    StaffId id;
    std::optional<std::int64_t> version;
    const Caller& by;
};

std::unexpected<Denied> not_found()
{
    return deny(Denial::not_found, "not_found");
}

std::unexpected<Denied> stale()
{
    return deny(Denial::stale, "staff_stale");
}

/// Loads the person, lets `editing` change them, and writes the row with its event. When the entry
/// has no kind, nothing is written.
Result<Staff> edit_staff(Services& services, const Target& target, const Editing& editing)
{
    auto result = services.database.write([&](db::Tx& tx) -> Result<Staff> {
        auto person = find_staff(tx, target.id);
        if (!person)
            return not_found();
        if (target.version && *target.version != person->version)
            return stale();
        const auto entry = editing(tx, *person);
        if (!entry)
            return std::unexpected{entry.error()};
        if (entry->kind.empty())
            return *std::move(person);
        ++person->version;
        update_staff(tx, *person);
        record(
            services,
            tx,
            {"staff", person->id.value, person->version, target.by.actor.name},
            *entry
        );
        return *std::move(person);
    });
    if (result) {
        services.sessions.forget(target.id);
        services.directory.reload();
        if (services.settings.on_rights_changed)
            services.settings.on_rights_changed(target.id);
    }
    return result;
}

std::string_view kind_of_change(const Staff& before, const Staff& after)
{
    if (before.is_active == after.is_active)
        return "staff_changed";
    return after.is_active ? "staff_enabled" : "staff_disabled";
}

bool is_working_admin(const Staff& person)
{
    return person.is_admin && person.is_active;
}

struct Beginning {
    Staff person;
    std::string password_hash;  ///< "" for none
    std::string by;
};

Result<Staff> insert_person(Services& services, db::Tx& tx, Beginning beginning)
{
    auto& person = beginning.person;
    person.id = StaffId{services.ledger.next_id()};
    person.version = 1;
    if (!insert_staff(tx, person))
        return deny(Denial::conflict, "login_taken", "login");
    if (!beginning.password_hash.empty())
        put_credential(tx, person.id, beginning.password_hash, services.clock.now());
    record(
        services,
        tx,
        {"staff", person.id.value, person.version, beginning.by},
        difference("staff_created", {}, to_doc(person).as_object())
    );
    return std::move(person);
}

}  // namespace

Result<Staff> create_staff(Services& services, const Caller& by, const NewStaff& wish)
{
    Staff blank;
    blank.login = to_login(wish.login);
    blank.is_active = true;
    blank.must_change_password = true;
    Staff person = patched(std::move(blank), wish.patch);
    if (const auto checked = check_staff(person, *services.directory.roster()); !checked)
        return std::unexpected{checked.error()};
    std::string hash;
    if (wish.password) {
        const auto checked = check_new_password(*wish.password, person.login, "password");
        if (!checked)
            return std::unexpected{checked.error()};
        hash = services.passwords.hash(*wish.password);
    }
    auto result = services.database.write([&](db::Tx& tx) {
        return insert_person(services, tx, {person, hash, by.actor.name});
    });
    if (result)
        services.directory.reload();
    return result;
}

Result<Staff>
change_staff(Services& services, const Caller& by, const Edit<StaffId, StaffPatch>& edit)
{
    const auto roster = services.directory.roster();
    return edit_staff(
        services,
        {edit.id, edit.version, by},
        [&](db::Tx& tx, Staff& person) -> Result<Entry> {
            const Staff before = person;
            person = patched(before, edit.patch);
            if (const auto checked = check_staff(person, *roster); !checked)
                return std::unexpected{checked.error()};
            if (is_working_admin(before) && !is_working_admin(person) &&
                !has_other_admin(tx, person.id))
                return deny(Denial::conflict, "last_admin");
            if (before.is_active && !person.is_active)
                delete_sessions_of(tx, person.id);
            return difference(
                std::string{kind_of_change(before, person)},
                to_doc(before).as_object(),
                to_doc(person).as_object()
            );
        }
    );
}

Result<void>
reset_password(Services& services, const Caller& by, StaffId id, std::string_view password)
{
    const auto roster = services.directory.roster();
    const auto* known = roster->find(id);
    if (known == nullptr)
        return not_found();
    if (const auto checked = check_new_password(password, known->login, "password"); !checked)
        return std::unexpected{checked.error()};
    const auto hash = services.passwords.hash(password);
    const auto result =
        edit_staff(services, {id, {}, by}, [&](db::Tx& tx, Staff& person) -> Result<Entry> {
            person.must_change_password = true;
            put_credential(tx, id, hash, services.clock.now());
            return Entry{"password_reset", {}, {}};
        });
    if (!result)
        return std::unexpected{result.error()};
    return {};
}

Result<Leave> add_leave(Services& services, const Caller& by, Leave wish)
{
    if (const auto checked = check_leave(wish, services.clock.now()); !checked)
        return std::unexpected{checked.error()};
    const auto result =
        edit_staff(services, {wish.staff, {}, by}, [&](db::Tx& tx, Staff&) -> Result<Entry> {
            wish.id = LeaveId{services.ledger.next_id()};
            insert_leave(tx, wish);
            auto entry = difference("leave_added", {}, to_doc(wish).as_object());
            entry.payload["leave"] = wish.id.value;
            return entry;
        });
    if (!result)
        return std::unexpected{result.error()};
    return wish;
}

Result<void> remove_leave(Services& services, const Caller& by, StaffId staff, LeaveId id)
{
    const auto result =
        edit_staff(services, {staff, {}, by}, [&](db::Tx& tx, Staff&) -> Result<Entry> {
            const auto leave = find_leave(tx, staff, id);
            if (!leave)
                return not_found();
            delete_leave(tx, *leave);
            return Entry{"leave_removed", {{"leave", id.value}}, {}};
        });
    if (!result)
        return std::unexpected{result.error()};
    return {};
}

Result<Staff> create_admin(Services& services, const NewAdmin& wish)
{
    Staff person;
    person.login = to_login(wish.login);
    person.display_name = std::string{trim(wish.display_name)};
    person.roles = {cases::Role::intake, cases::Role::manager};
    person.languages = {"en", "zh"};
    person.is_admin = true;
    person.is_active = true;
    if (const auto checked = check_staff(person, *services.directory.roster()); !checked)
        return std::unexpected{checked.error()};
    if (const auto checked = check_new_password(wish.password, person.login, "password"); !checked)
        return std::unexpected{checked.error()};
    const auto hash = services.passwords.hash(wish.password);
    auto result = services.database.write([&](db::Tx& tx) {
        return insert_person(services, tx, {person, hash, "system"});
    });
    if (result)
        services.directory.reload();
    return result;
}

}  // namespace redress::staff
