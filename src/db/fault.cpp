#include "db/fault.hpp"

namespace redress::db {

std::string_view to_string(FaultKind kind)
{
    switch (kind) {
        case FaultKind::busy:
            return "busy";
        case FaultKind::disconnected:
            return "disconnected";
        case FaultKind::unique:
            return "unique";
        case FaultKind::foreign_key:
            return "foreign_key";
        case FaultKind::check:
            return "check";
        case FaultKind::serialization:
            return "serialization";
        case FaultKind::disk_full:
            return "disk_full";
        case FaultKind::corrupt:
            return "corrupt";
        case FaultKind::locked_by_other:
            return "locked_by_other";
        case FaultKind::newer_schema:
            return "newer_schema";
        case FaultKind::timeout:
            return "timeout";
        case FaultKind::unknown_outcome:
            return "unknown_outcome";
        case FaultKind::queue_full:
            return "queue_full";
        case FaultKind::type:
            return "type";
        case FaultKind::other:
            return "other";
    }
    return "other";
}

}  // namespace redress::db
