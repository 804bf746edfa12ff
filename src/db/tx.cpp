#include "db/tx.hpp"

#include "db/fault.hpp"

#include <string>

namespace redress::db {

Rows::Rows(Prepared& statement, std::span<const Value> values, bool& failed)
    : statement_{statement}, failed_{failed}
{
    try {
        for (const Value& value : values)
            check_value(value);
        statement_.start(values);
    } catch (...) {
        failed_ = true;
        statement_.finish();
        throw;
    }
}

bool Rows::next()
{
    try {
        return statement_.next();
    } catch (...) {
        failed_ = true;
        throw;
    }
}

void Rows::expect_columns(int count) const
{
    if (const int given = statement_.columns(); given != count)
        throw Fault{
            FaultKind::type,
            std::string{statement_.name()} + ": gives " + std::to_string(given) +
                " columns, its row type has " + std::to_string(count)};
}

void Rows::too_many() const
{
    throw Fault{FaultKind::type, std::string{statement_.name()} + ": gives more than one row"};
}

Prepared& Tx::prepare(const StatementText& text)
{
    try {
        return connection_.prepare(text);
    } catch (...) {
        failed_ = true;
        throw;
    }
}

}  // namespace redress::db
