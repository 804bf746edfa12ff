#pragma once

#include "base/text.hpp"
#include "db/database.hpp"

#include <filesystem>
#include <functional>
#include <iosfwd>
#include <string_view>

namespace redress::operations {

/// (file, lines written)
using ExportProgress = std::function<void(std::string_view, std::int64_t)>;

/// Everything the house owns, in files that need no Redress to be read. All functions read page by
/// page beside running work: what is written is right as of the moment its page was read. Memory
/// does not grow with the store. They give the number of lines, throw db::Fault, and stop with
/// std::runtime_error when the stream takes no more.

/// JSON Lines, one case each: {"id", "ref_no", "case": document, "events": […]}. Times are RFC 3339
/// in events and microseconds since 1970 in documents.
std::int64_t
export_cases(db::Database& database, std::ostream& out, const ExportProgress& progress);

/// The chain with all that is hashed, one event each, so that it can be verified elsewhere
/// (decisions/0005).
std::int64_t
export_events(db::Database& database, std::ostream& out, const ExportProgress& progress);

/// {"id", "version", "merged_into", "customer": document}
std::int64_t
export_customers(db::Database& database, std::ostream& out, const ExportProgress& progress);

/// {"id", "version", "staff": document}, and the same for teams; no passwords, sessions and keys.
std::int64_t
export_staff(db::Database& database, std::ostream& out, const ExportProgress& progress);
std::int64_t
export_teams(db::Database& database, std::ostream& out, const ExportProgress& progress);

/// One row each, headings and choices in the language, UTF-8 with a byte order mark; cells that a
/// spreadsheet would run are guarded (base/csv.hpp).
std::int64_t export_cases_csv(
    db::Database& database,
    std::ostream& out,
    Lang lang,
    const ExportProgress& progress
);

/// All of these as files of a folder that is made, or empty. Throws
/// std::filesystem::filesystem_error when it holds anything.
void export_all(
    db::Database& database,
    const std::filesystem::path& folder,
    Lang lang,
    const ExportProgress& progress
);

}  // namespace redress::operations
