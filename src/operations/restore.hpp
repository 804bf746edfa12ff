#pragma once

#include "operations/backup.hpp"

#include <filesystem>
#include <string>

namespace redress::operations {

struct RestoreOrder {
    std::filesystem::path backup;
    std::string url;              ///< of the database to make, as Options::url
    std::filesystem::path blobs;  ///< folder to make for the stored files
    Instant now;
};

/// Makes a store of a backup, of either kind of database; the target must not hold anything. The
/// backup is checked bit by bit first, the store afterwards. Refused: what read_manifest and
/// check_files say, "restore_target_not_empty", "restore_newer_schema", "backup_broken". What was
/// begun is taken away again when it fails; a PostgreSQL schema stays, empty. Throws db::Fault and
/// std::filesystem::filesystem_error.
[[nodiscard]] Result<Manifest> restore(const RestoreOrder& order, const StageProgress& progress);

}  // namespace redress::operations
