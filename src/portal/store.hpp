#pragma once

#include "base/ids.hpp"
#include "db/tx.hpp"
#include "portal/tale.hpp"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// The portal in the database. Functions throw db::Fault.
namespace redress::portal {

/// What forms and links are signed with; made the first time it is asked for. In a write job.
[[nodiscard]] std::string find_or_create_secret(db::Tx& tx);

/// In a write job. A link that is there stays what it is: whoever sends a form again is given the
/// first answer, and this change undone (Door::once).
void insert_link(db::Tx& tx, std::string_view token_hash, CaseId id, Instant now);
[[nodiscard]] std::optional<CaseId> find_link(db::Tx& tx, std::string_view token_hash);
/// Whoever is forgotten leaves no link behind. In a write job.
void forget_links(db::Tx& tx, CaseId id);

/// What was said between the customer and the house, newest first, at most `limit` with version
/// below `before`: never notes, nor what staff wrote down about the customer.
[[nodiscard]] std::vector<TaleRow>
list_told(db::Tx& tx, CaseId id, std::int64_t before, std::int64_t limit);

}  // namespace redress::portal
