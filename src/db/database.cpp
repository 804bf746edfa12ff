#include "db/database.hpp"

#include "db/migration.hpp"
#include "db/pool.hpp"
#include "db/writer.hpp"

namespace redress::db {

namespace {

/// A snapshot, for as long as it lives.
class Snapshot {
public:
    explicit Snapshot(Connection& connection) : connection_{connection}
    {
        connection_.begin(Access::read_only);
    }
    ~Snapshot() { connection_.rollback(); }
    Snapshot(const Snapshot&) = delete;
    Snapshot& operator=(const Snapshot&) = delete;

private:
    Connection& connection_;
};

constexpr Query<std::string> check_sqlite_pages{
    "db.check_sqlite_pages",
    "pragma integrity_check(20)"};
constexpr Query<std::string> check_sqlite_references{
    "db.check_sqlite_references",
    R"sql(select 'row ' || coalesce(rowid, '?') || ' of ' || "table" || ' refers to no row of ' || "parent"
from pragma_foreign_key_check() limit 20)sql"};
constexpr Query<std::string> check_postgres_catalogue{
    "db.check_postgres_catalogue",
    R"sql(select 'the index ' || indexrelid::regclass || ' is not valid' from pg_index where not indisvalid
union all
select 'the constraint ' || conname || ' was never validated' from pg_constraint where not convalidated
limit 20)sql"};

/// One line for each thing wrong.
std::vector<std::string> find_damage(Tx& tx)
{
    if (tx.dialect() == Dialect::postgres)
        return tx.all(check_postgres_catalogue);
    std::vector<std::string> damage = tx.all(check_sqlite_pages);
    std::erase(damage, "ok");
    for (std::string& line : tx.all(check_sqlite_references))
        damage.push_back(std::move(line));
    return damage;
}

}  // namespace

struct Database::Parts {
    explicit Parts(const Options& options)
        : engine{make_engine(options)},
          pool{
              *engine,
              options.readers > 0 ? options.readers : engine->default_readers(),
              options.write_timeout}
    {
        if (options.purpose == Purpose::open)
            writer = std::make_unique<Writer>(*engine, options);
    }

    std::unique_ptr<Engine> engine;
    Pool pool;
    /// Empty when opened to inspect.
    std::unique_ptr<Writer> writer;
};

Database::Database(const Options& options) : parts_{std::make_unique<Parts>(options)} {}

Database::~Database() = default;

void Database::set_batch_hooks(BatchHooks hooks)
{
    if (parts_->writer)
        parts_->writer->set_hooks(std::move(hooks));
}

void Database::run_read(const std::function<void(Tx&)>& work)
{
    for (int attempt = 1;; ++attempt) {
        try {
            const Pool::Lease lease = parts_->pool.take();
            const Snapshot snapshot{*lease};
            Tx tx{*lease};
            work(tx);
            return;
        } catch (const Fault& fault) {
            // A server that was restarted leaves dead sessions behind; a fresh one may well work.
            if (fault.kind() != FaultKind::disconnected || attempt == 2)
                throw;
            parts_->pool.close_idle();
        }
    }
}

void Database::run_write(const std::function<detail::Verdict(Tx&)>& work)
{
    if (!parts_->writer)
        throw Fault{FaultKind::other, "the database was opened to be inspected, not to be written"};
    parts_->writer->run(work);
}

void Database::migrate(std::span<const embedded::File> files, Instant now)
{
    const auto connection = parts_->engine->connect(Role::upkeep);
    db::migrate(*connection, files, now);
}

int Database::schema_version()
{
    return read([](Tx& tx) { return db::schema_version(tx); });
}

Dialect Database::dialect() const
{
    return parts_->engine->dialect();
}

Figures Database::figures() const
{
    return parts_->writer ? parts_->writer->figures() : Figures{};
}

void Database::backup_to(const std::filesystem::path& path)
{
    parts_->engine->backup_to(path);
}

void Database::checkpoint()
{
    parts_->engine->checkpoint();
}

std::string Database::integrity_check()
{
    const auto connection = parts_->engine->connect(Role::upkeep);
    const Snapshot snapshot{*connection};
    Tx tx{*connection};
    std::string report;
    for (const std::string& line : find_damage(tx))
        report += (report.empty() ? "" : "\n") + line;
    return report.empty() ? "ok" : report;
}

}  // namespace redress::db
