#pragma once

#include "db/connection.hpp"

#include <libpq-fe.h>

#include <array>
#include <chrono>
#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace redress::db {

class PostgresStatement;

struct PostgresSettings {
    std::string conninfo{};
    Access access = Access::read_write;
    /// Zero is without end.
    std::chrono::milliseconds statement_timeout{0};
    /// After this a server that neither works nor goes away is given up.
    std::chrono::milliseconds idle_timeout{0};
};

struct ClearResult {
    void operator()(PGresult* result) const noexcept { PQclear(result); }
};
using PostgresResult = std::unique_ptr<PGresult, ClearResult>;

/// One session of a PostgreSQL server, always in pipeline mode: BEGIN, SAVEPOINT and RELEASE travel
/// with the statement after them and cost no round trip of their own. Every wait has a deadline of
/// this side too, because the server's statement_timeout ends neither a COMMIT (which may
/// wait for a lost standby) nor a network that swallows packets.
class PostgresConnection final : public Connection {
public:
    /// Throws Fault{disconnected}.
    explicit PostgresConnection(const PostgresSettings& settings);
    ~PostgresConnection() override;
    PostgresConnection(const PostgresConnection&) = delete;
    PostgresConnection& operator=(const PostgresConnection&) = delete;

    [[nodiscard]] Dialect dialect() const override { return Dialect::postgres; }
    [[nodiscard]] Prepared& prepare(const StatementText& text) override;
    void execute(std::string_view sql) override;
    void begin(Access access) override;
    void commit() override;
    void rollback() noexcept override;
    void savepoint() override { deferred_.emplace_back("savepoint job"); }
    void release_savepoint() override { deferred_.emplace_back("release savepoint job"); }
    void rollback_to_savepoint() override;
    [[nodiscard]] bool in_transaction() const override;
    [[nodiscard]] bool is_usable() const override;

private:
    friend class PostgresStatement;
    using Time = std::chrono::steady_clock::time_point;

    void set_up(const PostgresSettings& settings);
    /// Queues one command without parameters.
    void queue(const char* sql);
    /// Queues what was deferred; gives the number of commands.
    std::size_t queue_deferred();
    /// Sends what is queued and waits for the answers, one for each of `commands`; they may be
    /// errors.
    std::vector<PostgresResult> exchange(std::size_t commands);
    /// Throws the first error among them.
    static void check(std::span<const PostgresResult> answers, std::string_view subject);
    std::vector<PostgresResult> read_answers(std::size_t commands, Time deadline);
    void wait_for_answer(Time deadline);
    void run(const char* sql);
    void check_queued(int sent);
    [[noreturn]] void give_up(std::string_view reason);
    [[noreturn]] static void fail(const PGresult* result, std::string_view subject);
    void cancel() noexcept;
    static void on_notice(void* self, const PGresult* notice);

    struct Finish {
        void operator()(PGconn* connection) const noexcept { PQfinish(connection); }
    };

    std::unique_ptr<PGconn, Finish> connection_;
    std::chrono::milliseconds patience_{0};
    std::vector<const char*> deferred_;
    std::unordered_map<const char*, std::unique_ptr<PostgresStatement>> statements_;
    bool begin_is_deferred_ = false;
    bool is_broken_ = false;
    bool standby_was_lost_ = false;
};

/// One statement of a PostgresConnection. Integers, numbers and texts go out in binary with their
/// types declared; rows come back as text.
class PostgresStatement final : public Prepared {
public:
    PostgresStatement(PostgresConnection& connection, const StatementText& text, std::string id);

    void start(std::span<const Value> values) override;
    [[nodiscard]] bool next() override;
    void finish() noexcept override;
    [[nodiscard]] int columns() const override { return PQnfields(result_.get()); }
    [[nodiscard]] std::int64_t changed() const override;
    [[nodiscard]] std::string_view name() const override { return text_.name; }
    [[nodiscard]] bool is_null(int column) const override;
    [[nodiscard]] std::int64_t integer(int column) const override;
    [[nodiscard]] double real(int column) const override;
    [[nodiscard]] std::string_view text(int column) const override;

private:
    using Bytes = std::array<char, sizeof(std::int64_t)>;

    void queue_prepare();
    void queue_execution(std::span<const Value> values);
    [[noreturn]] void wrong_type(int column, std::string_view wanted) const;

    PostgresConnection& connection_;
    StatementText text_;
    std::string id_;
    bool is_prepared_ = false;
    bool is_running_ = false;
    bool noted_ = false;
    std::vector<Bytes> numbers_;
    std::vector<const char*> bytes_;
    std::vector<int> lengths_;
    std::vector<int> formats_;
    PostgresResult result_;
    int row_ = -1;
};

}  // namespace redress::db
