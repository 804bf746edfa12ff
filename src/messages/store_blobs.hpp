#pragma once

#include "db/database.hpp"
#include "messages/model.hpp"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace redress::messages {

/// Large objects under the SHA-256 of their bytes. Any thread. Throws db::Fault: disk_full, corrupt
/// when the bytes are no longer what their name says, other.
class BlobStore {
public:
    virtual ~BlobStore() = default;

    /// Makes the bytes durable and gives their name. Call it before the write job that records the
    /// name, never inside one: a blob that nothing names is only wasted room, a name without its
    /// blob is a lost file. At most max_blob_bytes, more is a bug. The same bytes are stored once.
    virtual std::string put(std::string_view bytes) = 0;

    /// The bytes, compared with their name; nullopt when there are none.
    [[nodiscard]] virtual std::optional<std::string> get(std::string_view sha256) = 0;

    /// Removes bytes that nothing names any more; a blob that is not there is no fault. Whoever
    /// puts the same bytes at this very moment may lose them.
    virtual void remove(std::string_view sha256) = 0;
};

/// DIR/ab/cdef…: written to DIR/tmp, fsync, rename, fsync of the folder. For one process at a time,
/// which clears DIR/tmp when it starts: what a crash left there was never acknowledged.
class FileBlobs final : public BlobStore {
public:
    explicit FileBlobs(std::filesystem::path folder);
    std::string put(std::string_view bytes) override;
    [[nodiscard]] std::optional<std::string> get(std::string_view sha256) override;
    void remove(std::string_view sha256) override;

private:
    [[nodiscard]] std::filesystem::path place_of(std::string_view sha256) const;

    std::filesystem::path folder_;
};

/// The table `blobs`, for nodes that share nothing but the database.
class TableBlobs final : public BlobStore {
public:
    explicit TableBlobs(db::Database& database) : database_{database} {}
    std::string put(std::string_view bytes) override;
    [[nodiscard]] std::optional<std::string> get(std::string_view sha256) override;
    void remove(std::string_view sha256) override;

private:
    db::Database& database_;
};

/// Files below `data_folder`/blobs beside SQLite, the table with PostgreSQL.
[[nodiscard]] std::unique_ptr<BlobStore>
open_blobs(db::Database& database, const std::filesystem::path& data_folder);

}  // namespace redress::messages
