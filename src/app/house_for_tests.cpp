#include "app/house_for_tests.hpp"

#include "base/hash.hpp"
#include "ledger/verify.hpp"
#include "operations/rebuild.hpp"
#include "staff/changes.hpp"

#include <algorithm>
#include <doctest/doctest.h>
#include <stdexcept>

namespace redress::app {
namespace {

staff::Caller installer()
{
    staff::Caller caller;
    caller.actor = system_actor();
    caller.is_admin = true;
    return caller;
}

void hire(Program& program, const std::string& login, const std::string& name, cases::Role role)
{
    staff::StaffPatch patch;
    patch.display_name = name;
    patch.roles = {role};
    patch.limit_minor = 50'000;
    patch.currency = "CNY";
    patch.is_active = true;
    if (!staff::create_staff(program.staff, installer(), {login, std::nullopt, patch}))
        throw std::logic_error{"the test's staff cannot be created"};
}

}  // namespace

TestProgram::TestProgram(db::Dialect dialect)
    : store_{dialect}, clock_{*parse_rfc3339("2026-11-20T09:00:00+08:00")}
{
    store_.close();
    settings_.database_url = store_.url();
    settings_.data_folder =
        std::filesystem::temp_directory_path() / ("redress-test-" + random_hex(8));
    restart();
    hire(*program_, "zhang.min", "张敏", cases::Role::intake);
    hire(*program_, "zhou.ping", "周萍", cases::Role::manager);
    hire(*program_, "gu.zheng", "顾正", cases::Role::compliance);
}

TestProgram::~TestProgram()
{
    program_.reset();
    std::error_code ignored;
    std::filesystem::remove_all(settings_.data_folder, ignored);
}

void TestProgram::restart()
{
    program_.reset();
    program_ = std::make_unique<Program>(settings_, clock_);
}

cases::Actor TestProgram::actor_of(std::string_view login) const
{
    const auto roster = program_->staff.directory.roster();
    return staff::to_actor(*std::ranges::find(roster->people, login, &staff::Staff::login));
}

Receipt TestProgram::file(std::string_view description, const AnswerKey& key)
{
    const json::object inputs{
        {"channel", "phone"},
        {"raw_content", description},
        {"description", description},
        {"complainant_name", "李雷"},
        {"complainant_contacts", {{"phone", "13900000101"}}},
        {"remedy_unknown", true}};
    return program_->door.file({{"receive", inputs, handler(), std::nullopt}, true, true, {}}, key)
        .value();
}

void check_whole(Program& program)
{
    const auto verdict = ledger::verify(program.database, [](std::int64_t, std::int64_t) {});
    CHECK(!verdict.first_break.has_value());
    const auto rebuilt = operations::rebuild_check(
        program.database,
        program.door.context(program.clock.now()),
        [](const operations::Difference& one) {
            MESSAGE(one.what, " ", one.detail);
            return true;
        }
    );
    CHECK(rebuilt.differences == 0);
}

void for_each_program(const std::function<void(TestProgram&)>& test)
{
    for (const auto dialect : db::test_dialects()) {
        TestProgram program{dialect};
        test(program);
    }
}

}  // namespace redress::app
