#pragma once

#include <stdexcept>
#include <string>
#include <string_view>

namespace redress::db {

enum class FaultKind {
    busy,           ///< a lock or a free connection could not be had in time; trying again may help
    disconnected,   ///< the server is away, nothing was committed
    unique,         ///< a unique constraint
    foreign_key,    ///< a foreign key
    check,          ///< a CHECK or NOT NULL constraint
    serialization,  ///< lost against another transaction even after the retries
    disk_full,      ///< the store has no room; reading still works
    corrupt,        ///< the file is damaged or no database at all
    locked_by_other,  ///< another process has this SQLite file open
    newer_schema,     ///< the store was written by a newer version of this program
    timeout,          ///< took longer than Options allow; nothing was committed
    unknown_outcome,  ///< the answer to COMMIT never came: it may or may not have happened
    queue_full,       ///< too many writes are waiting already
    type,             ///< a value that does not fit its C++ or SQL type
    other
};

[[nodiscard]] std::string_view to_string(FaultKind kind);

/// The world below is broken or a constraint said no. `what()` names the statement and never holds
/// parameter values.
class Fault : public std::runtime_error {
public:
    Fault(FaultKind kind, const std::string& text) : std::runtime_error{text}, kind_{kind} {}
    [[nodiscard]] FaultKind kind() const noexcept { return kind_; }

private:
    FaultKind kind_;
};

}  // namespace redress::db
