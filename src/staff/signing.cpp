#include "staff/signing.hpp"

#include "staff/recording.hpp"
#include "staff/rules_passwords.hpp"
#include "staff/rules_permissions.hpp"
#include "staff/rules_staff.hpp"
#include "staff/store.hpp"

namespace redress::staff {
namespace {

Caller caller_of(const Staff& person, std::string session)
{
    return {
        .actor = to_actor(person),
        .permissions = permissions_of(person),
        .is_admin = person.is_admin,
        .must_change_password = person.must_change_password,
        .key = {},
        .session = std::move(session),
        .interface_language = person.interface_language};
}

Caller caller_of(const ApiKey& key)
{
    cases::Actor actor;
    actor.name = actor_name(key.id);
    actor.roles = {key.roles.begin(), key.roles.end()};
    actor.display_name = key.name;
    return {
        .actor = std::move(actor),
        .permissions = permissions_of_key(key.roles),
        .is_admin = false,
        .must_change_password = false,
        .key = key.id,
        .session = {},
        .interface_language = {}};
}

Result<void> check_size(std::string_view password, std::string_view field)
{
    if (password.size() <= max_password_bytes)
        return {};
    return deny(
        Denial::invalid,
        "password_too_long",
        std::string{field},
        {{"limit", std::to_string(max_password_bytes)}}
    );
}

/// Sets the password, and that it was chosen by its owner.
Result<void> store_own_password(Services& services, const Caller& caller, const std::string& hash)
{
    const auto me = caller.actor.staff;
    return services.database.write([&](db::Tx& tx) -> Result<void> {
        auto person = find_staff(tx, me);
        if (!person || !person->is_active)
            return deny(Denial::unauthorised, "sign_in_needed");
        person->must_change_password = false;
        ++person->version;
        update_staff(tx, *person);
        put_credential(tx, me, hash, services.clock.now());
        record(
            services,
            tx,
            {"staff", me.value, person->version, caller.actor.name},
            {"password_changed", {}, {}}
        );
        return {};
    });
}

}  // namespace

std::optional<Caller> find_caller(Services& services, std::string_view token, Use use)
{
    auto found = services.sessions.find(token, use);
    if (!found)
        return std::nullopt;
    const auto roster = services.directory.roster();
    const auto* person = roster->find(found->staff);
    if (person == nullptr || !person->is_active)
        return std::nullopt;
    return caller_of(*person, std::move(found->id));
}

std::optional<Caller> find_key_caller(Services& services, std::string_view token)
{
    const auto key = services.keys.find(token);
    return key ? std::optional{caller_of(*key)} : std::nullopt;
}

Result<SignedIn> sign_in(Services& services, const SignIn& attempt)
{
    if (const auto checked = check_size(attempt.password, "password"); !checked)
        return std::unexpected{checked.error()};
    const auto login = to_login(attempt.login);
    const Throttle::Attempt counted{login, attempt.address, services.clock.now()};
    if (const auto allowed = services.throttle.begin(counted); !allowed)
        return std::unexpected{allowed.error()};
    const auto known =
        services.database.read([&](db::Tx& tx) { return find_credential(tx, login); });
    const bool may = known && known->is_active;
    if (!services.passwords.matches(may ? known->password_hash : std::string{}, attempt.password))
        return deny(Denial::unauthorised, "sign_in_failed");
    services.throttle.succeeded(counted);
    auto token = services.sessions.begin(known->staff, known->password_hash);
    if (!token)
        return deny(Denial::unauthorised, "sign_in_failed");
    if (!attempt.old_session.empty())
        services.sessions.end(attempt.old_session);
    return SignedIn{known->staff, *std::move(token)};
}

Result<SignedIn>
change_password(Services& services, const Caller& caller, const PasswordChange& change)
{
    if (const auto checked = check_size(change.current, "current"); !checked)
        return std::unexpected{checked.error()};
    const auto me = caller.actor.staff;
    const auto roster = services.directory.roster();
    const auto* person = roster->find(me);
    if (person == nullptr)
        return deny(Denial::unauthorised, "sign_in_needed");
    if (const auto checked = check_new_password(change.wanted, person->login, "wanted"); !checked)
        return std::unexpected{checked.error()};
    if (change.current == change.wanted)
        return deny(Denial::invalid, "password_same", "wanted");
    const Throttle::Attempt counted{person->login, change.address, services.clock.now()};
    if (const auto allowed = services.throttle.begin(counted); !allowed)
        return std::unexpected{allowed.error()};
    const auto known = services.database.read([me](db::Tx& tx) { return find_credential(tx, me); });
    if (!services.passwords.matches(known ? known->password_hash : std::string{}, change.current))
        return deny(Denial::invalid, "password_wrong", "current");
    services.throttle.succeeded(counted);
    const auto hash = services.passwords.hash(change.wanted);
    if (const auto stored = store_own_password(services, caller, hash); !stored)
        return std::unexpected{stored.error()};
    services.sessions.forget(me);
    services.directory.reload();
    if (services.settings.on_rights_changed)
        services.settings.on_rights_changed(me);
    auto token = services.sessions.begin(me, hash);
    if (!token)
        return deny(Denial::unauthorised, "sign_in_needed");
    return SignedIn{me, *std::move(token)};
}

}  // namespace redress::staff
