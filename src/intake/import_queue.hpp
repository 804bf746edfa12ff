#pragma once

#include "db/database.hpp"
#include "intake/import_run.hpp"

#include <condition_variable>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>

namespace redress::intake {

/// A file that was sent instead of being named.
struct ImportUpload {
    std::string file_name;
    std::string mapping;
    std::string csv;  ///< UTF-8, at most `max_upload`
};

inline constexpr std::size_t max_upload = std::size_t{8} << 20U;

/// Imports that run beside everything else: one at a time, one may wait. Their files are kept in
/// the database, so that a restart goes on with them. Any thread.
class ImportQueue {
public:
    /// The actor of a member of staff who may import; refused when they may no longer.
    using FindActor = std::function<Result<cases::Actor>(StaffId)>;

    /// Starts to work. `services.submit` is called on the database's writer thread.
    ImportQueue(db::Database& database, Services services, FindActor find_actor);
    /// Ends after the batch that is being written; the rest is done at the next start.
    ~ImportQueue();
    ImportQueue(const ImportQueue&) = delete;
    ImportQueue& operator=(const ImportQueue&) = delete;

    /// Refused: every mistake of the mapping ("import_mapping"), "import_too_large",
    /// "import_busy" (too many).
    [[nodiscard]] Result<ImportJob>
    add(const ImportUpload& upload, const cases::Actor& actor, Lang lang);
    /// Ends a job that waits or runs, on whatever node, after the batch that is being written.
    [[nodiscard]] Result<ImportJob> stop(ImportJobId id);
    /// Goes on with a job that was stopped.
    [[nodiscard]] Result<ImportJob> resume(ImportJobId id);

private:
    void work(const std::stop_token& ending);
    /// False when there is nothing to do now.
    [[nodiscard]] bool carry_on(const std::stop_token& ending);
    [[nodiscard]] std::optional<ImportJob> next_job();
    [[nodiscard]] Result<ImportJob> run(const ImportJob& job, const std::stop_token& ending);
    void fail(ImportJobId id, std::string_view code);
    void wake();

    db::Database& database_;
    Services services_;
    FindActor find_actor_;
    std::mutex mutex_;
    std::condition_variable_any woken_;
    bool is_woken_{};
    std::jthread worker_;  ///< last, so that it ends first
};

}  // namespace redress::intake
