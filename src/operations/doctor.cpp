#include "operations/doctor.hpp"

#include "base/catalogue.hpp"
#include "db/database.hpp"
#include "db/migration.hpp"
#include "ledger/ledger.hpp"
#include "ledger/verify.hpp"
#include "operations/files.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <stdexcept>

namespace redress::operations {
namespace fs = std::filesystem;
namespace {

constexpr std::uintmax_t mib = std::uintmax_t{1} << 20U;
constexpr std::uintmax_t little_space = 1'024 * mib;
constexpr std::uintmax_t no_space = 200 * mib;
constexpr std::chrono::milliseconds slow_sync{50};
/// 2026-01-01 and 2100-01-01: outside of it a clock has lost its battery.
constexpr Instant earliest{1'767'225'600'000'000};
constexpr Instant latest{4'102'444'800'000'000};
constexpr std::chrono::minutes tolerance{5};

std::string_view name_of_health(Health health)
{
    switch (health) {
        case Health::good:
            return "good";
        case Health::warning:
            return "warning";
        case Health::bad:
            return "bad";
    }
    return {};
}

/// Runs a check that may find the world broken.
template <class Check>
Finding guarded_check(const char* name, Check check)
{
    try {
        return check();
    } catch (const std::exception& error) {
        return {name, Health::bad, {{"reason", error.what()}}};
    }
}

Finding check_schema(db::Database& database)
{
    const auto ours = static_cast<int>(embedded::migrations().size());
    const int theirs = database.schema_version();
    const Health health = theirs > ours    ? Health::bad
                          : theirs == ours ? Health::good
                                           : Health::warning;
    return {
        "schema",
        health,
        {{"version", std::to_string(theirs)}, {"program", std::to_string(ours)}}};
}

Finding check_integrity(db::Database& database)
{
    const auto report = database.integrity_check();
    return {"integrity", report == "ok" ? Health::good : Health::bad, {{"reason", report}}};
}

Finding check_chain(db::Database& database, Lang lang)
{
    const auto verdict = ledger::verify(database, {});
    if (!verdict.first_break)
        return {"chain", Health::good, {{"events", std::to_string(verdict.events)}}};
    return {
        "chain",
        Health::bad,
        {{"seq", std::to_string(verdict.first_break->seq)},
         {"reason", say(lang, verdict.first_break->what)}}};
}

Instant last_recorded(db::Database& database)
{
    return database.read([](db::Tx& tx) {
        const auto last = ledger::list_after(tx, ledger::find_head(tx).seq - 1, 1);
        return last.empty() ? Instant{} : last.front().recorded_at;
    });
}

}  // namespace

std::string to_text(const Finding& finding, Lang lang)
{
    return say(
        lang,
        fmt::format("doctor.{}.{}", finding.check, name_of_health(finding.health)),
        finding.params
    );
}

int exit_code(const std::vector<Finding>& findings)
{
    Health worst = Health::good;
    for (const auto& finding : findings)
        worst = std::max(worst, finding.health);
    return static_cast<int>(worst);
}

Finding check_disk(const fs::path& folder)
{
    return guarded_check("disk", [&]() -> Finding {
        const auto free = fs::space(folder).available;
        const Health health = free < no_space       ? Health::bad
                              : free < little_space ? Health::warning
                                                    : Health::good;
        return {
            "disk",
            health,
            {{"free_mib", std::to_string(free / mib)},
             {"folder", folder.string()},
             {"reason", fmt::format("{} MiB", free / mib)}}};
    });
}

Finding check_sync(const fs::path& folder)
{
    return guarded_check("sync", [&]() -> Finding {
        constexpr int tries = 9;
        const fs::path file = folder / ".redress-doctor";
        const std::string block(4'096, 'x');
        std::vector<std::chrono::nanoseconds> times;
        for (int i = 0; i < tries; ++i) {
            const auto begin = std::chrono::steady_clock::now();
            write_durably(file, block);
            times.push_back(std::chrono::steady_clock::now() - begin);
        }
        fs::remove(file);
        std::ranges::sort(times);
        const auto usual = times[tries / 2];
        const auto ms = std::chrono::duration<double, std::milli>{usual}.count();
        return {
            "sync",
            usual > slow_sync ? Health::warning : Health::good,
            {{"ms", fmt::format("{:.1f}", ms)}, {"folder", folder.string()}, {"reason", {}}}};
    });
}

Finding check_permissions(const fs::path& folder)
{
    return guarded_check("permissions", [&]() -> Finding {
        const auto others = fs::perms::group_write | fs::perms::others_all;
        if (!fs::is_directory(folder))
            throw std::runtime_error{folder.string()};
        const auto mode = fs::status(folder).permissions();
        const bool is_open = (mode & others) != fs::perms::none;
        return {
            "permissions",
            is_open ? Health::warning : Health::good,
            {{"folder", folder.string()},
             {"mode", fmt::format("{:o}", static_cast<unsigned>(mode))},
             {"reason", {}}}};
    });
}

Finding check_clock(Instant now, Instant last)
{
    const bool is_nonsense = now < earliest || now > latest;
    const bool is_behind = last > now + tolerance;
    return {
        "clock",
        is_nonsense || is_behind ? Health::bad : Health::good,
        {{"now", to_rfc3339(now)}, {"last", last.us == 0 ? "-" : to_rfc3339(last)}}};
}

Finding check_time_zones(const std::string& zone)
{
    const bool is_known =
        policy::Zone::find(zone) != nullptr && policy::Zone::find("UTC") != nullptr;
    return {"zones", is_known ? Health::good : Health::bad, {{"zone", zone}}};
}

std::vector<Finding> check_policies(const DoctorOrder& order)
{
    std::vector<Finding> findings;
    const auto add = [&](const policy::Mistake& mistake) {
        const Health health = mistake.is_warning ? Health::warning : Health::bad;
        findings.push_back({"policies", health, {{"reason", policy::to_text(mistake, order.lang)}}}
        );
    };
    std::ranges::for_each(order.policies.mistakes, add);
    if (order.policies.library)
        std::ranges::for_each(order.policies.library->warnings(order.clock.now()), add);
    if (findings.empty()) {
        const auto count = order.policies.library ? order.policies.library->packs().size() : 0;
        findings.push_back({"policies", Health::good, {{"packs", std::to_string(count)}}});
    }
    return findings;
}

std::vector<Finding> check_database(const DoctorOrder& order)
{
    std::vector<Finding> findings;
    try {
        db::Database database{{.url = order.url}};
        findings.push_back(check_schema(database));
        if (findings.back().health != Health::good)
            return findings;
        findings.push_back(check_integrity(database));
        findings.push_back(check_clock(order.clock.now(), last_recorded(database)));
        findings.push_back(check_chain(database, order.lang));
    } catch (const db::Fault& fault) {
        const bool is_running = fault.kind() == db::FaultKind::locked_by_other;
        findings.push_back(
            {"database", is_running ? Health::warning : Health::bad, {{"reason", fault.what()}}}
        );
    }
    return findings;
}

std::vector<Finding> examine(const DoctorOrder& order)
{
    std::vector<Finding> findings{
        check_disk(order.folder),
        check_sync(order.folder),
        check_permissions(order.folder),
        check_clock(order.clock.now(), {}),
    };
    const auto* library = order.policies.library.get();
    findings.push_back(check_time_zones(library == nullptr ? "UTC" : library->organisation().tz));
    std::ranges::move(check_policies(order), std::back_inserter(findings));
    std::ranges::move(check_database(order), std::back_inserter(findings));
    return findings;
}

}  // namespace redress::operations
