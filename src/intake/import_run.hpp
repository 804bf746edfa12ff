#pragma once

#include "db/database.hpp"
#include "intake/import_job.hpp"
#include "intake/mapping.hpp"

#include <functional>
#include <iosfwd>
#include <memory>
#include <stop_token>
#include <string>

namespace redress::intake {

/// A file to import; opened twice, from its beginning.
struct ImportFile {
    std::string name;
    std::function<std::unique_ptr<std::istream>()> open;
};

struct ImportOrder {
    const ImportFile& file;
    const Mapping& mapping;
    std::string_view mapping_text;
    std::string encoding;  ///< "" or "auto": the mapping's, or what the file looks like
    cases::Actor actor;    ///< who imports; the cases are received by them
    Lang language{};
};

struct ImportProgress {
    std::int64_t row_count{};  ///< done, over all runs of the job
    std::int64_t imported{};
    std::int64_t duplicates{};
    std::int64_t rejected{};
    std::int64_t bytes_done{};
    std::int64_t bytes_total{};
    std::int64_t rows_per_s{};  ///< of this run
};

/// Who watches, and who may end it between two batches.
struct ImportWatch {
    std::function<void(const ImportProgress&)> progress{};
    std::stop_token stop{};             ///< the job is stopped until somebody goes on with it
    std::stop_token pause{};            ///< the program ends: the job goes on at the next start
    std::int64_t max_rejects{100'000};  ///< after so many the mapping is to blame
};

/// Imports the file from where an earlier run ended; gives the job as it stands afterwards: done,
/// stopped, running (paused), or failed ("import_too_many_rejects"). Refused before the first row:
/// headings that do not fit, "import_empty", "import_encoding", "import_running_elsewhere". Throws
/// db::Fault, and then goes on at the same row next time. Not on the writer thread.
[[nodiscard]] Result<ImportJob> run_import(
    db::Database& database,
    const Services& services,
    const ImportOrder& order,
    const ImportWatch& watch
);

/// The same for a job that exists already.
[[nodiscard]] Result<ImportJob> resume_import(
    db::Database& database,
    const Services& services,
    const ImportOrder& order,
    const ImportWatch& watch,
    ImportJob job
);

}  // namespace redress::intake
