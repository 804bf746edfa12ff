#include "db/value.hpp"

#include "base/text.hpp"
#include "db/fault.hpp"

#include <cmath>

namespace redress::db {

int Column<int>::get(const Cells& row, int column)
{
    const std::int64_t value = row.integer(column);
    if (value < std::numeric_limits<int>::min() || value > std::numeric_limits<int>::max())
        throw Fault{
            FaultKind::type,
            "column " + std::to_string(column + 1) + " does not fit an int"};
    return static_cast<int>(value);
}

void check_value(const Value& value)
{
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        if (text->find('\0') != std::string_view::npos)
            throw Fault{FaultKind::type, "a text holds a NUL character"};
        if (!is_valid_utf8(*text))
            throw Fault{FaultKind::type, "a text is not UTF-8"};
    }
    if (const auto* number = std::get_if<double>(&value); number && !std::isfinite(*number))
        throw Fault{FaultKind::type, "a number is not finite"};
}

}  // namespace redress::db
