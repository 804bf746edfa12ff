#include "db/test_database.hpp"

#include "base/hash.hpp"

#include <libpq-fe.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <mutex>

namespace redress::db {

namespace {

const char* server_conninfo()
{
    const char* const conninfo = std::getenv("REDRESS_TEST_POSTGRES");
    return conninfo != nullptr && *conninfo != '\0' ? conninfo : nullptr;
}

/// On the server itself, outside of any transaction; CREATE and DROP DATABASE need that.
void command_server(const std::string& sql)
{
    const std::unique_ptr<PGconn, decltype(&PQfinish)> server{
        PQconnectdb(server_conninfo()),
        &PQfinish};
    const std::unique_ptr<PGresult, decltype(&PQclear)> result{
        PQexec(server.get(), sql.c_str()),
        &PQclear};
    if (PQresultStatus(result.get()) != PGRES_COMMAND_OK)
        throw Fault{FaultKind::other, sql + ": " + PQerrorMessage(server.get())};
}

}  // namespace

TestDatabase::TestDatabase(Dialect dialect, Options options) : options_{std::move(options)}
{
    const std::string name = "redress_test_" + random_hex(8);
    if (dialect == Dialect::sqlite) {
        place_ = (std::filesystem::temp_directory_path() / name).string();
        std::filesystem::create_directory(place_);
        options_.url = "sqlite:" + place_ + "/test.db";
    } else {
        command_server(
            "create database " + name + " template template0 encoding 'UTF8' locale 'C'"
        );
        place_ = name;
        options_.url = std::string{server_conninfo()} + " dbname=" + name;
    }
    reopen();
}

TestDatabase::~TestDatabase()
{
    const bool is_file = options_.url.starts_with("sqlite:");
    close();
    try {
        if (is_file)
            std::filesystem::remove_all(place_);
        else
            command_server("drop database " + place_ + " with (force)");
    } catch (const std::exception& error) {
        static_cast<void>(std::fprintf(stderr, "%s\n", error.what()));
    }
}

void TestDatabase::reopen()
{
    close();
    database_ = std::make_unique<Database>(options_);
}

std::vector<Dialect> test_dialects()
{
    if (server_conninfo() != nullptr)
        return {Dialect::sqlite, Dialect::postgres};
    static std::once_flag said;
    std::call_once(said, [] {
        static_cast<void>(
            std::fputs("PostgreSQL is skipped: REDRESS_TEST_POSTGRES is not set\n", stderr)
        );
    });
    return {Dialect::sqlite};
}

void for_each_database(const std::function<void(Database&)>& test)
{
    for (const Dialect dialect : test_dialects()) {
        TestDatabase database{dialect};
        test(*database);
    }
}

}  // namespace redress::db
