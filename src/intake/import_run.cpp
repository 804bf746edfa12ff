#include "intake/import_run.hpp"

#include "intake/accept.hpp"
#include "intake/encoding.hpp"
#include "intake/row_mapping.hpp"

#include <algorithm>
#include <istream>
#include <optional>

namespace redress::intake {
namespace {

constexpr std::size_t batch_rows = 500;
constexpr std::size_t batch_bytes = std::size_t{4} << 20U;
/// A run renews its lease with every batch; one that died is taken over after this.
constexpr std::chrono::seconds lease{60};

/// A row and what the mapping made of it.
struct Prepared {
    CsvRow row;
    Result<Inbound> inbound;
};

std::size_t size_of(const CsvRow& row)
{
    std::size_t size = 0;
    for (const auto& cell : row.cells)
        size += cell.size();
    return size;
}

json::array header_list(const std::vector<std::string>& header)
{
    json::array list;
    for (const auto& name : header)
        list.push_back(json::string{name});
    return list;
}

/// One file while it is imported.
class ImportRun {
public:
    ImportRun(
        db::Database& database,
        const Services& services,
        const ImportOrder& order,
        const ImportWatch& watch
    )
        : database_{database}, services_{services}, order_{order}, watch_{watch}
    {}

    /// Looks at the file and its heading.
    [[nodiscard]] Result<void> open()
    {
        facts_ = inspect(*order_.file.open());
        const std::string encoding = chosen_encoding();
        if (!is_known_encoding(encoding))
            return deny(Denial::invalid, "import_encoding", "encoding", {{"encoding", encoding}});
        file_ = order_.file.open();
        text_.emplace(*file_, encoding);
        reader_.emplace([this] { return text_->next(); }, CsvOptions{order_.mapping.delimiter});
        CsvRow header;
        if (!reader_->next(header) || !header.trouble.empty())
            return deny(Denial::invalid, "import_empty", "file");
        auto bound = RowMapping::bind(order_.mapping, std::move(header.cells), services_.lifecycle);
        if (!bound)
            return std::unexpected{bound.error()};
        rows_.emplace(std::move(*bound));
        return {};
    }

    [[nodiscard]] const FileFacts& facts() const { return facts_; }

    [[nodiscard]] Result<ImportJob> run(ImportJob job)
    {
        started_at_ = services_.clock.now();
        if (!take(job))
            return deny(Denial::conflict, "import_running_elsewhere");
        rows_before_ = job.row_count;
        skip_to(job.next_line);
        while (true) {
            if (watch_.stop.stop_requested())
                return end(job, ImportState::stopped);
            if (watch_.pause.stop_requested())
                return leave(job);
            if (job.rejected > watch_.max_rejects) {
                job.trouble = "import_too_many_rejects";
                return end(job, ImportState::failed);
            }
            const auto batch = read_batch();
            if (batch.empty())
                return end(job, ImportState::done);
            if (!write_batch(batch, job))
                return deny(Denial::conflict, "import_running_elsewhere");
            report(job);
        }
    }

private:
    [[nodiscard]] std::string chosen_encoding() const
    {
        if (facts_.is_marked)
            return facts_.encoding;
        if (!order_.encoding.empty() && order_.encoding != "auto")
            return order_.encoding;
        return order_.mapping.encoding == "auto" ? facts_.encoding : order_.mapping.encoding;
    }

    /// Two programs share no SQLite file, so there a lease is always what a dead run left behind.
    [[nodiscard]] bool take(ImportJob& job)
    {
        const Instant now = services_.clock.now();
        if (database_.dialect() == db::Dialect::postgres && job.lease_until > now)
            return false;
        return database_.write([&](db::Tx& tx) {
            ImportJob taken = job;
            taken.lease_until = now + lease;
            taken.header = json::serialize(header_list(rows_->header()));
            taken.trouble.clear();
            if (!update_job(tx, job, taken) ||
                !change_job(tx, services_, taken, ImportState::running))
                return false;
            job = taken;
            return true;
        });
    }

    [[nodiscard]] Result<ImportJob> end(ImportJob job, ImportState state)
    {
        const bool is_ours = database_.write([&](db::Tx& tx) {
            ImportJob ended = job;
            ended.lease_until = {};
            if (state == ImportState::done)
                ended.bytes_done = ended.bytes_total;
            if (!change_job(tx, services_, ended, state))
                return false;
            job = ended;
            return true;
        });
        if (!is_ours)
            return deny(Denial::conflict, "import_running_elsewhere");
        report(job);
        return job;
    }

    /// Gives the lease back, so that whoever starts next goes on at once.
    [[nodiscard]] ImportJob leave(ImportJob job)
    {
        database_.write([&](db::Tx& tx) {
            ImportJob left = job;
            left.lease_until = {};
            static_cast<void>(update_job(tx, job, left));
        });
        return job;
    }

    /// The reader comes by the same lines every time, so it stops exactly before the row.
    void skip_to(std::int64_t line)
    {
        CsvRow done;
        while (reader_->line() < line && reader_->next(done)) {
        }
    }

    [[nodiscard]] std::vector<Prepared> read_batch()
    {
        std::vector<Prepared> batch;
        batch.reserve(batch_rows);
        std::size_t bytes = 0;
        const RowOrigin origin{facts_.hash, services_.clock.now()};
        while (batch.size() < batch_rows && bytes < batch_bytes) {
            CsvRow row;
            if (!reader_->next(row))
                break;
            bytes += size_of(row);
            auto inbound = rows_->to_inbound(row, origin);
            batch.push_back({std::move(row), std::move(inbound)});
        }
        return batch;
    }

    [[nodiscard]] bool write_batch(const std::vector<Prepared>& batch, ImportJob& job)
    {
        const std::int64_t next_line = reader_->line();
        const auto bytes_done = static_cast<std::int64_t>(text_->bytes_done());
        const auto after = database_.write([&](db::Tx& tx) -> Result<ImportJob> {
            ImportJob changed = job;
            changed.next_line = next_line;
            changed.bytes_done = bytes_done;
            changed.updated_at = services_.clock.now();
            changed.lease_until = changed.updated_at + lease;
            for (const auto& one : batch)
                write_row(tx, one, changed);
            if (!update_job(tx, job, changed))
                return deny(Denial::conflict, "import_running_elsewhere");
            return changed;
        });
        if (!after)
            return false;
        job = *after;
        return true;
    }

    void write_row(db::Tx& tx, const Prepared& one, ImportJob& job)
    {
        ++job.row_count;
        const auto refuse = [&](const Denied& denied) {
            ++job.rejected;
            add_reject(tx, job.id, one.row, denied);
        };
        if (!one.inbound)
            return refuse(one.inbound.error());
        const Terms terms{order_.actor, Unwanted::refuse};
        const auto outcome = accept(tx, services_, *one.inbound, terms);
        if (!outcome)
            return refuse(outcome.error());
        ++(outcome->fate == Fate::duplicate ? job.duplicates : job.imported);
    }

    void report(const ImportJob& job) const
    {
        if (!watch_.progress)
            return;
        const auto elapsed_us = (services_.clock.now() - started_at_).count();
        const auto rows = job.row_count - rows_before_;
        watch_.progress({
            .row_count = job.row_count,
            .imported = job.imported,
            .duplicates = job.duplicates,
            .rejected = job.rejected,
            .bytes_done = job.bytes_done,
            .bytes_total = job.bytes_total,
            .rows_per_s = elapsed_us > 0 ? rows * 1'000'000 / elapsed_us : 0,
        });
    }

    db::Database& database_;
    const Services& services_;
    const ImportOrder& order_;
    const ImportWatch& watch_;
    FileFacts facts_;
    std::unique_ptr<std::istream> file_;
    std::optional<TextStream> text_;
    std::optional<CsvReader> reader_;
    std::optional<RowMapping> rows_;
    Instant started_at_;
    std::int64_t rows_before_{};
};

}  // namespace

Result<ImportJob> run_import(
    db::Database& database,
    const Services& services,
    const ImportOrder& order,
    const ImportWatch& watch
)
{
    ImportRun run{database, services, order, watch};
    if (const auto opened = run.open(); !opened)
        return std::unexpected{opened.error()};
    auto job = database.write([&](db::Tx& tx) {
        const auto& facts = run.facts();
        if (auto found = find_unfinished_job(tx, facts.hash, order.mapping.hash))
            return *found;
        return create_job(
            tx,
            services,
            {.state = ImportState::waiting,
             .file_name = order.file.name,
             .file_hash = facts.hash,
             .mapping_hash = order.mapping.hash,
             .mapping = std::string{order.mapping_text},
             .content = {},
             .delimiter = order.mapping.delimiter,
             .started_by = order.actor.staff,
             .language = std::string{to_tag(order.language)},
             .bytes_total = static_cast<std::int64_t>(facts.bytes)}
        );
    });
    return run.run(std::move(job));
}

Result<ImportJob> resume_import(
    db::Database& database,
    const Services& services,
    const ImportOrder& order,
    const ImportWatch& watch,
    ImportJob job
)
{
    ImportRun run{database, services, order, watch};
    if (const auto opened = run.open(); !opened)
        return std::unexpected{opened.error()};
    return run.run(std::move(job));
}

}  // namespace redress::intake
