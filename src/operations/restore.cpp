#include "operations/restore.hpp"

#include "db/engine.hpp"
#include "db/migration.hpp"
#include "operations/files.hpp"
#include "operations/table_copy.hpp"

#include <string_view>

namespace redress::operations {
namespace fs = std::filesystem;
namespace {

constexpr std::string_view sqlite_scheme = "sqlite:";

bool is_sqlite(const std::string& url)
{
    return url.starts_with(sqlite_scheme);
}

fs::path file_of(const std::string& url)
{
    return url.substr(sqlite_scheme.size());
}

std::string copy_url(const RestoreOrder& order)
{
    return std::string{sqlite_scheme} + (order.backup / database_file).string();
}

bool is_target_vacant(const RestoreOrder& order)
{
    if (!is_vacant(order.blobs))
        return false;
    if (!is_sqlite(order.url))
        return db::Database{{.url = order.url}}.schema_version() == 0;
    const fs::path file = file_of(order.url);
    return !fs::exists(file) && !fs::exists(file.string() + "-wal");
}

void restore_file(const RestoreOrder& order)
{
    const fs::path file = file_of(order.url);
    const fs::path part = file.string() + ".part";
    if (file.has_parent_path())
        fs::create_directories(file.parent_path());
    fs::remove(part);
    copy_durably(order.backup / database_file, part);
    fs::permissions(part, fs::perms::owner_read | fs::perms::owner_write);
    fs::rename(part, file);
    sync(fs::absolute(file).parent_path());
}

/// All tables in one transaction: a restore that fails leaves an empty schema.
void restore_tables(
    const RestoreOrder& order,
    const Manifest& manifest,
    const StageProgress& progress
)
{
    const auto files = embedded::migrations();
    db::Database{{.url = order.url}}.migrate(
        files.first(static_cast<std::size_t>(manifest.schema_version)),
        order.now
    );
    const auto copy_engine =
        db::make_engine({.url = copy_url(order), .purpose = db::Purpose::inspect});
    const auto copy = copy_engine->connect(db::Role::read);
    const auto target_engine = db::make_engine({.url = order.url});
    const auto target = target_engine->connect(db::Role::upkeep);
    copy->begin(db::Access::read_only);
    target->begin(db::Access::read_write);
    copy_tables(
        *copy,
        *target,
        list_tables(*copy),
        [&](const std::string& table, std::int64_t rows) {
            const auto total = manifest.rows.find(table);
            if (progress)
                progress(
                    "restore.database",
                    rows,
                    total == manifest.rows.end() ? 0 : total->second
                );
        }
    );
    target->commit();
    copy->rollback();
}

void restore_blobs(const RestoreOrder& order, const Manifest& manifest)
{
    const std::string prefix = std::string{blob_folder} + "/";
    for (const auto& file : manifest.files) {
        if (!file.path.starts_with(prefix))
            continue;
        const fs::path to = order.blobs / file.path.substr(prefix.size());
        fs::create_directories(to.parent_path());
        copy_durably(order.backup / file.path, to);
    }
}

Result<void>
check_store(const RestoreOrder& order, const Manifest& manifest, const StageProgress& progress)
{
    db::Database store{{.url = order.url}};
    const auto verdict = ledger::verify(
        store,
        [&](std::int64_t done, std::int64_t total) {
            if (progress)
                progress("restore.chain", done, total);
        },
        {manifest.anchor()}
    );
    if (verdict.first_break)
        return deny(
            Denial::conflict,
            "backup_broken",
            "folder",
            {{"reason", verdict.first_break->what}}
        );
    return {};
}

}  // namespace

Result<Manifest> restore(const RestoreOrder& order, const StageProgress& progress)
{
    const auto manifest = read_manifest(order.backup);
    if (!manifest)
        return manifest;
    if (manifest->schema_version > std::ssize(embedded::migrations()))
        return deny(
            Denial::conflict,
            "restore_newer_schema",
            "folder",
            {{"version", manifest->program_version}}
        );
    if (!is_target_vacant(order))
        return deny(Denial::conflict, "restore_target_not_empty", "target");
    if (progress)
        progress("restore.files", 0, std::ssize(manifest->files));
    if (const auto whole = check_files(order.backup, *manifest); !whole)
        return std::unexpected{whole.error()};
    if (const auto good = check_copy(order.backup, *manifest, progress); !good)
        return std::unexpected{good.error()};
    restore_blobs(order, *manifest);
    if (is_sqlite(order.url))
        restore_file(order);
    else
        restore_tables(order, *manifest, progress);
    if (const auto good = check_store(order, *manifest, progress); !good)
        return std::unexpected{good.error()};
    return manifest;
}

}  // namespace redress::operations
