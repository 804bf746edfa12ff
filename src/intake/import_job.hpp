#pragma once

#include "base/csv.hpp"
#include "base/described.hpp"
#include "db/tx.hpp"
#include "intake/model.hpp"

#include <iosfwd>
#include <optional>
#include <string>
#include <vector>

namespace redress::db {
class Database;
}  // namespace redress::db

namespace redress::intake {

BOOST_DEFINE_ENUM_CLASS(ImportState, waiting, running, stopped, done, failed)

/// How far the import of one file is; kept in the transaction that imports, so that it never lies.
struct ImportJob {
    ImportJobId id;
    std::int64_t version{};  ///< number of its events
    std::string state;       ///< an ImportState
    Instant lease_until;     ///< nobody else may run it before
    std::string file_name;
    std::string file_hash;
    std::string mapping_hash;
    std::string mapping;
    std::string header;  ///< JSON list of the headings
    std::string delimiter;
    StaffId started_by;
    std::string language;      ///< of whoever reads the rejects
    std::int64_t next_line{};  ///< everything before is done
    std::int64_t row_count{};
    std::int64_t imported{};
    std::int64_t duplicates{};
    std::int64_t rejected{};
    std::int64_t bytes_done{};
    std::int64_t bytes_total{};
    Instant created_at;
    Instant updated_at;
    std::string trouble;  ///< refusal code of a failed job

    [[nodiscard]] bool is_finished() const { return state == "done" || state == "failed"; }
};

/// What a new job is made of.
struct NewImportJob {
    ImportState state{};
    std::string file_name;
    std::string file_hash;
    std::string mapping_hash;
    std::string mapping;
    std::optional<std::string> content;  ///< of a file that nobody else keeps
    char delimiter{','};
    StaffId started_by;
    std::string language;
    std::int64_t bytes_total{};
};

[[nodiscard]] ImportJob
create_job(db::Tx& tx, const Services& services, const NewImportJob& wanted);

[[nodiscard]] std::optional<ImportJob> find_job(db::Tx& tx, ImportJobId id);

/// The job of a file outside the database that was begun and did not come to its end.
[[nodiscard]] std::optional<ImportJob>
find_unfinished_job(db::Tx& tx, std::string_view file_hash, std::string_view mapping_hash);

/// Newest first, those before `before` (0: all), at most `limit`.
[[nodiscard]] std::vector<ImportJob> list_jobs(db::Tx& tx, ImportJobId before, std::int64_t limit);

/// Jobs with contents of their own that are not finished, oldest first, at most 10.
[[nodiscard]] std::vector<ImportJob> list_waiting_jobs(db::Tx& tx);

[[nodiscard]] std::optional<std::string> find_job_content(db::Tx& tx, ImportJobId id);
void drop_job_content(db::Tx& tx, ImportJobId id);

/// Writes `after` if nobody has changed the job since it was `before`; false otherwise.
[[nodiscard]] bool update_job(db::Tx& tx, const ImportJob& before, const ImportJob& after);

/// The same, with an event of the ledger ("import_started", "import_stopped", …).
[[nodiscard]] bool
change_job(db::Tx& tx, const Services& services, ImportJob& job, ImportState state);

/// A row that was refused, kept with the reasons.
void add_reject(db::Tx& tx, ImportJobId job, const CsvRow& row, const Denied& denied);

/// The rejects of a job as docs/import.md describes the file, in the language. UTF-8 with a byte
/// order mark, so that spreadsheets read it. Nothing at all when there are none; gives their
/// number.
std::int64_t
write_rejects(db::Database& database, const ImportJob& job, std::ostream& out, Lang lang);

BOOST_DESCRIBE_STRUCT(
    ImportJob,
    (),
    (id,
     version,
     state,
     lease_until,
     file_name,
     file_hash,
     mapping_hash,
     mapping,
     header,
     delimiter,
     started_by,
     language,
     next_line,
     row_count,
     imported,
     duplicates,
     rejected,
     bytes_done,
     bytes_total,
     created_at,
     updated_at,
     trouble)
)

}  // namespace redress::intake
