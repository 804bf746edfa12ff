// Every named statement is understood by both databases, and was carried out by some test.
#include "app/app_sql.hpp"
#include "cases/cases_sql.hpp"
#include "causes/causes_sql.hpp"
#include "customers/customers_sql.hpp"
#include "db/migration.hpp"
#include "db/postgres_connection.hpp"
#include "db/sqlite_connection.hpp"
#include "db/test_database.hpp"
#include "desk/desk_sql.hpp"
#include "intake/import_sql.hpp"
#include "intake/intake_sql.hpp"
#include "ledger/ledger_sql.hpp"
#include "messages/messages_sql.hpp"
#include "messages/outbox_sql.hpp"
#include "notices/notices_sql.hpp"
#include "operations/operations_sql.hpp"
#include "portal/portal_sql.hpp"
#include "search/search_sql.hpp"
#include "staff/credentials_sql.hpp"
#include "staff/staff_sql.hpp"
#include "webhooks/webhooks_sql.hpp"

#include <fmt/format.h>

#include <cstdlib>
#include <doctest/doctest.h>
#include <fstream>
#include <map>
#include <set>
#include <vector>

using namespace redress;
namespace fs = std::filesystem;

namespace {

using Statements = std::map<std::string_view, std::string_view>;

const Statements& all_statements()
{
    static const Statements all = [] {
        Statements merged;
        const auto add = [&](const auto& some) { merged.insert(some.begin(), some.end()); };
        add(app::sql::all_app);
        add(cases::sql::all_cases);
        add(causes::sql::all_causes);
        add(customers::sql::all_customers);
        add(desk::sql::all_desk);
        add(intake::sql::all_import);
        add(intake::sql::all_intake);
        add(ledger::sql::all_ledger);
        add(messages::sql::all_messages);
        add(messages::sql::all_outbox);
        add(notices::sql::all_notices);
        add(operations::sql::all_operations);
        add(portal::sql::all_portal);
        add(search::sql::all_search);
        add(staff::sql::all_credentials);
        add(staff::sql::all_staff);
        add(webhooks::sql::all_webhooks);
        return merged;
    }();
    return all;
}

/// "slice.name" of every statement in the checkout.
std::set<std::string> written_statements()
{
    constexpr std::string_view mark = "-- name: ";
    std::set<std::string> names;
    for (const auto& entry : fs::recursive_directory_iterator{REDRESS_SOURCE_DIR "/src"}) {
        const auto slice = entry.path().parent_path().filename().string();
        if (entry.path().extension() != ".sql" || slice == "migrations")
            continue;
        std::ifstream file{entry.path()};
        for (std::string line; std::getline(file, line);)
            if (line.starts_with(mark))
                names.insert(slice + "." + line.substr(mark.size()));
    }
    return names;
}

std::unique_ptr<db::Connection> connect(db::Dialect dialect, const std::string& url)
{
    constexpr std::string_view scheme = "sqlite:";
    if (dialect == db::Dialect::sqlite)
        return std::make_unique<db::SqliteConnection>(db::SqliteSettings{
            .path = url.substr(scheme.size())});
    return std::make_unique<db::PostgresConnection>(db::PostgresSettings{.conninfo = url});
}

/// Full text is different by nature: what is written for one database only says so in its name.
bool is_for(db::Dialect dialect, std::string_view name)
{
    return !name.ends_with(dialect == db::Dialect::sqlite ? "_postgres" : "_sqlite");
}

/// Has the database parse and plan the statement without carrying it out; "" when it could.
std::string trouble_with(db::Connection& connection, std::string_view sql)
{
    const bool is_sqlite = connection.dialect() == db::Dialect::sqlite;
    try {
        connection.execute(fmt::format("{} {}", is_sqlite ? "EXPLAIN" : "PREPARE one AS", sql));
        if (!is_sqlite)
            connection.execute("DEALLOCATE one");
        return {};
    } catch (const db::Fault& fault) {
        return fault.what();
    }
}

std::set<std::string> executed_anywhere(const fs::path& folder)
{
    std::set<std::string> names;
    for (const auto& entry : fs::directory_iterator{folder}) {
        std::ifstream file{entry.path()};
        for (std::string line; std::getline(file, line);)
            names.insert(line);
    }
    return names;
}

}  // namespace

TEST_CASE("this test knows every statement of the checkout")
{
    std::set<std::string> known;
    for (const auto& [name, sql] : all_statements())
        known.emplace(name);
    CHECK(known == written_statements());
}

TEST_CASE("both databases understand every statement")
{
    for (const auto dialect : db::test_dialects()) {
        db::TestDatabase database{dialect};
        database->migrate(embedded::migrations(), Instant{1'795'000'000'000'000});
        database.close();
        const auto connection = connect(dialect, database.url());
        for (const auto& [name, sql] : all_statements())
            if (is_for(dialect, name))
                CHECK_MESSAGE(trouble_with(*connection, sql) == "", name);
        CHECK(trouble_with(*connection, "SELECT shoe_size FROM cases") != "");
    }
}

TEST_CASE("some test has carried out every statement")
{
    const char* const folder = std::getenv("REDRESS_EXECUTED");
    if (folder == nullptr) {
        MESSAGE("skipped: only ctest, which runs the other suites first, can tell");
        return;
    }
    const auto executed = executed_anywhere(folder);
    for (const auto& [name, sql] : all_statements())
        CHECK_MESSAGE(executed.contains(std::string{name}), name);
}
