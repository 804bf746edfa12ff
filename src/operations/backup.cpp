#include "operations/backup.hpp"

#include "base/catalogue.hpp"
#include "db/engine.hpp"
#include "db/migration.hpp"
#include "operations/files.hpp"
#include "operations/table_copy.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace redress::operations {
namespace fs = std::filesystem;
namespace {

std::string sqlite_url(const fs::path& file)
{
    return "sqlite:" + file.string();
}

void tell(
    const StageProgress& progress,
    std::string_view stage,
    std::int64_t done,
    std::int64_t total = 0
)
{
    if (progress)
        progress(stage, done, total);
}

Denied broken(std::string reason)
{
    return {Denial::conflict, {{"backup_broken", "folder", {{"reason", std::move(reason)}}}}};
}

/// Row by row into a fresh SQLite file of the same schema.
void copy_from_postgres(
    const BackupOrder& order,
    const fs::path& file,
    const StageProgress& progress
)
{
    {
        db::Database fresh{{.url = sqlite_url(file)}};
        const auto files = embedded::migrations();
        const auto version = static_cast<std::size_t>(order.database.schema_version());
        fresh.migrate(files.first(std::min(version, files.size())), order.now);
    }
    const auto source = db::make_engine({.url = order.url})->connect(db::Role::upkeep);
    const auto engine = db::make_engine({.url = sqlite_url(file)});
    const auto copy = engine->connect(db::Role::upkeep);
    const auto tables = list_tables(*copy);
    source->begin(db::Access::read_only);
    copy->begin(db::Access::read_write);
    std::int64_t done = 0;
    std::int64_t before = 0;
    std::string current;
    copy_tables(*source, *copy, tables, [&](const std::string& table, std::int64_t rows) {
        before = table == current ? before : done;
        current = table;
        done = before + rows;
        tell(progress, "backup.database", done);
    });
    copy->commit();
    source->rollback();
    engine->checkpoint();
}

void copy_blobs(const BackupOrder& order, const fs::path& folder, const StageProgress& progress)
{
    if (!fs::is_directory(order.blobs))
        return;
    std::int64_t done = 0;
    for (const auto& entry : fs::recursive_directory_iterator{order.blobs}) {
        if (!entry.is_regular_file())
            continue;
        const auto to = folder / blob_folder / fs::relative(entry.path(), order.blobs);
        fs::create_directories(to.parent_path());
        copy_durably(entry.path(), to);
        tell(progress, "backup.blobs", ++done);
    }
}

std::vector<BackupFile> look_at_all(const fs::path& folder, const StageProgress& progress)
{
    std::vector<std::string> paths;
    for (const auto& entry : fs::recursive_directory_iterator{folder})
        if (entry.is_regular_file())
            paths.push_back(fs::relative(entry.path(), folder).generic_string());
    std::ranges::sort(paths);
    std::vector<BackupFile> files;
    for (const auto& path : paths) {
        files.push_back(look_at(folder, path));
        tell(progress, "backup.hashes", std::ssize(files), std::ssize(paths));
    }
    return files;
}

/// What only the copy itself can tell, since the store has gone on meanwhile.
void describe_copy(const fs::path& folder, Manifest& manifest)
{
    const std::string url = sqlite_url(folder / database_file);
    {
        db::Database copy{{.url = url, .purpose = db::Purpose::inspect}};
        const auto head = copy.read([](db::Tx& tx) { return ledger::find_head(tx); });
        manifest.chain_events = head.seq;
        manifest.chain_hash = head.hash;
        manifest.schema_version = copy.schema_version();
    }
    const auto engine = db::make_engine({.url = url, .purpose = db::Purpose::inspect});
    const auto connection = engine->connect(db::Role::read);
    manifest.rows = count_rows(*connection, list_tables(*connection));
}

/// Removes what a backup that failed has left.
class PartialFolder {
public:
    explicit PartialFolder(fs::path target) : target_{std::move(target)}
    {
        path_ = target_;
        path_ += ".part";
        fs::remove_all(path_);
        fs::create_directories(path_);
        fs::permissions(path_, fs::perms::owner_all);
    }
    ~PartialFolder()
    {
        std::error_code ignored;
        fs::remove_all(path_, ignored);
    }
    PartialFolder(const PartialFolder&) = delete;
    PartialFolder& operator=(const PartialFolder&) = delete;
    [[nodiscard]] const fs::path& path() const { return path_; }

    void keep()
    {
        sync(path_);
        fs::remove(target_);
        fs::rename(path_, target_);
        sync(fs::absolute(target_).parent_path());
    }

private:
    fs::path target_;
    fs::path path_;
};

}  // namespace

Result<Manifest> backup(const BackupOrder& order, const StageProgress& progress)
{
    if (!is_vacant(order.target))
        return deny(
            Denial::conflict,
            "backup_target_not_empty",
            "target",
            {{"folder", order.target.string()}}
        );
    const bool is_sqlite = order.database.dialect() == db::Dialect::sqlite;
    PartialFolder folder{order.target};
    tell(progress, "backup.database", 0);
    if (is_sqlite)
        order.database.backup_to(folder.path() / database_file);
    else
        copy_from_postgres(order, folder.path() / database_file, progress);
    copy_blobs(order, folder.path(), progress);
    Manifest manifest{
        .format = manifest_format,
        .program_version = order.program_version,
        .schema_version = 0,
        .created_at = order.now,
        .source = is_sqlite ? "sqlite" : "postgres",
        .chain_events = 0,
        .chain_hash = {},
        .rows = {},
        .files = {},
    };
    describe_copy(folder.path(), manifest);
    fs::remove(folder.path() / (std::string{database_file} + ".lock"));
    manifest.files = look_at_all(folder.path(), progress);
    write_manifest(folder.path(), manifest);
    if (const auto good = check_copy(folder.path(), manifest, progress); !good)
        return std::unexpected{good.error()};
    if (const auto whole = check_files(folder.path(), manifest); !whole)
        return std::unexpected{whole.error()};
    folder.keep();
    return manifest;
}

Result<void>
check_copy(const fs::path& folder, const Manifest& manifest, const StageProgress& progress)
{
    const std::string url = sqlite_url(folder / database_file);
    {
        db::Database copy{{.url = url, .purpose = db::Purpose::inspect}};
        if (const auto report = copy.integrity_check(); report != "ok")
            return std::unexpected{broken(report)};
        const auto verdict = ledger::verify(
            copy,
            [&](std::int64_t done, std::int64_t total) {
                tell(progress, "backup.test", done, total);
            },
            {manifest.anchor()}
        );
        if (verdict.first_break)
            return std::unexpected{broken(fmt::format(
                "{} ({})",
                say(Lang::en, verdict.first_break->what),
                verdict.first_break->seq
            ))};
        if (verdict.events != manifest.chain_events)
            return std::unexpected{broken("events")};
    }
    const auto engine = db::make_engine({.url = url, .purpose = db::Purpose::inspect});
    const auto connection = engine->connect(db::Role::read);
    const auto rows = count_rows(*connection, list_tables(*connection));
    for (const auto& [table, count] : manifest.rows)
        if (const auto found = rows.find(table); found == rows.end() || found->second != count)
            return std::unexpected{broken(table)};
    return {};
}

}  // namespace redress::operations
