#include "base/require.hpp"
#include "db/executed.hpp"
#include "db/fault.hpp"
#include "db/postgres_connection.hpp"

#include <bit>
#include <charconv>
#include <cstring>

namespace redress::db {

namespace {

/// As pg_type numbers them.
Oid oid_of(Kind kind)
{
    switch (kind) {
        case Kind::integer:
            return 20;
        case Kind::real:
            return 701;
        case Kind::text:
            return 25;
    }
    return 0;
}

std::array<char, sizeof(std::uint64_t)> big_endian(std::uint64_t value)
{
    std::array<char, sizeof value> bytes{};
    for (std::size_t i = bytes.size(); i > 0; --i) {
        bytes[i - 1] = static_cast<char>(value & 0xffU);
        value >>= 8U;
    }
    return bytes;
}

}  // namespace

PostgresStatement::PostgresStatement(
    PostgresConnection& connection,
    const StatementText& text,
    std::string id
)
    : connection_{connection},
      text_{text},
      id_{std::move(id)},
      numbers_(text.parameters.size()),
      bytes_(text.parameters.size()),
      lengths_(text.parameters.size()),
      formats_(text.parameters.size(), 1)
{}

void PostgresStatement::queue_prepare()
{
    std::vector<Oid> types;
    for (const Kind kind : text_.parameters)
        types.push_back(oid_of(kind));
    connection_.check_queued(PQsendPrepare(
        connection_.connection_.get(),
        id_.c_str(),
        std::string{text_.sql}.c_str(),
        static_cast<int>(types.size()),
        types.data()
    ));
}

void PostgresStatement::queue_execution(std::span<const Value> values)
{
    for (std::size_t i = 0; i < values.size(); ++i) {
        bytes_[i] = nullptr;
        lengths_[i] = static_cast<int>(sizeof(Bytes));
        if (const auto* text = std::get_if<std::string_view>(&values[i])) {
            bytes_[i] = text->data() ? text->data() : "";
            lengths_[i] = static_cast<int>(text->size());
            continue;
        }
        if (const auto* integer = std::get_if<std::int64_t>(&values[i]))
            numbers_[i] = big_endian(static_cast<std::uint64_t>(*integer));
        else if (const auto* real = std::get_if<double>(&values[i]))
            numbers_[i] = big_endian(std::bit_cast<std::uint64_t>(*real));
        else
            continue;
        bytes_[i] = numbers_[i].data();
    }
    connection_.check_queued(PQsendQueryPrepared(
        connection_.connection_.get(),
        id_.c_str(),
        static_cast<int>(values.size()),
        bytes_.data(),
        lengths_.data(),
        formats_.data(),
        0
    ));
}

void PostgresStatement::start(std::span<const Value> values)
{
    REQUIRE_THAT(!is_running_);
    REQUIRE_THAT(values.size() == text_.parameters.size());
    is_running_ = true;
    row_ = -1;
    const std::size_t before = connection_.queue_deferred();
    const bool prepares = !is_prepared_;
    if (prepares)
        queue_prepare();
    queue_execution(values);
    std::vector<PostgresResult> answers = connection_.exchange(before + (prepares ? 2 : 1));
    // Once prepared it stays so, even when this transaction fails.
    is_prepared_ = is_prepared_ || PQresultStatus(answers[before].get()) == PGRES_COMMAND_OK;
    PostgresConnection::check(answers, text_.name);
    result_ = std::move(answers.back());
    if (!noted_)
        note_executed(text_.name);
    noted_ = true;
}

bool PostgresStatement::next()
{
    return ++row_ < PQntuples(result_.get());
}

void PostgresStatement::finish() noexcept
{
    result_.reset();
    is_running_ = false;
}

std::int64_t PostgresStatement::changed() const
{
    const std::string_view count = PQcmdTuples(result_.get());
    std::int64_t rows = 0;
    std::from_chars(count.data(), count.data() + count.size(), rows);
    return rows;
}

bool PostgresStatement::is_null(int column) const
{
    return PQgetisnull(result_.get(), row_, column) != 0;
}

std::string_view PostgresStatement::text(int column) const
{
    if (is_null(column))
        wrong_type(column, "a text");
    return {
        PQgetvalue(result_.get(), row_, column),
        static_cast<std::size_t>(PQgetlength(result_.get(), row_, column))};
}

std::int64_t PostgresStatement::integer(int column) const
{
    const std::string_view digits = text(column);
    if (digits == "t" || digits == "f")
        return digits == "t" ? 1 : 0;
    std::int64_t value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size())
        wrong_type(column, "an integer");
    return value;
}

double PostgresStatement::real(int column) const
{
    const std::string_view digits = text(column);
    double value = 0;
    const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value);
    if (error != std::errc{} || end != digits.data() + digits.size())
        wrong_type(column, "a number");
    return value;
}

void PostgresStatement::wrong_type(int column, std::string_view wanted) const
{
    throw Fault{
        FaultKind::type,
        std::string{text_.name} + ": column " + std::to_string(column + 1) +
            (is_null(column) ? " is NULL" : " is not " + std::string{wanted})};
}

}  // namespace redress::db
