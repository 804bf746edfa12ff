#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace redress {

/// A number that is only ever compared with its own kind: CaseId and StaffId do not mix. 0 is "none
/// yet".
template <class Tag>
struct Id {
    std::int64_t value{};
    [[nodiscard]] constexpr explicit operator bool() const { return value != 0; }
    friend constexpr auto operator<=>(Id, Id) = default;
};

using CaseId = Id<struct CaseTag>;
using CustomerId = Id<struct CustomerTag>;
using StaffId = Id<struct StaffTag>;
using TeamId = Id<struct TeamTag>;
using EventSeq = Id<struct EventTag>;
using MessageId = Id<struct MessageTag>;
using AttachmentId = Id<struct AttachmentTag>;
using NotificationId = Id<struct NotificationTag>;
using ImportJobId = Id<struct ImportJobTag>;

}  // namespace redress

template <class Tag>
struct std::hash<redress::Id<Tag>> {
    std::size_t operator()(redress::Id<Tag> id) const noexcept
    {
        return std::hash<std::int64_t>{}(id.value);
    }
};
