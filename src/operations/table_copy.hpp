#pragma once

#include "db/connection.hpp"

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

namespace redress::operations {

/// A table as the schema's migrations make it, in either database.
struct Table {
    struct Column {
        std::string name;
        db::Kind kind{};
    };
    std::string name;
    std::vector<Column> columns;
};

/// The tables that hold data, those that others refer to first; what a full-text index keeps for
/// itself and the record of migrations are left out. `sqlite` is a migrated store. Throws
/// db::Fault.
[[nodiscard]] std::vector<Table> list_tables(db::Connection& sqlite);

/// (table, rows so far)
using CopyProgress = std::function<void(const std::string&, std::int64_t)>;

/// Empties each table of `to` and fills it with the rows of `from`, which both have the same
/// migrations behind them. `from` is inside a snapshot, `to` inside a transaction; memory does not
/// grow with the rows. Gives the number of rows by table. Throws db::Fault.
std::map<std::string, std::int64_t> copy_tables(
    db::Connection& from,
    db::Connection& to,
    const std::vector<Table>& tables,
    const CopyProgress& progress
);

/// Rows by table.
[[nodiscard]] std::map<std::string, std::int64_t>
count_rows(db::Connection& connection, const std::vector<Table>& tables);

}  // namespace redress::operations
