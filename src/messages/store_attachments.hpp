#pragma once

#include "base/refusal.hpp"
#include "db/tx.hpp"
#include "messages/model.hpp"

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

/// Attachments in the database. All throw db::Fault.
namespace redress::messages {

inline constexpr std::chrono::minutes upload_burst{1};

/// A file whose bytes are in the blob store already.
struct NewAttachment {
    CaseId case_id;
    std::string sha256;
    std::string file_name;  ///< as the sender calls it; made safe here
    std::string media_type;
    std::int64_t bytes{};
};

/// Refuses "attachments_too_many" beyond max_attachments_of_case and "attachments_too_fast" beyond
/// max_attachments_of_message within upload_burst. In a write job.
[[nodiscard]] Result<Attachment>
add_attachment(db::Tx& tx, const NewAttachment& attachment, Instant now, std::string_view actor);

[[nodiscard]] std::optional<Attachment> find_attachment(db::Tx& tx, std::string_view id);

/// Oldest first; all of them, because a case has at most max_attachments_of_case.
[[nodiscard]] std::vector<Attachment> list_attachments(db::Tx& tx, CaseId case_id);

/// Forgets every attachment of the case; gives the blobs they named, for whoever removes those that
/// nothing names any more once this is committed.
[[nodiscard]] std::vector<std::string> forget_attachments(db::Tx& tx, CaseId case_id);
[[nodiscard]] bool is_blob_named(db::Tx& tx, std::string_view sha256);

/// Whether a message of this case may name these: each there, of this very case, and not too many.
[[nodiscard]] Result<void>
check_attachments(db::Tx& tx, CaseId case_id, std::span<const std::string> ids);

}  // namespace redress::messages
