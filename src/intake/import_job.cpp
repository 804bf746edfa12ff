#include "intake/import_job.hpp"

#include "base/require.hpp"
#include "intake/import_sql.hpp"
#include "ledger/ledger.hpp"

#include <fmt/format.h>

#include <limits>

namespace redress::intake {
namespace {

constexpr db::Command<
    ImportJobId,
    std::string_view,
    std::string_view,
    std::string_view,
    std::string_view,
    std::string_view,
    std::optional<std::string>,
    std::string_view,
    StaffId,
    std::string_view,
    std::int64_t,
    Instant>
    insert_job{"intake.create_job", sql::create_job};
constexpr db::Query<ImportJob, ImportJobId> select_job{"intake.find_job", sql::find_job};
constexpr db::Query<ImportJob, std::string_view, std::string_view> select_unfinished{
    "intake.find_unfinished_job",
    sql::find_unfinished_job};
constexpr db::Query<ImportJob, ImportJobId, std::int64_t> select_jobs{
    "intake.list_jobs",
    sql::list_jobs};
constexpr db::Query<ImportJob> select_waiting{"intake.list_waiting_jobs", sql::list_waiting_jobs};
constexpr db::Query<std::string, ImportJobId> select_content{
    "intake.find_job_content",
    sql::find_job_content};
constexpr db::Command<ImportJobId> forget_content{"intake.drop_job_content", sql::drop_job_content};
constexpr db::Command<
    ImportJobId,
    std::int64_t,
    std::string_view,
    Instant,
    std::string_view,
    std::int64_t,
    std::int64_t,
    std::int64_t,
    std::int64_t,
    std::int64_t,
    std::int64_t,
    Instant,
    std::string_view,
    std::int64_t,
    std::int64_t>
    change{"intake.update_job", sql::update_job};

std::string_view event_of(ImportState state)
{
    switch (state) {
        case ImportState::waiting:
            return "import_requested";
        case ImportState::running:
            return "import_started";
        case ImportState::stopped:
            return "import_stopped";
        case ImportState::done:
            return "import_finished";
        case ImportState::failed:
            return "import_failed";
    }
    bug("an import state without an event");
}

void record(db::Tx& tx, const Services& services, const ImportJob& job)
{
    const Instant now = services.clock.now();
    const json::object payload{
        {"state", job.state},
        {"file_hash", job.file_hash},
        {"mapping_hash", job.mapping_hash},
        {"imported", job.imported},
        {"duplicates", job.duplicates},
        {"rejected", job.rejected},
    };
    services.ledger.append(
        tx,
        {.stream = "import",
         .entity = job.id.value,
         .version = job.version,
         .kind = event_of(named<ImportState>(job.state).value()),
         .at = now,
         .recorded_at = now,
         .actor = fmt::format("staff:{}", job.started_by.value),
         .payload = to_canonical_json(payload),
         .personal = to_canonical_json(json::object{{"file_name", job.file_name}})}
    );
}

}  // namespace

ImportJob create_job(db::Tx& tx, const Services& services, const NewImportJob& wanted)
{
    const ImportJobId id{services.ledger.next_id()};
    tx.run(
        insert_job,
        id,
        name_of(wanted.state),
        wanted.file_name,
        wanted.file_hash,
        wanted.mapping_hash,
        wanted.mapping,
        wanted.content,
        std::string_view{&wanted.delimiter, 1},
        wanted.started_by,
        wanted.language,
        wanted.bytes_total,
        services.clock.now()
    );
    const auto job = find_job(tx, id);
    REQUIRE_THAT(job);
    record(tx, services, *job);
    return *job;
}

std::optional<ImportJob> find_job(db::Tx& tx, ImportJobId id)
{
    return tx.one(select_job, id);
}

std::optional<ImportJob>
find_unfinished_job(db::Tx& tx, std::string_view file_hash, std::string_view mapping_hash)
{
    return tx.one(select_unfinished, file_hash, mapping_hash);
}

std::vector<ImportJob> list_jobs(db::Tx& tx, ImportJobId before, std::int64_t limit)
{
    constexpr ImportJobId newest{std::numeric_limits<std::int64_t>::max()};
    return tx.all(select_jobs, before ? before : newest, limit);
}

std::vector<ImportJob> list_waiting_jobs(db::Tx& tx)
{
    return tx.all(select_waiting);
}

std::optional<std::string> find_job_content(db::Tx& tx, ImportJobId id)
{
    return tx.one(select_content, id);
}

void drop_job_content(db::Tx& tx, ImportJobId id)
{
    tx.run(forget_content, id);
}

bool update_job(db::Tx& tx, const ImportJob& before, const ImportJob& after)
{
    return tx.run(
               change,
               after.id,
               after.version,
               after.state,
               after.lease_until,
               after.header,
               after.next_line,
               after.row_count,
               after.imported,
               after.duplicates,
               after.rejected,
               after.bytes_done,
               after.updated_at,
               after.trouble,
               before.next_line,
               before.version
           ) == 1;
}

bool change_job(db::Tx& tx, const Services& services, ImportJob& job, ImportState state)
{
    const ImportJob before = job;
    ++job.version;
    job.state = name_of(state);
    job.updated_at = services.clock.now();
    if (!update_job(tx, before, job))
        return false;
    if (job.is_finished())
        drop_job_content(tx, job.id);
    record(tx, services, job);
    return true;
}

}  // namespace redress::intake
