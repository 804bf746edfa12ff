#pragma once

#include "base/ids.hpp"
#include "base/instant.hpp"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

namespace redress::db {

/// The three column types of the schema: BIGINT, DOUBLE PRECISION, TEXT.
enum class Kind { integer, real, text };

/// One parameter; text is borrowed until the statement has run.
using Value = std::variant<std::monostate, std::int64_t, double, std::string_view>;

/// Refuses with Fault{type} what not both databases can store: text with NUL or that is not UTF-8,
/// and numbers that are not finite.
void check_value(const Value& value);

/// The row a statement stands on. The getters throw Fault{type} for NULL and for a value of another
/// kind.
class Cells {
public:
    virtual ~Cells() = default;
    [[nodiscard]] virtual bool is_null(int column) const = 0;
    [[nodiscard]] virtual std::int64_t integer(int column) const = 0;
    [[nodiscard]] virtual double real(int column) const = 0;
    /// Valid until the next row.
    [[nodiscard]] virtual std::string_view text(int column) const = 0;
};

/// How a C++ type is stored. Specialise it to give another type a column.
template <class T>
struct Column;

template <class T>
concept Storable = requires
{
    Column<T>::kind;
};

template <>
struct Column<std::int64_t> {
    static constexpr Kind kind = Kind::integer;
    static Value put(std::int64_t value) { return value; }
    static std::int64_t get(const Cells& row, int column) { return row.integer(column); }
};

template <>
struct Column<int> {
    static constexpr Kind kind = Kind::integer;
    static Value put(int value) { return std::int64_t{value}; }
    static int get(const Cells& row, int column);
};

template <>
struct Column<bool> {
    static constexpr Kind kind = Kind::integer;
    static Value put(bool value) { return std::int64_t{value}; }
    static bool get(const Cells& row, int column) { return row.integer(column) != 0; }
};

template <>
struct Column<double> {
    static constexpr Kind kind = Kind::real;
    static Value put(double value) { return value; }
    static double get(const Cells& row, int column) { return row.real(column); }
};

template <>
struct Column<std::string> {
    static constexpr Kind kind = Kind::text;
    static Value put(std::string_view value) { return value; }
    static std::string get(const Cells& row, int column) { return std::string{row.text(column)}; }
};

/// For parameters only: a row outlives the text it would point to.
template <>
struct Column<std::string_view> {
    static constexpr Kind kind = Kind::text;
    static Value put(std::string_view value) { return value; }
};

template <class Tag>
struct Column<Id<Tag>> {
    static constexpr Kind kind = Kind::integer;
    static Value put(Id<Tag> id) { return id.value; }
    static Id<Tag> get(const Cells& row, int column) { return {row.integer(column)}; }
};

template <>
struct Column<Instant> {
    static constexpr Kind kind = Kind::integer;
    static Value put(Instant at) { return at.us; }
    static Instant get(const Cells& row, int column) { return {row.integer(column)}; }
};

/// NULL is nullopt.
template <Storable T>
struct Column<std::optional<T>> {
    static constexpr Kind kind = Column<T>::kind;
    static Value put(const std::optional<T>& value)
    {
        return value ? Column<T>::put(*value) : Value{};
    }
    static std::optional<T> get(const Cells& row, int column)
    {
        if (row.is_null(column))
            return std::nullopt;
        return Column<T>::get(row, column);
    }
};

}  // namespace redress::db
