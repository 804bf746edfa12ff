#include "operations/restore.hpp"

#include "db/engine.hpp"
#include "db/migration.hpp"
#include "operations/files.hpp"
#include "operations/table_copy.hpp"

#include <string_view>
#include <system_error>

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

/// A migrated store in which nothing ever happened counts as empty, so that a restore that failed
/// can be tried again.
bool is_store_vacant(const std::string& url, std::int64_t schema_version)
{
    db::Database store{{.url = url}};
    const int version = store.schema_version();
    if (version == 0)
        return true;
    return version == schema_version &&
           store.read([](db::Tx& tx) { return ledger::find_head(tx).seq == 0; });
}

bool is_target_vacant(const RestoreOrder& order, const Manifest& manifest)
{
    if (!is_vacant(order.blobs))
        return false;
    if (!is_sqlite(order.url))
        return is_store_vacant(order.url, manifest.schema_version);
    const fs::path file = file_of(order.url);
    return !fs::exists(file) && !fs::exists(file.string() + "-wal");
}

/// Takes away what a restore that fails has written: files that were not there before.
class Undo {
public:
    explicit Undo(const RestoreOrder& order) : order_{order} {}
    ~Undo()
    {
        if (is_kept_)
            return;
        std::error_code ignored;
        fs::remove_all(order_.blobs, ignored);
        if (!is_sqlite(order_.url))
            return;
        const std::string file = file_of(order_.url).string();
        for (const char* ending : {"", "-wal", "-shm", ".part", ".lock"})
            fs::remove(file + ending, ignored);
    }
    Undo(const Undo&) = delete;
    Undo& operator=(const Undo&) = delete;
    void keep() { is_kept_ = true; }

private:
    const RestoreOrder& order_;
    bool is_kept_{};
};

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
    if (!is_target_vacant(order, *manifest))
        return deny(Denial::conflict, "restore_target_not_empty", "target");
    if (progress)
        progress("restore.files", 0, std::ssize(manifest->files));
    if (const auto whole = check_files(order.backup, *manifest); !whole)
        return std::unexpected{whole.error()};
    if (const auto good = check_copy(order.backup, *manifest, progress); !good)
        return std::unexpected{good.error()};
    Undo undo{order};
    restore_blobs(order, *manifest);
    if (is_sqlite(order.url))
        restore_file(order);
    else
        restore_tables(order, *manifest, progress);
    if (const auto good = check_store(order, *manifest, progress); !good)
        return std::unexpected{good.error()};
    undo.keep();
    return manifest;
}

}  // namespace redress::operations
