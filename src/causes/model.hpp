#pragma once

#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/text.hpp"

#include <cstddef>
#include <cstdint>
#include <string>

/// Why complaints arise, as a tree that the house keeps itself, with the codes regulators use
/// beside its own.
namespace redress::causes {

using CauseId = Id<struct CauseTag>;

/// A cause is never deleted, because cases speak of it; `is_active` ends its use.
struct Cause {
    CauseId id;
    std::int64_t version{};  ///< number of its events so far
    std::string code;        ///< unique for ever
    std::string parent;      ///< code; "" at the top
    std::string name_en;
    std::string name_zh;
    std::string regulator_code;  ///< "" when no regulator asks
    bool is_active{};
    friend bool operator==(const Cause&, const Cause&) = default;
};

inline constexpr std::size_t max_code = 40;
inline constexpr std::size_t max_cause_name = 100;
inline constexpr std::size_t max_causes = 500;
inline constexpr std::size_t max_depth = 5;

BOOST_DESCRIBE_STRUCT(
    Cause,
    (),
    (id, version, code, parent, name_en, name_zh, regulator_code, is_active)
)

}  // namespace redress::causes
