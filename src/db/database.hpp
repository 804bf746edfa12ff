#pragma once

#include "base/embedded.hpp"
#include "base/instant.hpp"
#include "db/executed.hpp"
#include "db/fault.hpp"
#include "db/figures.hpp"
#include "db/options.hpp"
#include "db/statement.hpp"
#include "db/tx.hpp"

#include <expected>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <type_traits>
#include <utility>

namespace redress::db {

/// What the ledger adds to every batch of writes. Called on the writer thread, in this order; each
/// may be empty. A batch that starts again after a deadlock or a lost connection begins at `begin`
/// again. What `begin` or `finish` throws fails the batch; `committed` and `rolled_back` must not
/// throw.
struct BatchHooks {
    /// After BEGIN.
    std::function<void(Tx&)> begin{};
    /// Before each job.
    std::function<void()> mark{};
    /// After a job was undone: back to the last `mark`.
    std::function<void()> restore{};
    /// Before COMMIT, when at least one job succeeded.
    std::function<void(Tx&)> finish{};
    std::function<void()> committed{};
    /// After a batch that was not, or may not have been, committed.
    std::function<void()> rolled_back{};
};

namespace detail {

template <class T>
inline constexpr bool is_expected = false;
template <class T, class E>
inline constexpr bool is_expected<std::expected<T, E>> = true;

/// What becomes of a job's changes when its function returns.
enum class Verdict { keep, undo };

}  // namespace detail

/// One SQLite file or one PostgreSQL database. Any thread; calls block and throw Fault.
class Database {
public:
    /// Throws Fault{locked_by_other, corrupt, disconnected, other} when it cannot be opened.
    explicit Database(const Options& options);
    /// Carries out the writes that wait, then closes. No read may be running.
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    /// Before the first write.
    void set_batch_hooks(BatchHooks hooks);

    /// f(Tx&) on a pooled connection in a read-only snapshot. f runs again when the server went
    /// away meanwhile, so it must have no effects of its own. A read inside a read takes a second
    /// connection.
    template <class F>
    auto read(F&& f)
    {
        using Answer = std::invoke_result_t<F&, Tx&>;
        if constexpr (std::is_void_v<Answer>) {
            run_read([&f](Tx& tx) { f(tx); });
        } else {
            std::optional<Answer> answer;
            run_read([&f, &answer](Tx& tx) { answer.emplace(f(tx)); });
            return std::move(answer).value();
        }
    }

    /// f(Tx&) in its turn on the writer thread, in a batch with others; returns when the COMMIT is
    /// durable and rethrows what f threw. A throw, or a std::expected that holds an error, undoes
    /// this f's changes and no other's. f runs again after a deadlock or a lost connection: what it
    /// changes in memory must come out the same. A write inside a write is a bug.
    template <class F>
    auto write(F&& f)
    {
        using Answer = std::invoke_result_t<F&, Tx&>;
        if constexpr (std::is_void_v<Answer>) {
            run_write([&f](Tx& tx) {
                f(tx);
                return detail::Verdict::keep;
            });
        } else {
            std::optional<Answer> answer;
            run_write([&f, &answer](Tx& tx) {
                answer.emplace(f(tx));
                if constexpr (detail::is_expected<Answer>)
                    return answer->has_value() ? detail::Verdict::keep : detail::Verdict::undo;
                else
                    return detail::Verdict::keep;
            });
            return std::move(answer).value();
        }
    }

    /// See db/migration.hpp.
    void migrate(std::span<const embedded::File> files, Instant now);
    [[nodiscard]] int schema_version();

    [[nodiscard]] Dialect dialect() const;
    [[nodiscard]] Figures figures() const;

    /// SQLite: a copy of this moment at `path`, whole or not at all; `path` must not exist.
    /// PostgreSQL: Fault{other}.
    void backup_to(const std::filesystem::path& path);
    /// SQLite: moves the write-ahead log into the file. PostgreSQL does that by itself.
    void checkpoint();
    /// "ok", or what is wrong, one line each.
    [[nodiscard]] std::string integrity_check();

private:
    void run_read(const std::function<void(Tx&)>& work);
    void run_write(const std::function<detail::Verdict(Tx&)>& work);

    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace redress::db
