#include "base/require.hpp"
#include "db/executed.hpp"
#include "db/fault.hpp"
#include "db/sqlite_connection.hpp"

#include <string>

namespace redress::db {

SqliteStatement::SqliteStatement(SqliteConnection& connection, const StatementText& text)
    : connection_{connection}, name_{text.name}
{
    const char* tail = nullptr;
    sqlite3_stmt* raw = nullptr;
    const int code = sqlite3_prepare_v3(
        connection.handle(),
        text.sql.data(),
        static_cast<int>(text.sql.size()),
        SQLITE_PREPARE_PERSISTENT,
        &raw,
        &tail
    );
    statement_.reset(raw);
    if (code != SQLITE_OK)
        fail_sqlite(connection.handle(), name_);
    const std::string_view rest{
        tail,
        static_cast<std::size_t>(text.sql.data() + text.sql.size() - tail)};
    if (rest.find_first_not_of(" \t\r\n;") != std::string_view::npos)
        throw Fault{FaultKind::other, std::string{name_} + ": is more than one statement"};
    for (std::size_t i = 1; i <= text.parameters.size(); ++i)
        indexes_.push_back(sqlite3_bind_parameter_index(raw, ("$" + std::to_string(i)).c_str()));
}

void SqliteStatement::bind(int index, const Value& value)
{
    sqlite3_stmt* const statement = statement_.get();
    const auto code = std::visit(
        [&](const auto& v) {
            using V = std::remove_cvref_t<decltype(v)>;
            if constexpr (std::is_same_v<V, std::monostate>)
                return sqlite3_bind_null(statement, index);
            else if constexpr (std::is_same_v<V, std::int64_t>)
                return sqlite3_bind_int64(statement, index, v);
            else if constexpr (std::is_same_v<V, double>)
                return sqlite3_bind_double(statement, index, v);
            else  // A null pointer would be NULL; the caller keeps the text until the statement is
                  // finished.
                return sqlite3_bind_text64(
                    statement,
                    index,
                    v.data() ? v.data() : "",
                    v.size(),
                    nullptr,
                    SQLITE_UTF8
                );
        },
        value
    );
    if (code != SQLITE_OK)
        fail_sqlite(connection_.handle(), name_);
}

void SqliteStatement::start(std::span<const Value> values)
{
    REQUIRE_THAT(!running_);
    REQUIRE_THAT(values.size() == indexes_.size());
    running_ = true;
    changed_ = 0;
    for (std::size_t i = 0; i < values.size(); ++i)
        bind(indexes_[i], values[i]);
}

bool SqliteStatement::next()
{
    connection_.start_deadline();
    switch (sqlite3_step(statement_.get())) {
        case SQLITE_ROW:
            note_success();
            return true;
        case SQLITE_DONE:
            note_success();
            if (sqlite3_stmt_readonly(statement_.get()) == 0)
                changed_ = sqlite3_changes64(connection_.handle());
            return false;
        default:
            fail_sqlite(connection_.handle(), name_);
    }
}

void SqliteStatement::note_success()
{
    if (!noted_)
        note_executed(name_);
    noted_ = true;
}

void SqliteStatement::finish() noexcept
{
    sqlite3_reset(statement_.get());
    running_ = false;
}

bool SqliteStatement::is_null(int column) const
{
    return sqlite3_column_type(statement_.get(), column) == SQLITE_NULL;
}

std::int64_t SqliteStatement::integer(int column) const
{
    if (sqlite3_column_type(statement_.get(), column) != SQLITE_INTEGER)
        wrong_type(column, "an integer");
    return sqlite3_column_int64(statement_.get(), column);
}

double SqliteStatement::real(int column) const
{
    const int type = sqlite3_column_type(statement_.get(), column);
    if (type != SQLITE_FLOAT && type != SQLITE_INTEGER)
        wrong_type(column, "a number");
    return sqlite3_column_double(statement_.get(), column);
}

std::string_view SqliteStatement::text(int column) const
{
    if (sqlite3_column_type(statement_.get(), column) != SQLITE_TEXT)
        wrong_type(column, "a text");
    const auto* const bytes =
        static_cast<const char*>(sqlite3_column_blob(statement_.get(), column));
    const auto size = static_cast<std::size_t>(sqlite3_column_bytes(statement_.get(), column));
    return size == 0 ? std::string_view{} : std::string_view{bytes, size};
}

void SqliteStatement::wrong_type(int column, std::string_view wanted) const
{
    throw Fault{
        FaultKind::type,
        std::string{name_} + ": column " + std::to_string(column + 1) +
            (is_null(column) ? " is NULL" : " is not ") +
            (is_null(column) ? "" : std::string{wanted})};
}

}  // namespace redress::db
