#include "db/postgres_connection.hpp"

#include "base/require.hpp"
#include "db/fault.hpp"

#include <algorithm>
#include <cerrno>
#include <poll.h>

namespace redress::db {

namespace {

constexpr int oldest_server = 150'000;
constexpr const char* connect_timeout_s = "5";
/// How much longer than the server's own statement_timeout this side waits.
constexpr std::chrono::milliseconds grace{1'000};
constexpr std::chrono::hours without_end{24 * 365};

struct StateKind {
    std::string_view state;
    FaultKind kind;
};

/// SQLSTATE or its first characters, the longest first where two would fit.
constexpr std::array state_kinds{
    StateKind{"23505", FaultKind::unique},
    StateKind{"23503", FaultKind::foreign_key},
    StateKind{"23", FaultKind::check},
    StateKind{"40001", FaultKind::serialization},
    StateKind{"40P01", FaultKind::serialization},
    StateKind{"55P03", FaultKind::busy},
    StateKind{"53300", FaultKind::busy},
    StateKind{"57014", FaultKind::timeout},
    StateKind{"25P03", FaultKind::disconnected},
    StateKind{"57P0", FaultKind::disconnected},
    StateKind{"08", FaultKind::disconnected},
    StateKind{"53100", FaultKind::disk_full},
    StateKind{"XX001", FaultKind::corrupt},
    StateKind{"XX002", FaultKind::corrupt},
    StateKind{"22", FaultKind::type},
};

FaultKind kind_of(std::string_view state)
{
    const auto* const found = std::ranges::find_if(state_kinds, [&](const StateKind& row) {
        return state.starts_with(row.state);
    });
    return found == state_kinds.end() ? FaultKind::other : found->kind;
}

std::string field(const PGresult* result, int code)
{
    const char* const text = PQresultErrorField(result, code);
    return text == nullptr ? "" : text;
}

std::string first_line(std::string_view text)
{
    return std::string{text.substr(0, text.find('\n'))};
}

bool is_error(const PGresult* result)
{
    const ExecStatusType status = PQresultStatus(result);
    return status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK;
}

}  // namespace

PostgresConnection::PostgresConnection(const PostgresSettings& settings)
{
    const std::string idle_ms = std::to_string(settings.idle_timeout.count());
    // What stands before dbname is a default that the address may override.
    const std::array<const char*, 8> keys{
        "connect_timeout",
        "application_name",
        "tcp_user_timeout",
        "target_session_attrs",
        "keepalives_idle",
        "dbname",
        "client_encoding",
        nullptr};
    const std::array<const char*, 8> values{
        connect_timeout_s,
        "redress",
        idle_ms.c_str(),
        settings.access == Access::read_write ? "read-write" : "any",
        "30",
        settings.conninfo.c_str(),
        "UTF8",
        nullptr};
    connection_.reset(PQconnectdbParams(keys.data(), values.data(), 1));
    PGconn* const raw = connection_.get();
    if (PQstatus(raw) != CONNECTION_OK)
        throw Fault{FaultKind::disconnected, "PostgreSQL: " + first_line(PQerrorMessage(raw))};
    if (PQserverVersion(raw) < oldest_server)
        throw Fault{FaultKind::other, "PostgreSQL 15 or newer is needed"};
    PQsetNoticeReceiver(raw, &on_notice, this);
    if (PQsetnonblocking(raw, 1) != 0 || PQenterPipelineMode(raw) != 1)
        throw Fault{FaultKind::disconnected, "PostgreSQL: " + first_line(PQerrorMessage(raw))};
    set_up(settings);
}

PostgresConnection::~PostgresConnection() = default;

void PostgresConnection::set_up(const PostgresSettings& settings)
{
    const auto timeout = std::to_string(settings.statement_timeout.count());
    const auto idle = std::to_string(settings.idle_timeout.count());
    patience_ =
        settings.statement_timeout.count() > 0 ? settings.statement_timeout + grace : without_end;
    run(("select set_config('statement_timeout', '" + timeout +
         "', false),"
         " set_config('idle_in_transaction_session_timeout', '" +
         idle +
         "', false),"
         // Anything weaker than waiting for this server's own disk loses acknowledged rows at a
         // power cut.
         " set_config('synchronous_commit', replace(current_setting('synchronous_commit'), 'off', 'local'), false)"
    )
            .c_str());
}

Prepared& PostgresConnection::prepare(const StatementText& text)
{
    auto& kept = statements_[text.sql.data()];
    if (!kept)
        kept = std::make_unique<PostgresStatement>(
            *this,
            text,
            "s" + std::to_string(statements_.size())
        );
    return *kept;
}

void PostgresConnection::check_queued(int sent)
{
    if (sent != 1)
        give_up(PQerrorMessage(connection_.get()));
}

void PostgresConnection::queue(const char* sql)
{
    check_queued(PQsendQueryParams(connection_.get(), sql, 0, nullptr, nullptr, nullptr, nullptr, 0)
    );
}

std::size_t PostgresConnection::queue_deferred()
{
    const std::size_t count = deferred_.size();
    for (const char* const sql : deferred_)
        queue(sql);
    deferred_.clear();
    begin_is_deferred_ = false;
    return count;
}

void PostgresConnection::wait_for_answer(Time deadline)
{
    PGconn* const raw = connection_.get();
    for (;;) {
        const int unsent = PQflush(raw);
        if (unsent < 0)
            give_up(PQerrorMessage(raw));
        if (PQisBusy(raw) == 0)
            return;
        const auto left = std::chrono::ceil<std::chrono::milliseconds>(
            deadline - std::chrono::steady_clock::now()
        );
        if (left.count() <= 0) {
            is_broken_ = true;
            throw Fault{FaultKind::timeout, "PostgreSQL did not answer in time"};
        }
        pollfd socket{
            PQsocket(raw),
            static_cast<short>(unsent == 0 ? POLLIN : POLLIN | POLLOUT),
            0};
        constexpr std::int64_t longest_poll_ms = 60'000;
        if (poll(&socket, 1, static_cast<int>(std::min(left.count(), longest_poll_ms))) < 0 &&
            errno != EINTR)
            give_up("poll failed");
        if ((socket.revents & ~POLLOUT) != 0 && PQconsumeInput(raw) == 0)
            give_up(PQerrorMessage(raw));
    }
}

std::vector<PostgresResult> PostgresConnection::read_answers(std::size_t commands, Time deadline)
{
    std::vector<PostgresResult> answers;
    std::size_t pauses = 0;
    for (;;) {
        wait_for_answer(deadline);
        PostgresResult result{PQgetResult(connection_.get())};
        if (!result) {
            // One follows each command's answer; more mean that the session is gone.
            if (++pauses > commands + 1)
                give_up(PQerrorMessage(connection_.get()));
            continue;
        }
        if (PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC)
            return answers;
        answers.push_back(std::move(result));
        if (PQstatus(connection_.get()) != CONNECTION_OK)
            give_up(PQresultErrorMessage(answers.back().get()));
    }
}

std::vector<PostgresResult> PostgresConnection::exchange(std::size_t commands)
{
    check_queued(PQpipelineSync(connection_.get()));
    auto answers = read_answers(commands, std::chrono::steady_clock::now() + patience_);
    REQUIRE_THAT(answers.size() == commands);
    return answers;
}

void PostgresConnection::check(std::span<const PostgresResult> answers, std::string_view subject)
{
    for (const PostgresResult& answer : answers)
        if (is_error(answer.get()))
            fail(answer.get(), subject);
}

void PostgresConnection::give_up(std::string_view reason)
{
    is_broken_ = true;
    throw Fault{FaultKind::disconnected, "PostgreSQL: " + first_line(reason)};
}

void PostgresConnection::fail(const PGresult* result, std::string_view subject)
{
    const std::string state = field(result, PG_DIAG_SQLSTATE);
    // DETAIL and CONTEXT are left out: they hold the values.
    throw Fault{
        kind_of(state),
        std::string{subject} + ": " + field(result, PG_DIAG_MESSAGE_PRIMARY) + " (SQLSTATE " +
            state + ")"};
}

void PostgresConnection::run(const char* sql)
{
    const std::size_t before = queue_deferred();
    queue(sql);
    check(exchange(before + 1), sql);
}

void PostgresConnection::execute(std::string_view sql)
{
    const std::string text{sql};
    const std::size_t before = queue_deferred();
    queue(text.c_str());
    check(exchange(before + 1), first_line(sql));
}

void PostgresConnection::begin(Access access)
{
    REQUIRE_THAT(deferred_.empty());
    deferred_.emplace_back(
        access == Access::read_write ? "begin isolation level read committed"
                                     : "begin isolation level repeatable read, read only"
    );
    begin_is_deferred_ = true;
}

void PostgresConnection::on_notice(void* self, const PGresult* notice)
{
    // The only warnings with these states: a COMMIT stopped waiting for its standby.
    const std::string state = field(notice, PG_DIAG_SQLSTATE);
    if (state == "57014" || state.starts_with("57P0"))
        static_cast<PostgresConnection*>(self)->standby_was_lost_ = true;
}

void PostgresConnection::commit()
{
    if (begin_is_deferred_) {
        rollback();
        return;
    }
    const std::size_t before = queue_deferred();
    queue("commit");
    standby_was_lost_ = false;
    std::vector<PostgresResult> answers;
    try {
        answers = exchange(before + 1);
    } catch (const Fault& fault) {
        if (fault.kind() == FaultKind::timeout)
            cancel();
        throw Fault{
            FaultKind::unknown_outcome,
            std::string{"the answer to COMMIT never came: "} + fault.what()};
    }
    check(answers, "commit");
    if (standby_was_lost_)
        throw Fault{
            FaultKind::unknown_outcome,
            "committed on this server, but its standby did not confirm"};
    if (std::string_view{PQcmdStatus(answers.back().get())} != "COMMIT")
        throw Fault{
            FaultKind::other,
            "commit: the transaction had failed before and was rolled back"};
}

void PostgresConnection::cancel() noexcept
{
    // Frees the server's process, which would hold its locks as long as it waits.
    const std::unique_ptr<PGcancel, decltype(&PQfreeCancel)> request{
        PQgetCancel(connection_.get()),
        &PQfreeCancel};
    std::array<char, 256> ignored{};
    if (request)
        PQcancel(request.get(), ignored.data(), static_cast<int>(ignored.size()));
}

void PostgresConnection::rollback() noexcept
{
    const bool nothing_sent = begin_is_deferred_;
    begin_is_deferred_ = false;
    deferred_.clear();
    if (nothing_sent || is_broken_)
        return;
    try {
        run("rollback");
    } catch (...) {
        is_broken_ = true;
    }
}

void PostgresConnection::rollback_to_savepoint()
{
    const std::size_t before = queue_deferred();
    queue("rollback to savepoint job");
    queue("release savepoint job");
    check(exchange(before + 2), "rollback to savepoint");
}

bool PostgresConnection::in_transaction() const
{
    if (is_broken_)
        return false;
    const PGTransactionStatusType status = PQtransactionStatus(connection_.get());
    return begin_is_deferred_ || status == PQTRANS_INTRANS || status == PQTRANS_INERROR;
}

bool PostgresConnection::is_usable() const
{
    return !is_broken_ && PQstatus(connection_.get()) == CONNECTION_OK;
}

}  // namespace redress::db
