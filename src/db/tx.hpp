#pragma once

#include "db/connection.hpp"
#include "db/statement.hpp"

#include <boost/describe/members.hpp>
#include <boost/mp11/algorithm.hpp>

#include <array>
#include <concepts>
#include <cstdint>
#include <optional>
#include <type_traits>
#include <utility>
#include <vector>

namespace redress::db {

namespace detail {

template <class Row>
using MembersOf = boost::describe::
    describe_members<Row, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class Row>
constexpr int column_count()
{
    if constexpr (Storable<Row>)
        return 1;
    else
        return static_cast<int>(boost::mp11::mp_size<MembersOf<Row>>::value);
}

template <class Row>
Row read_row(const Cells& cells)
{
    if constexpr (Storable<Row>) {
        return Column<Row>::get(cells, 0);
    } else {
        Row row{};
        int column = 0;
        boost::mp11::mp_for_each<MembersOf<Row>>([&](auto member) {
            using Field = std::remove_cvref_t<decltype(row.*member.pointer)>;
            row.*member.pointer = Column<Field>::get(cells, column++);
        });
        return row;
    }
}

}  // namespace detail

/// A statement while its rows are read; lets go of it in the destructor.
class Rows {
public:
    Rows(Prepared& statement, std::span<const Value> values, bool& failed);
    ~Rows() { statement_.finish(); }
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;

    /// Throws Fault{type} when the statement gives another number of columns.
    void expect_columns(int count) const;
    /// Stands on the next row, or false after the last one.
    [[nodiscard]] bool next();
    /// Throws Fault{type}: `one` is for statements that cannot give two rows.
    [[noreturn]] void too_many() const;
    [[nodiscard]] const Prepared& cells() const { return statement_; }

private:
    Prepared& statement_;
    bool& failed_;
};

/// An open transaction as store functions get it; one thread at a time, and only until they return.
/// Every call throws Fault. A write whose statement failed is over: it is undone even when its code
/// catches the Fault (PostgreSQL would refuse to go on, SQLite must not differ), so `on conflict`
/// is the way to expect a conflict.
class Tx {
public:
    explicit Tx(Connection& connection) : connection_{connection} {}

    /// The only row, or nullopt.
    template <class Row, class... Params>
    [[nodiscard]] std::optional<Row>
    one(const Query<Row, Params...>& query, const std::type_identity_t<Params>&... params)
    {
        const Arguments<Params...> values{Column<Params>::put(params)...};
        Rows rows = start(query, values);
        rows.expect_columns(detail::column_count<Row>());
        if (!rows.next())
            return std::nullopt;
        std::optional<Row> row{std::in_place, detail::read_row<Row>(rows.cells())};
        if (rows.next())
            rows.too_many();
        return row;
    }

    /// Every row, in the statement's order.
    template <class Row, class... Params>
    [[nodiscard]] std::vector<Row>
    all(const Query<Row, Params...>& query, const std::type_identity_t<Params>&... params)
    {
        const Arguments<Params...> values{Column<Params>::put(params)...};
        Rows rows = start(query, values);
        rows.expect_columns(detail::column_count<Row>());
        std::vector<Row> all_rows;
        while (rows.next())
            all_rows.push_back(detail::read_row<Row>(rows.cells()));
        return all_rows;
    }

    /// Row by row until `visit(Row&&)` gives false. `visit` may run other statements, not this one.
    /// PostgreSQL holds the whole result meanwhile: what may be long is read page by page.
    template <class Row, class... Params, std::invocable<Row&&> Visit>
    void each(
        const Query<Row, Params...>& query,
        Visit&& visit,
        const std::type_identity_t<Params>&... params
    )
    {
        const Arguments<Params...> values{Column<Params>::put(params)...};
        Rows rows = start(query, values);
        rows.expect_columns(detail::column_count<Row>());
        while (rows.next())
            if (!visit(detail::read_row<Row>(rows.cells())))
                return;
    }

    /// The number of rows inserted, changed or deleted.
    template <class... Params>
    std::int64_t
    run(const Command<Params...>& command, const std::type_identity_t<Params>&... params)
    {
        const Arguments<Params...> values{Column<Params>::put(params)...};
        Rows rows = start(command, values);
        while (rows.next()) {
        }
        return rows.cells().changed();
    }

    [[nodiscard]] Dialect dialect() const { return connection_.dialect(); }
    /// Did a statement fail since the last call of `forget_failure`?
    [[nodiscard]] bool has_failed() const { return failed_; }
    void forget_failure() { failed_ = false; }

private:
    template <class... Params>
    using Arguments = std::array<Value, sizeof...(Params)>;

    template <class Statement>
    Rows start(const Statement& statement, std::span<const Value> values)
    {
        return Rows{prepare(statement.text()), values, failed_};
    }
    Prepared& prepare(const StatementText& text);

    Connection& connection_;
    bool failed_ = false;
};

}  // namespace redress::db
