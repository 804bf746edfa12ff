#pragma once

#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"
#include "base/text.hpp"

#include <cstdint>
#include <optional>
#include <string>

/// What the program tells a member of staff inside the program.
namespace redress::notices {

/// Each has the text "notification.<kind>"; what the text fills in comes from the payload.
BOOST_DEFINE_ENUM_CLASS(
    Kind,
    assigned,           ///< ref_no, title
    handover_offered,   ///< ref_no, name
    handover_accepted,  ///< ref_no, name
    handover_declined,  ///< ref_no, name
    escalated,          ///< ref_no, reason
    due_soon,           ///< ref_no, step
    overdue,            ///< ref_no, step
    promise_due,        ///< ref_no, promise
    promise_broken,     ///< ref_no, promise
    message_received,   ///< ref_no
    mentioned,          ///< ref_no, name
    approval_asked,     ///< ref_no, name
    approved,           ///< ref_no
    rejected,           ///< ref_no, reason
    reopened,           ///< ref_no
    unsatisfied,        ///< ref_no
    withdrawn,          ///< ref_no
    import_finished,    ///< name
    webhook_stopped,    ///< name
    send_failed         ///< ref_no, reason
)

/// Something to tell one person. `payload` holds texts and numbers by name; a text may be a key of
/// the catalogue, or an object {"en", "zh"}.
struct Notice {
    StaffId staff;
    CaseId about;  ///< 0: no case
    EventSeq event;
    Kind kind{};
    json::object payload;
};

/// A notice as stored.
struct Notification {
    NotificationId id;  ///< later ones are greater
    StaffId staff;
    std::optional<CaseId> about;
    EventSeq event;
    std::string kind;
    std::string payload;
    Instant created_at;
    std::optional<Instant> read_at;
};

/// The text of a notification in the reader's language. What the payload lacks stays as {name}.
[[nodiscard]] std::string text_of(const Notification& notification, Lang lang);

BOOST_DESCRIBE_STRUCT(
    Notification,
    (),
    (id, staff, about, event, kind, payload, created_at, read_at)
)

}  // namespace redress::notices
