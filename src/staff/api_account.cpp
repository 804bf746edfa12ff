#include "base/catalogue.hpp"
#include "staff/api_authenticate.hpp"
#include "staff/api_parts.hpp"
#include "staff/api_wire.hpp"
#include "staff/changes.hpp"
#include "staff/rules_passwords.hpp"
#include "staff/rules_permissions.hpp"
#include "staff/signing.hpp"

namespace redress::staff {

struct SignInForm {
    static constexpr auto wire_limits =
        std::to_array<http::Limit>({{"login", 1, 254}, {"password", 1, max_password_bytes}});
    std::string login;
    std::string password;
};

struct PasswordForm {
    static constexpr auto wire_limits = std::to_array<http::Limit>(
        {{"current", 1, max_password_bytes}, {"wanted", 1, max_password_bytes}}
    );
    std::string current;
    std::string wanted;
};

struct MeForm {
    static constexpr auto wire_limits = std::to_array<http::Limit>({{"interface_language", 0, 2}});
    std::optional<std::string> interface_language;
};

/// Oneself, and what the pages may offer.
struct MeView {
    StaffView staff;
    std::string interface_language;  ///< "" for what the browser asks
    bool must_change_password{};     ///< nothing else is possible before
    std::vector<Permission> permissions;
};

struct RoleView {
    std::string role;
    Text title;
    std::vector<Permission> permissions;
};

struct PermissionView {
    Permission permission{};
    Text title;
};

struct RoleList {
    std::vector<RoleView> items;
    std::vector<PermissionView> permissions;
};

BOOST_DESCRIBE_STRUCT(SignInForm, (), (login, password))
BOOST_DESCRIBE_STRUCT(PasswordForm, (), (current, wanted))
BOOST_DESCRIBE_STRUCT(MeForm, (), (interface_language))
BOOST_DESCRIBE_STRUCT(MeView, (), (staff, interface_language, must_change_password, permissions))
BOOST_DESCRIBE_STRUCT(RoleView, (), (role, title, permissions))
BOOST_DESCRIBE_STRUCT(PermissionView, (), (permission, title))
BOOST_DESCRIBE_STRUCT(RoleList, (), (items, permissions))

namespace {

using http::Call;
using http::NoBody;
using http::NoContent;
using http::route;

bool is_secure(const Services& services, const Call& call)
{
    return call.request.is_tls || services.settings.is_behind_tls;
}

std::vector<Permission> list_of(Permissions set)
{
    std::vector<Permission> list;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Permission>>([&](auto each) {
        if (set.has(each.value))
            list.push_back(each.value);
    });
    return list;
}

Text both_languages(const std::string& key)
{
    return {say(Lang::en, key), say(Lang::zh, key)};
}

Result<MeView> me(const Services& services, Call& call, StaffId id)
{
    const auto roster = services.directory.roster();
    const auto* person = roster->find(id);
    if (person == nullptr)
        return deny(Denial::unauthorised, "sign_in_needed");
    tag(call, person->version);
    MeView view{
        .staff = view_of(*person, Detail::whole),
        .interface_language = person->interface_language,
        .must_change_password = person->must_change_password,
        .permissions = list_of(permissions_of(*person))};
    view.staff.is_away = roster->is_away(id, services.clock.now());
    view.staff.open_cases = services.directory.open_cases_of(id);
    return view;
}

Result<MeView> begin_session(Services& services, Call& call, const Result<SignedIn>& signed_in)
{
    if (!signed_in)
        return std::unexpected{signed_in.error()};
    call.headers.emplace_back("Set-Cookie", cookie_of(signed_in->token, is_secure(services, call)));
    return me(services, call, signed_in->staff);
}

Result<MeView> start(Services& services, Call& call, const SignInForm& form)
{
    const auto signed_in = sign_in(
        services,
        {.login = form.login,
         .password = form.password,
         .address = call.request.remote_address,
         .old_session = caller_of(call).session}
    );
    return begin_session(services, call, signed_in);
}

Result<void> end(Services& services, Call& call)
{
    services.sessions.end(caller_of(call).session);
    call.headers.emplace_back("Set-Cookie", cookie_taken_back(is_secure(services, call)));
    if (services.settings.on_rights_changed)
        services.settings.on_rights_changed(caller_of(call).actor.staff);
    return {};
}

Result<MeView> renew_password(Services& services, Call& call, const PasswordForm& form)
{
    const auto signed_in = change_password(
        services,
        caller_of(call),
        {.current = form.current, .wanted = form.wanted, .address = call.request.remote_address}
    );
    return begin_session(services, call, signed_in);
}

Result<MeView> change_me(Services& services, Call& call, const MeForm& form)
{
    StaffPatch patch;
    patch.interface_language = form.interface_language;
    const auto id = caller_of(call).actor.staff;
    const auto changed =
        change_staff(services, caller_of(call), {id, call.version, std::move(patch)});
    if (!changed)
        return std::unexpected{changed.error()};
    return me(services, call, id);
}

RoleView role_view(std::string role, Permissions permissions)
{
    auto title = both_languages("staff.role." + role);
    return {
        .role = std::move(role),
        .title = std::move(title),
        .permissions = list_of(permissions)};
}

RoleList role_list()
{
    RoleList list;
    for (const auto role : assignable_roles())
        list.items.push_back(role_view(std::string{name_of(role)}, permissions_of(role)));
    list.items.push_back(role_view("admin", permissions_of_admin()));
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<Permission>>([&](auto each) {
        list.permissions.push_back(
            {each.value, both_languages("staff.permission." + std::string{each.name})}
        );
    });
    return list;
}

}  // namespace

http::RouteTable account_routes(Services& services)
{
    return {
        route<SignInForm, MeView>(
            {.name = "sign_in",
             .method = "POST",
             .path = "/api/v1/sign-in",
             .summary = "Starts a session, given as a cookie."},
            [&services](Call& call, const SignInForm& form) { return start(services, call, form); }
        ),
        route<NoBody, NoContent>(
            {.name = "sign_out",
             .method = "POST",
             .path = "/api/v1/sign-out",
             .summary = "Ends the session.",
             .permission = "own_account"},
            [&services](Call& call) { return end(services, call); }
        ),
        route<NoBody, MeView>(
            {.name = "get_me",
             .method = "GET",
             .path = "/api/v1/me",
             .summary = "Oneself, and what one may do.",
             .permission = "own_account"},
            [&services](Call& call) { return me(services, call, caller_of(call).actor.staff); }
        ),
        route<MeForm, MeView>(
            {.name = "change_me",
             .method = "PATCH",
             .path = "/api/v1/me",
             .summary = "Changes what one may change about oneself.",
             .permission = "own_account",
             .needs_if_match = true},
            [&services](Call& call, const MeForm& form) { return change_me(services, call, form); }
        ),
        route<PasswordForm, MeView>(
            {.name = "change_my_password",
             .method = "PUT",
             .path = "/api/v1/me/password",
             .summary = "Sets a new password; every session ends and a new one starts.",
             .permission = "own_account"},
            [&services](Call& call, const PasswordForm& form) {
                return renew_password(services, call, form);
            }
        ),
        route<NoBody, RoleList>(
            {.name = "list_roles",
             .method = "GET",
             .path = "/api/v1/roles",
             .summary = "Every role with its permissions.",
             .permission = "staff_read"},
            [](Call&) { return Result<RoleList>{role_list()}; }
        )};
}

}  // namespace redress::staff
