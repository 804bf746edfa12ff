#include "app/store_commands.hpp"

#include "app/filing.hpp"
#include "app/interrupt.hpp"
#include "base/catalogue.hpp"
#include "intake/import_job.hpp"
#include "intake/import_run.hpp"
#include "intake/mapping.hpp"
#include "ledger/verify.hpp"
#include "operations/backup.hpp"
#include "operations/doctor.hpp"
#include "operations/export.hpp"
#include "operations/rebuild.hpp"
#include "operations/restore.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <fstream>
#include <iostream>
#include <sstream>
#include <unistd.h>

namespace redress::app {
namespace {

using Params = std::vector<std::pair<std::string, std::string>>;

int tell(const Denied& denied, Lang lang)
{
    for (const auto& refusal : denied.refusals)
        fmt::print(std::cerr, "{}\n", say(lang, refusal));
    return 1;
}

void print(Lang lang, std::string_view key, const Params& params = {})
{
    fmt::print(std::cout, "{}\n", say(lang, key, params));
}

/// One line that is written over on a terminal, and nothing at all elsewhere.
void show_progress(std::string_view text)
{
    if (isatty(STDERR_FILENO) != 0)
        fmt::print(std::cerr, "\r{:<76}", text);
}

void end_progress()
{
    if (isatty(STDERR_FILENO) != 0)
        fmt::print(std::cerr, "\n");
}

std::string bar(std::int64_t done, std::int64_t total)
{
    constexpr std::int64_t width = 24;
    const auto filled = total > 0 ? width * std::min(done, total) / total : 0;
    return "[" + std::string(static_cast<std::size_t>(filled), '#') +
           std::string(static_cast<std::size_t>(width - filled), '.') + "]";
}

operations::StageProgress stage_progress(Lang lang)
{
    return [lang](std::string_view stage, std::int64_t done, std::int64_t total) {
        show_progress(fmt::format("{} {} {}", bar(done, total), say(lang, stage), done));
    };
}

std::string read_file(const std::string& path)
{
    std::ifstream in{path, std::ios::binary};
    std::ostringstream text;
    text << in.rdbuf();
    return text.str();
}

int write_rejects_file(
    Program& program,
    const intake::ImportJob& job,
    const std::string& path,
    Lang lang
)
{
    std::ofstream out{path, std::ios::binary | std::ios::trunc};
    const auto count = intake::write_rejects(program.database, job, out, lang);
    if (!out)
        throw std::runtime_error{fmt::format("{}: cannot be written", path)};
    print(lang, "import.rejects_written", {{"count", std::to_string(count)}, {"file", path}});
    return 1;
}

Params counts_of(const intake::ImportJob& job)
{
    return {
        {"rows", std::to_string(job.row_count)},
        {"imported", std::to_string(job.imported)},
        {"duplicates", std::to_string(job.duplicates)},
        {"rejected", std::to_string(job.rejected)}};
}

}  // namespace

int import_complaints(const Settings& settings, const StoreOrder& order, Lang lang)
{
    const auto mapping_text = read_file(order.mapping);
    const auto loaded = intake::load_mapping(mapping_text, cases::lifecycle());
    if (!loaded.mapping) {
        for (const auto& mistake : loaded.mistakes)
            fmt::print(std::cerr, "{}\n", intake::to_text(mistake, order.mapping, lang));
        return 1;
    }
    const StopOnInterrupt interrupt;
    const RealClock clock;
    Program program{settings, clock};
    const intake::ImportFile file{
        order.file,
        [&] { return std::make_unique<std::ifstream>(order.file, std::ios::binary); }};
    const intake::ImportOrder
        work{file, *loaded.mapping, mapping_text, order.encoding, system_actor(), lang};
    intake::ImportWatch watch;
    watch.stop = interrupt.token();
    watch.progress = [&](const intake::ImportProgress& p) {
        show_progress(fmt::format(
            "{} {} rows, {} rejected, {}/s",
            bar(p.bytes_done, p.bytes_total),
            p.row_count,
            p.rejected,
            p.rows_per_s
        ));
    };
    const auto job =
        intake::run_import(program.database, intake_services(program.door), work, watch);
    end_progress();
    if (!job)
        return tell(job.error(), lang);
    print(lang, "import.summary", counts_of(*job));
    if (job->state == name_of(intake::ImportState::stopped)) {
        print(lang, "import.stopped");
        return exit_interrupted;
    }
    if (job->rejected > 0)
        return write_rejects_file(
            program,
            *job,
            order.rejects.empty() ? order.file + ".rejects.csv" : order.rejects,
            lang
        );
    return job->state == name_of(intake::ImportState::done) ? 0 : 1;
}

int verify_store(const Settings& settings, bool rebuild, Lang lang)
{
    auto reading = settings;
    reading.may_create_folder = false;
    db::Options options;
    options.url = database_url(reading);
    db::Database database{options};
    const auto verdict = ledger::verify(database, [&](std::int64_t done, std::int64_t total) {
        show_progress(fmt::format("{} {}", bar(done, total), done));
    });
    end_progress();
    fmt::print(verdict.first_break ? std::cerr : std::cout, "{}\n", ledger::to_text(verdict, lang));
    if (verdict.first_break)
        return 1;
    if (!rebuild)
        return 0;
    const auto policies = load_policies(settings);
    const cases::Context context{cases::lifecycle(), *policies, {}, {}, {}};
    const auto rebuilt =
        operations::rebuild_check(database, context, [&](const operations::Difference& one) {
            fmt::print(std::cerr, "{}\n", operations::to_text(one, lang));
            return true;
        });
    if (rebuilt.differences > 0)
        return 1;
    fmt::print(std::cout, "{}\n", operations::to_text(rebuilt, lang));
    return 0;
}

int back_up_store(const Settings& settings, const std::string& folder, Lang lang)
{
    const RealClock clock;
    db::Options options;
    options.url = database_url(settings);
    db::Database database{options};
    const auto made = operations::backup(
        {database,
         options.url,
         settings.data_folder / "blobs",
         folder,
         REDRESS_VERSION,
         clock.now()},
        stage_progress(lang)
    );
    end_progress();
    if (!made)
        return tell(made.error(), lang);
    print(lang, "backup.done", {{"folder", folder}});
    return 0;
}

int restore_store(const Settings& settings, const std::string& folder, Lang lang)
{
    const RealClock clock;
    std::filesystem::create_directories(settings.data_folder);
    const auto made = operations::restore(
        {folder, database_url(settings), settings.data_folder / "blobs", clock.now()},
        stage_progress(lang)
    );
    end_progress();
    if (!made)
        return tell(made.error(), lang);
    print(lang, "restore.done", {{"folder", settings.data_folder.string()}});
    return 0;
}

int export_store(const Settings& settings, const std::string& folder, Lang lang)
{
    db::Options options;
    options.url = database_url(settings);
    db::Database database{options};
    operations::export_all(database, folder, lang, [](std::string_view file, std::int64_t lines) {
        show_progress(fmt::format("{} {}", file, lines));
    });
    end_progress();
    print(lang, "export.done", {{"folder", folder}});
    return 0;
}

int examine_store(const Settings& settings, Lang lang)
{
    const RealClock clock;
    policy::Organisation house;
    house.tz = settings.zone;
    house.holidays = settings.holidays;
    const auto files = settings.policies_folder.empty()
                           ? policy::built_in_files()
                           : policy::read_folder(settings.policies_folder);
    const auto policies = policy::Library::load(files, house);
    const auto findings =
        operations::examine({database_url(settings), settings.data_folder, clock, policies, lang});
    for (const auto& finding : findings) {
        const auto mark = finding.health == operations::Health::good      ? "✓"
                          : finding.health == operations::Health::warning ? "!"
                                                                          : "✗";
        fmt::print(std::cout, "{} {}\n", mark, operations::to_text(finding, lang));
    }
    return operations::exit_code(findings);
}

}  // namespace redress::app
