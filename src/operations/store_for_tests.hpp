#pragma once

#include "base/clock.hpp"
#include "base/hash.hpp"
#include "cases/rules.hpp"
#include "cases/store.hpp"
#include "db/migration.hpp"
#include "db/test_database.hpp"
#include "ledger/verify.hpp"

#include <doctest/doctest.h>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>

/// For tests of this slice.
namespace redress::operations {

inline constexpr Instant test_now{1'795'262'400'000'000};  // 2026-11-21T12:00:00Z

/// A folder of its own, gone at the end.
class TestFolder {
public:
    TestFolder()
        : path_{std::filesystem::temp_directory_path() / ("redress_operations_" + random_hex(8))}
    {
        std::filesystem::create_directory(path_);
    }
    ~TestFolder()
    {
        std::error_code ignored;
        std::filesystem::remove_all(path_, ignored);
    }
    TestFolder(const TestFolder&) = delete;
    TestFolder& operator=(const TestFolder&) = delete;
    [[nodiscard]] const std::filesystem::path& path() const { return path_; }

    std::filesystem::path write(const std::string& name, const std::string& bytes) const
    {
        const auto file = path_ / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream{file, std::ios::binary} << bytes;
        return file;
    }

private:
    std::filesystem::path path_;
};

inline cases::Context test_context()
{
    static const auto policies = policy::Library::built_in({});
    return {cases::lifecycle(), *policies, test_now, {}, {}};
}

/// A store in which real cases are received and changed by the real rules.
class TestStore {
public:
    explicit TestStore(db::Dialect dialect) : database{dialect}
    {
        database->migrate(embedded::migrations(), test_now);
        database->set_batch_hooks(ledger.hooks());
    }
    ~TestStore() { database.close(); }
    TestStore(const TestStore&) = delete;
    TestStore& operator=(const TestStore&) = delete;

    CaseId receive(const std::string& description)
    {
        return database->write([&](db::Tx& tx) {
            const CaseId id{ledger.next_id()};
            const auto before = cases::new_case(id, ledger.next_reference(test_now), {1});
            const json::object inputs{
                {"channel", "phone"},
                {"raw_content", description},
                {"description", description},
                {"complainant_name", "=王女士"},
                {"mood", "furious"}};
            change(tx, before, {"receive", inputs, intake(), {}});
            return id;
        });
    }

    void note(CaseId id, const std::string& text)
    {
        database->write([&](db::Tx& tx) {
            const auto before = cases::find_case(tx, id).value();
            change(tx, before, {"add_note", {{"text", text}}, intake(), {}});
        });
    }

    ledger::Ledger ledger{std::chrono::minutes{480}};
    db::TestDatabase database;

private:
    static cases::Actor intake()
    {
        return {
            .name = "staff:1",
            .staff = {1},
            .customer = {},
            .roles = {cases::Role::intake},
            .display_name = {},
        };
    }

    void change(db::Tx& tx, const cases::Case& before, const cases::Command& command)
    {
        const auto context = test_context();
        const auto events = cases::decide(before, command, context);
        REQUIRE(events);
        auto after = before;
        for (const auto& event : *events)
            after = cases::apply(std::move(after), event);
        cases::store(tx, ledger, {before, after, *events, cases::next_timer(after, context)});
    }
};

inline void for_each_store(const std::function<void(TestStore&)>& test)
{
    for (const auto dialect : db::test_dialects()) {
        INFO("dialect ", static_cast<int>(dialect));
        TestStore store{dialect};
        test(store);
    }
}

}  // namespace redress::operations
