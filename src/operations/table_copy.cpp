#include "operations/table_copy.hpp"

#include "base/require.hpp"
#include "db/fault.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>
#include <utility>

namespace redress::operations {
namespace {

constexpr std::int64_t rows_per_report = 10'000;
/// PostgreSQL gives so many rows of a cursor at a time.
constexpr int rows_per_fetch = 2'000;

constexpr std::string_view list_names =
    "select name from sqlite_master where type = 'table' and name not like 'sqlite_%'"
    " and name <> 'schema_migrations' and sql not like 'CREATE VIRTUAL%'"
    " and not exists (select 1 from sqlite_master as index_of where index_of.sql like 'CREATE VIRTUAL%'"
    " and sqlite_master.name like index_of.name || '\\_%' escape '\\') order by rowid";
constexpr std::string_view list_columns =
    "select name, type from pragma_table_info($1) order by cid";
constexpr std::array one_text{db::Kind::text};

/// Names come from our own migrations; they stand in statements unquoted.
bool is_plain_name(const std::string& name)
{
    return !name.empty() && std::ranges::all_of(name, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
    });
}

db::Kind kind_of(std::string_view type)
{
    if (type == "BIGINT" || type == "INTEGER")
        return db::Kind::integer;
    if (type == "TEXT")
        return db::Kind::text;
    if (type == "DOUBLE PRECISION")
        return db::Kind::real;
    throw db::Fault{db::FaultKind::type, "the schema has a column of type " + std::string{type}};
}

/// Statements of one connection whose text is made here; a connection tells them apart by address.
class Statements {
public:
    explicit Statements(db::Connection& connection) : connection_{connection} {}

    db::Prepared& prepare(std::string sql, std::vector<db::Kind> kinds = {})
    {
        auto& kept = kept_.emplace_back(std::make_unique<Kept>(std::move(sql), std::move(kinds)));
        return connection_.prepare({"operations.copy", kept->sql, kept->kinds});
    }

private:
    struct Kept {
        std::string sql;
        std::vector<db::Kind> kinds;
        Kept(std::string text, std::vector<db::Kind> parameters)
            : sql{std::move(text)}, kinds{std::move(parameters)}
        {}
    };

    db::Connection& connection_;
    std::vector<std::unique_ptr<Kept>> kept_;
};

/// A statement while its rows are read.
class Reading {
public:
    explicit Reading(db::Prepared& statement, std::span<const db::Value> values = {})
        : statement_{statement}
    {
        statement_.start(values);
    }
    ~Reading() { statement_.finish(); }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;
    [[nodiscard]] bool next() { return statement_.next(); }
    [[nodiscard]] const db::Prepared& row() const { return statement_; }

private:
    db::Prepared& statement_;
};

void run_once(db::Prepared& statement, std::span<const db::Value> values = {})
{
    Reading reading{statement, values};
    while (reading.next()) {
    }
}

std::string names_of(const Table& table)
{
    std::string names;
    for (const auto& column : table.columns)
        names += (names.empty() ? "" : ", ") + column.name;
    return names;
}

std::vector<db::Kind> kinds_of(const Table& table)
{
    std::vector<db::Kind> kinds;
    for (const auto& column : table.columns)
        kinds.push_back(column.kind);
    return kinds;
}

db::Value value_of(const db::Cells& row, int column, db::Kind kind)
{
    if (row.is_null(column))
        return {};
    switch (kind) {
        case db::Kind::integer:
            return row.integer(column);
        case db::Kind::real:
            return row.real(column);
        case db::Kind::text:
            return row.text(column);
    }
    return {};
}

class TableCopy {
public:
    TableCopy(Statements& from, Statements& to, const Table& table)
        : table_{table}, from_{from}, insert_{to.prepare(insert_text(table), kinds_of(table))}
    {}

    std::int64_t run(db::Connection& connection, const CopyProgress& progress)
    {
        const std::string select = fmt::format("select {} from {}", names_of(table_), table_.name);
        if (connection.dialect() == db::Dialect::sqlite) {
            copy_from(from_.prepare(select), progress);
            return count_;
        }
        connection.execute("declare copied no scroll cursor for " + select);
        auto& fetch = from_.prepare(fmt::format("fetch forward {} from copied", rows_per_fetch));
        while (copy_from(fetch, progress) > 0) {
        }
        connection.execute("close copied");
        return count_;
    }

private:
    static std::string insert_text(const Table& table)
    {
        std::string places;
        for (std::size_t i = 1; i <= table.columns.size(); ++i)
            places += fmt::format("{}${}", places.empty() ? "" : ", ", i);
        return fmt::format("insert into {} ({}) values ({})", table.name, names_of(table), places);
    }

    std::int64_t copy_from(db::Prepared& statement, const CopyProgress& progress)
    {
        const std::int64_t before = count_;
        std::vector<db::Value> values(table_.columns.size());
        Reading reading{statement};
        while (reading.next()) {
            for (std::size_t i = 0; i < values.size(); ++i)
                values[i] = value_of(reading.row(), static_cast<int>(i), table_.columns[i].kind);
            run_once(insert_, values);
            if (++count_ % rows_per_report == 0 && progress)
                progress(table_.name, count_);
        }
        return count_ - before;
    }

    const Table& table_;
    Statements& from_;
    db::Prepared& insert_;
    std::int64_t count_{};
};

}  // namespace

std::vector<Table> list_tables(db::Connection& sqlite)
{
    REQUIRE_THAT(sqlite.dialect() == db::Dialect::sqlite);
    std::vector<Table> tables;
    {
        Reading names{sqlite.prepare({"operations.list_tables", list_names, {}})};
        while (names.next())
            tables.push_back({std::string{names.row().text(0)}, {}});
    }
    for (auto& table : tables) {
        const std::array<db::Value, 1> name{std::string_view{table.name}};
        Reading columns{sqlite.prepare({"operations.list_columns", list_columns, one_text}), name};
        while (columns.next())
            table.columns.push_back(
                {std::string{columns.row().text(0)}, kind_of(columns.row().text(1))}
            );
        REQUIRE_THAT(is_plain_name(table.name));
        for (const auto& column : table.columns)
            REQUIRE_THAT(is_plain_name(column.name));
    }
    return tables;
}

std::map<std::string, std::int64_t> copy_tables(
    db::Connection& from,
    db::Connection& to,
    const std::vector<Table>& tables,
    const CopyProgress& progress
)
{
    Statements reading{from};
    Statements writing{to};
    // Rows that are there already (the chain's first head) may be referred to by later tables.
    for (auto table = tables.rbegin(); table != tables.rend(); ++table)
        run_once(writing.prepare(fmt::format("delete from {}", table->name)));
    std::map<std::string, std::int64_t> rows;
    for (const auto& table : tables) {
        rows[table.name] = TableCopy{reading, writing, table}.run(from, progress);
        if (progress)
            progress(table.name, rows[table.name]);
    }
    return rows;
}

std::map<std::string, std::int64_t>
count_rows(db::Connection& connection, const std::vector<Table>& tables)
{
    Statements statements{connection};
    std::map<std::string, std::int64_t> rows;
    for (const auto& table : tables) {
        Reading reading{statements.prepare(fmt::format("select count(*) from {}", table.name))};
        if (reading.next())
            rows[table.name] = reading.row().integer(0);
    }
    return rows;
}

}  // namespace redress::operations
