#include "operations/doctor.hpp"

#include "base/catalogue.hpp"
#include "operations/store_for_tests.hpp"

#include <algorithm>

namespace redress::operations {
namespace {

namespace fs = std::filesystem;

policy::Library::Loaded good_policies()
{
    return policy::Library::load(policy::built_in_files(), {});
}

const Finding& found(const std::vector<Finding>& findings, std::string_view check)
{
    const auto it = std::ranges::find(findings, check, &Finding::check);
    REQUIRE(it != findings.end());
    return *it;
}

TEST_CASE("a healthy house")
{
    for_each_store([](TestStore& store) {
        const TestFolder folder;
        fs::permissions(folder.path(), fs::perms::owner_all);
        store.receive("slow");
        store.database.close();
        const VirtualClock clock{test_now};
        const auto policies = good_policies();
        const auto findings =
            examine({store.database.url(), folder.path(), clock, policies, Lang::zh});
        for (const auto* check :
             {"disk", "sync", "permissions", "clock", "zones", "schema", "integrity", "chain"})
            CHECK(found(findings, check).health == Health::good);
        for (const auto& finding : findings)
            for (const auto lang : {Lang::en, Lang::zh}) {
                CHECK(to_text(finding, lang).find("doctor.") == std::string::npos);
                CHECK(to_text(finding, lang).find('{') == std::string::npos);
            }
        CHECK(fs::is_empty(folder.path()));
    });
}

TEST_CASE("each illness is named, with what to do")
{
    for_each_store([](TestStore& store) {
        store.receive("slow");
        store.database->write([](db::Tx& tx) {
            tx.run(db::Command<>{"t.actor", "UPDATE events SET actor = 'x' WHERE seq = 1"});
        });
        store.database.close();
        const TestFolder folder;
        fs::permissions(folder.path(), fs::perms::all);
        const VirtualClock clock{test_now - std::chrono::hours{24}};
        const auto policies = good_policies();
        const auto findings =
            examine({store.database.url(), folder.path(), clock, policies, Lang::en});
        CHECK(found(findings, "permissions").health == Health::warning);
        CHECK(found(findings, "chain").health == Health::bad);
        CHECK(exit_code(findings) == 2);
        const auto is_bad_clock = [](const Finding& one) {
            return one.check == "clock" && one.health == Health::bad;
        };
        CHECK(std::ranges::any_of(findings, is_bad_clock));
    });
}

TEST_CASE("what cannot be looked at is a finding too")
{
    const VirtualClock clock{test_now};
    const auto policies = good_policies();
    const auto findings =
        examine({"sqlite:/nowhere/redress.db", "/nowhere", clock, policies, Lang::en});
    for (const auto* check : {"disk", "sync", "permissions", "database"})
        CHECK(found(findings, check).health == Health::bad);
}

TEST_CASE("a database in use is left out")
{
    TestStore store{db::Dialect::sqlite};
    const TestFolder folder;
    const VirtualClock clock{test_now};
    const auto policies = good_policies();
    const auto findings =
        check_database({store.database.url(), folder.path(), clock, policies, Lang::en});
    REQUIRE(findings.size() == 1);
    CHECK(findings[0].check == "database");
    CHECK(findings[0].health == Health::warning);
}

TEST_CASE("clocks and zones")
{
    CHECK(check_clock(test_now, {}).health == Health::good);
    CHECK(check_clock({0}, {}).health == Health::bad);
    CHECK(check_clock(test_now, test_now + std::chrono::minutes{4}).health == Health::good);
    CHECK(check_clock(test_now, test_now + std::chrono::minutes{6}).health == Health::bad);
    CHECK(check_time_zones("Asia/Shanghai").health == Health::good);
    CHECK(check_time_zones("Asia/Atlantis").health == Health::bad);
}

TEST_CASE("mistakes in policies are bad, warnings are warnings")
{
    const VirtualClock clock{test_now};
    auto policies = good_policies();
    policies.mistakes.push_back({"packs/x.toml", 12, "unknown_key", {}, false});
    const auto findings = check_policies({"", "", clock, policies, Lang::en});
    CHECK(findings.at(0).health == Health::bad);
    CHECK(to_text(findings.at(0), Lang::en).find("packs/x.toml:12") != std::string::npos);
    const VirtualClock far{test_now + std::chrono::hours{24 * 3650}};
    const auto later = check_policies({"", "", far, good_policies(), Lang::en});
    CHECK(exit_code(later) == 1);
}

TEST_CASE("the worst finding is the exit code")
{
    CHECK(exit_code({}) == 0);
    CHECK(exit_code({{"disk", Health::good, {}}}) == 0);
    CHECK(exit_code({{"disk", Health::warning, {}}, {"clock", Health::good, {}}}) == 1);
    CHECK(exit_code({{"disk", Health::bad, {}}, {"clock", Health::warning, {}}}) == 2);
}

}  // namespace
}  // namespace redress::operations
