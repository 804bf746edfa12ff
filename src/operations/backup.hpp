#pragma once

#include "db/database.hpp"
#include "operations/manifest.hpp"

#include <filesystem>
#include <functional>
#include <string>

namespace redress::operations {

/// How far it is: a catalogue key ("backup.database", "backup.blobs", "backup.hashes",
/// "backup.test", "restore.files", "restore.database", "restore.chain"), what is done, and of how
/// much (0: not known).
using StageProgress = std::function<void(std::string_view, std::int64_t, std::int64_t)>;

struct BackupOrder {
    db::Database& database;
    std::string url;               ///< of the database, as Options::url
    std::filesystem::path blobs;   ///< folder of the stored files; may not exist
    std::filesystem::path target;  ///< the folder to make; must not exist, or be empty
    std::string program_version;
    Instant now;
};

/// A copy of the database as of one moment and of the files it names, while everything goes on;
/// then restored in place and checked as a restore would: integrity, chain, counts. The folder
/// appears whole or not at all. The copy is SQLite, whichever database it was taken from. Refused:
/// "backup_target_not_empty", "backup_broken" when the copy does not hold. Throws db::Fault and
/// std::filesystem::filesystem_error.
[[nodiscard]] Result<Manifest> backup(const BackupOrder& order, const StageProgress& progress);

/// Opens the database of a backup and checks it: the database's own integrity check, the chain up
/// to the head the manifest tells, the rows of each table. Refused: "backup_broken".
[[nodiscard]] Result<void> check_copy(
    const std::filesystem::path& folder,
    const Manifest& manifest,
    const StageProgress& progress
);

}  // namespace redress::operations
