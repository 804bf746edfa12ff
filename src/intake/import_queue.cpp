#include "intake/import_queue.hpp"

#include "base/hash.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

namespace redress::intake {
namespace {

constexpr std::size_t most_unfinished = 2;
constexpr std::string_view not_ours = "import_running_elsewhere";
/// How often to look for a job that another node left behind.
constexpr std::chrono::seconds look_again{5};

Denied mapping_denial(const std::vector<MappingMistake>& mistakes, Lang lang)
{
    Denied denied{Denial::invalid, {}};
    for (const auto& mistake : mistakes)
        denied.refusals.push_back(
            {"import_mapping", "mapping", {{"mistake", to_text(mistake, "mapping", lang)}}}
        );
    return denied;
}

}  // namespace

ImportQueue::ImportQueue(db::Database& database, Services services, FindActor find_actor)
    : database_{database},
      services_{std::move(services)},
      find_actor_{std::move(find_actor)},
      worker_{[this](const std::stop_token& ending) { work(ending); }}
{}

ImportQueue::~ImportQueue() = default;

Result<ImportJob> ImportQueue::add(const ImportUpload& upload, const cases::Actor& actor, Lang lang)
{
    if (upload.csv.size() > max_upload)
        return deny(
            Denial::too_large,
            "import_too_large",
            "csv",
            {{"limit_mib", std::to_string(max_upload >> 20U)}}
        );
    const auto loaded = load_mapping(upload.mapping, services_.lifecycle);
    if (!loaded.mapping)
        return std::unexpected{mapping_denial(loaded.mistakes, lang)};
    auto job = database_.write([&](db::Tx& tx) -> Result<ImportJob> {
        if (list_waiting_jobs(tx).size() >= most_unfinished)
            return deny(Denial::too_many, "import_busy");
        return create_job(
            tx,
            services_,
            {.state = ImportState::waiting,
             .file_name = upload.file_name,
             .file_hash = sha256_hex(upload.csv),
             .mapping_hash = loaded.mapping->hash,
             .mapping = upload.mapping,
             .content = upload.csv,
             .delimiter = loaded.mapping->delimiter,
             .started_by = actor.staff,
             .language = std::string{to_tag(lang)},
             .bytes_total = static_cast<std::int64_t>(upload.csv.size())}
        );
    });
    if (job)
        wake();
    return job;
}

Result<ImportJob> ImportQueue::stop(ImportJobId id)
{
    return database_.write([&](db::Tx& tx) -> Result<ImportJob> {
        auto job = find_job(tx, id);
        if (!job)
            return deny(Denial::not_found, "not_found");
        // The new version is what ends a run: its next batch finds the job changed.
        if (!job->is_finished() && job->state != name_of(ImportState::stopped) &&
            !change_job(tx, services_, *job, ImportState::stopped))
            return deny(Denial::conflict, std::string{not_ours});
        return *job;
    });
}

Result<ImportJob> ImportQueue::resume(ImportJobId id)
{
    auto job = database_.write([&](db::Tx& tx) -> Result<ImportJob> {
        auto found = find_job(tx, id);
        if (!found || !find_job_content(tx, id))
            return deny(Denial::not_found, "not_found");
        if (found->state != name_of(ImportState::stopped) ||
            !change_job(tx, services_, *found, ImportState::waiting))
            return deny(Denial::conflict, std::string{not_ours});
        return *found;
    });
    if (job)
        wake();
    return job;
}

void ImportQueue::wake()
{
    const std::scoped_lock lock{mutex_};
    is_woken_ = true;
    woken_.notify_one();
}

std::optional<ImportJob> ImportQueue::next_job()
{
    const auto jobs = database_.read([](db::Tx& tx) { return list_waiting_jobs(tx); });
    const Instant now = services_.clock.now();
    const auto is_free = [&](const ImportJob& job) {
        return database_.dialect() == db::Dialect::sqlite || job.lease_until <= now;
    };
    const auto found = std::ranges::find_if(jobs, is_free);
    return found == jobs.end() ? std::nullopt : std::optional{*found};
}

void ImportQueue::work(const std::stop_token& ending)
{
    while (!ending.stop_requested()) {
        if (carry_on(ending))
            continue;
        std::unique_lock lock{mutex_};
        woken_.wait_for(lock, ending, look_again, [this] { return is_woken_; });
        is_woken_ = false;
    }
}

bool ImportQueue::carry_on(const std::stop_token& ending)
{
    try {
        const auto job = next_job();
        if (!job)
            return false;
        const auto result = run(*job, ending);
        if (result)
            return true;
        const auto& code = result.error().refusals.at(0).code;
        if (code == not_ours)
            return false;
        fail(job->id, code);
        return true;
    } catch (const db::Fault&) {
        // The database is away; the job goes on where it was when it is back.
        return false;
    }
}

Result<ImportJob> ImportQueue::run(const ImportJob& job, const std::stop_token& ending)
{
    const auto actor = find_actor_(job.started_by);
    if (!actor)
        return std::unexpected{actor.error()};
    const auto content = database_.read([&](db::Tx& tx) { return find_job_content(tx, job.id); });
    const auto loaded = load_mapping(job.mapping, services_.lifecycle);
    if (!content || !loaded.mapping)
        return deny(Denial::invalid, "import_broken");
    const ImportFile file{job.file_name, [&] {
                              return std::make_unique<std::istringstream>(*content);
                          }};
    const ImportOrder order{
        .file = file,
        .mapping = *loaded.mapping,
        .mapping_text = job.mapping,
        .encoding = "utf-8",
        .actor = *actor,
        .language = lang_of(job.language),
    };
    const ImportWatch watch{.pause = ending};
    try {
        return resume_import(database_, services_, order, watch, job);
    } catch (const db::Fault&) {
        throw;
    } catch (const std::exception&) {
        // One file must not take the program down, nor be tried for ever.
        return deny(Denial::invalid, "import_broken");
    }
}

void ImportQueue::fail(ImportJobId id, std::string_view code)
{
    database_.write([&](db::Tx& tx) {
        auto job = find_job(tx, id);
        if (!job)
            return;
        job->trouble = code;
        static_cast<void>(change_job(tx, services_, *job, ImportState::failed));
    });
}

}  // namespace redress::intake
