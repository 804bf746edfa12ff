#include "app/house_commands.hpp"

#include "app/metrics.hpp"
#include "app/web.hpp"
#include "base/catalogue.hpp"
#include "base/hash.hpp"
#include "staff/changes.hpp"
#include "staff/rules_permissions.hpp"

#include <fmt/ostream.h>

#include <algorithm>
#include <iostream>

namespace redress::app {
namespace {

int tell(const Denied& denied, Lang lang)
{
    for (const auto& refusal : denied.refusals)
        fmt::print(std::cerr, "{}\n", say(lang, refusal));
    return 1;
}

Result<std::vector<cases::Role>> roles_of(const std::string& text)
{
    std::vector<cases::Role> roles;
    for (const auto name : split(text, ',')) {
        const auto role = named<cases::Role>(trim(name));
        if (!role || !staff::is_assignable(*role))
            return deny(Denial::invalid, "role_unknown", "roles", {{"role", std::string{name}}});
        roles.push_back(*role);
    }
    return roles;
}

/// A folder of its own that goes with the object.
class ScratchFolder {
public:
    ScratchFolder() : path_{std::filesystem::temp_directory_path() / ("redress-" + random_hex(8))}
    {}
    ~ScratchFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    ScratchFolder(const ScratchFolder&) = delete;
    ScratchFolder& operator=(const ScratchFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

private:
    std::filesystem::path path_;
};

}  // namespace

int create_administrator(const Settings& settings, AdministratorOrder order, Lang lang)
{
    if (order.password.empty()) {
        fmt::print(std::cerr, "{}\n", say(lang, "admin.ask_password"));
        std::getline(std::cin, order.password);
    }
    const RealClock clock;
    Program program{settings, clock};
    const auto made = staff::create_admin(program.staff, {order.login, order.name, order.password});
    if (!made)
        return tell(made.error(), lang);
    fmt::print(std::cout, "{}\n", say(lang, "admin.created", {{"login", made->login}}));
    return 0;
}

int create_api_key(const Settings& settings, const KeyOrder& order, Lang lang)
{
    const RealClock clock;
    Program program{settings, clock};
    const auto roles = roles_of(order.roles);
    if (!roles)
        return tell(roles.error(), lang);
    const auto roster = program.staff.directory.roster();
    const auto person = std::ranges::find(roster->people, order.by, &staff::Staff::login);
    if (person == roster->people.end())
        return tell({Denial::not_found, {{"login_unknown", "by", {{"login", order.by}}}}}, lang);
    staff::Caller by;
    by.actor = staff::to_actor(*person);
    by.permissions = staff::permissions_of(*person);
    by.is_admin = person->is_admin;
    const auto made = staff::create_key(program.staff, by, {order.name, *roles, std::nullopt});
    if (!made)
        return tell(made.error(), lang);
    fmt::print(std::cerr, "{}\n", say(lang, "key.created"));
    fmt::print(std::cout, "{}\n", made->token);
    return 0;
}

int print_openapi(std::ostream& out)
{
    const ScratchFolder scratch;
    Settings settings;
    settings.data_folder = scratch.path();
    const RealClock clock;
    Program program{settings, clock};
    program.start_jobs();
    Metrics metrics;
    const Web web{program, metrics};
    out << openapi_of(web.table());
    return 0;
}

}  // namespace redress::app
