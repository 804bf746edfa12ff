#pragma once

#include "base/described.hpp"
#include "base/instant.hpp"
#include "base/refusal.hpp"
#include "ledger/verify.hpp"

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <vector>

namespace redress::operations {

/// A file of a backup, by its path below the backup's folder.
struct BackupFile {
    std::string path;
    std::int64_t bytes{};
    std::string sha256;
    friend bool operator==(const BackupFile&, const BackupFile&) = default;
};

/// What a backup is: manifest.json, with its own hash beside it in manifest.sha256.
struct Manifest {
    std::int64_t format{};
    std::string program_version{};
    std::int64_t schema_version{};
    Instant created_at{};
    std::string source{};  ///< "sqlite" or "postgres"; the copy is SQLite always
    std::int64_t chain_events{};
    std::string chain_hash{};
    std::map<std::string, std::int64_t> rows{};  ///< by table
    std::vector<BackupFile> files{};
    friend bool operator==(const Manifest&, const Manifest&) = default;

    /// For ledger::verify of a store that came after this backup.
    [[nodiscard]] ledger::Anchor anchor() const { return {chain_events, chain_hash}; }
};

inline constexpr std::int64_t manifest_format = 1;
inline constexpr const char* database_file = "redress.sqlite";
inline constexpr const char* blob_folder = "blobs";

/// Writes both files durably. Throws std::runtime_error or std::filesystem::filesystem_error.
void write_manifest(const std::filesystem::path& folder, const Manifest& manifest);

/// Refused: "backup_not_one" (no manifest), "backup_manifest_changed", "backup_newer_format".
[[nodiscard]] Result<Manifest> read_manifest(const std::filesystem::path& folder);

/// Size and hash of a file. Throws std::runtime_error.
[[nodiscard]] BackupFile look_at(const std::filesystem::path& folder, const std::string& path);

/// Refused with everything that is missing or changed: "backup_file_missing",
/// "backup_file_changed"; paths that lead out of the folder are "backup_manifest_changed".
[[nodiscard]] Result<void>
check_files(const std::filesystem::path& folder, const Manifest& manifest);

BOOST_DESCRIBE_STRUCT(BackupFile, (), (path, bytes, sha256))
BOOST_DESCRIBE_STRUCT(
    Manifest,
    (),
    (format,
     program_version,
     schema_version,
     created_at,
     source,
     chain_events,
     chain_hash,
     rows,
     files)
)

}  // namespace redress::operations
