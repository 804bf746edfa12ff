#include "http/connection.hpp"

#include "base/hash.hpp"
#include "http/chunked.hpp"
#include "http/errand.hpp"
#include "http/event_stream.hpp"
#include "http/head.hpp"
#include "http/security.hpp"

#include <boost/asio/this_coro.hpp>

#include <algorithm>

namespace redress::http {
namespace {

using std::chrono::steady_clock;
using Deadline = Socket::Deadline;

constexpr std::size_t head_step = 4U << 10U;
constexpr std::size_t body_step = 64U << 10U;
constexpr std::size_t slowest_bytes_per_s = 16U << 10U;
constexpr std::size_t trace_id_bytes = 16;

// These are functions because g++ 12 cannot build braced lists inside a co_await expression.
HttpRefusal too_slow()
{
    return {408, {"request_too_slow", {}, {}}};
}

HttpRefusal too_large(int status, std::string_view code, std::size_t max)
{
    return {status, {std::string{code}, {}, {{"max", std::to_string(max)}}}};
}

HttpRefusal not_now(std::string_view code)
{
    return {503, {std::string{code}, {}, {}}};
}

HttpRefusal malformed(std::string_view reason)
{
    return {400, {"request_malformed", {}, {{"reason", "malformed." + std::string{reason}}}}};
}

/// The requests of one connection, one after the other. Steps return false when the connection
/// ends, having sent the answer that is due.
class Connection {
public:
    Connection(Shared& shared, Socket& socket) : shared_{shared}, socket_{socket} {}
    ~Connection() { shared_.waiting.erase(this); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // g++ 12 builds co_await inside && and ?: wrongly when it optimises, so each stands in a
    // statement of its own.
    net::awaitable<void> run()
    {
        for (bool goes_on = true; goes_on;) {
            goes_on = co_await read_head();
            if (goes_on)
                goes_on = co_await serve_one();
        }
        if (has_answered_last_)
            co_await socket_.finish(options().body_limit_time);
    }

private:
    [[nodiscard]] const Options& options() const { return shared_.options; }
    [[nodiscard]] Request& request() { return head_.request; }

    net::awaitable<bool> read_head()
    {
        head_ = {};
        if (buffer_.starts_with("\r\n"))
            buffer_.erase(0, 2);  // RFC 9112, 2.2: some clients end a body with one line too many
        if (buffer_.empty()) {
            const bool has_begun = co_await wait_for_request();
            if (!has_begun)
                co_return false;
        }
        const auto max = options().max_head_bytes;
        const auto deadline = steady_clock::now() + options().head_limit;
        HeadScanner scanner;
        auto state = scanner.scan(buffer_);
        while (state == HeadScanner::State::needs_more && buffer_.size() < max) {
            const auto error = co_await socket_.read_more(buffer_, head_step, deadline);
            if (error)
                co_return co_await end_early(error);
            state = scanner.scan(buffer_);
        }
        started_ = steady_clock::now();
        if (state == HeadScanner::State::is_malformed)
            co_return co_await end_with(malformed("bytes"));
        if (state == HeadScanner::State::needs_more || scanner.size() > max)
            co_return co_await end_with(too_large(431, "head_too_large", max));
        co_return co_await take_head(scanner.size());
    }

    /// Between requests a connection may be ended at any time.
    net::awaitable<bool> wait_for_request()
    {
        if (shared_.is_stopping)
            co_return false;
        shared_.waiting.emplace(this, [this] { socket_.cancel(); });
        const auto error = co_await socket_.read_some(
            buffer_,
            head_step,
            steady_clock::now() + options().idle_limit
        );
        shared_.waiting.erase(this);
        co_return !error;
    }

    net::awaitable<bool> take_head(std::size_t size)
    {
        auto head = parse_head(std::string_view{buffer_}.substr(0, size));
        if (!head)
            co_return co_await end_with(std::move(head.error()));
        head_ = std::move(*head);
        buffer_.erase(0, size);
        request().trace_id = random_hex(trace_id_bytes);
        request().remote_address = client_address(options(), socket_.peer(), request());
        request().is_tls = socket_.is_tls();
        co_return true;
    }

    net::awaitable<bool> serve_one()
    {
        const bool is_whole = co_await read_body();
        if (!is_whole)
            co_return false;
        auto response = co_await answer();
        const bool keeps_alive =
            head_.wants_keep_alive && !shared_.is_stopping && !is_outcome_unknown_;
        if (response.stream)
            co_return co_await stream(response);
        has_answered_last_ = !keeps_alive;
        const bool is_sent = co_await send(response, keeps_alive);
        co_return is_sent&& keeps_alive;
    }

    net::awaitable<bool> read_body()
    {
        const auto max = shared_.body_limit_of(request());
        if (head_.content_length > max && !may_cut())
            co_return co_await end_with(too_large(413, "body_too_large", max));
        if (head_.content_length == 0 && !head_.is_chunked)
            co_return true;
        if (head_.expects_continue && buffer_.empty()) {
            const bool is_told = co_await socket_.write_all(
                "HTTP/1.1 100 Continue\r\n\r\n",
                {},
                options().write_limit
            );
            if (!is_told)
                co_return false;
        }
        const auto begun = steady_clock::now();
        if (head_.is_chunked)
            co_return co_await read_chunked(max, begun);
        const auto length = std::min<std::uint64_t>(head_.content_length, max);
        const bool is_read = co_await read_counted(length, begun);
        if (!is_read || length == head_.content_length)
            co_return is_read;
        request().is_cut = true;
        co_return co_await skip(head_.content_length - length, begun);
    }

    [[nodiscard]] bool may_cut()
    {
        return head_.content_length <= options().max_cut_body && options().keeps_beginning &&
               options().keeps_beginning(request());
    }

    /// A slow line is no attack, a client that stands still is: the time grows with what has
    /// arrived.
    [[nodiscard]] Deadline body_deadline(Deadline begun, std::size_t arrived) const
    {
        return begun + options().body_limit_time +
               std::chrono::seconds{arrived / slowest_bytes_per_s};
    }

    net::awaitable<bool> read_counted(std::size_t length, Deadline begun)
    {
        auto& body = request().body;
        const auto at_hand = std::min(length, buffer_.size());
        body.assign(buffer_, 0, at_hand);
        buffer_.erase(0, at_hand);
        while (body.size() < length) {
            // Room grows with what has arrived, not with what was announced.
            const auto step = std::min(length - body.size(), std::max(body_step, body.size()));
            const auto error =
                co_await socket_.read_more(body, step, body_deadline(begun, body.size()));
            if (error)
                co_return co_await end_early(error);
        }
        co_return true;
    }

    /// Reads what nobody keeps, so that the client comes to the end of what it sends and listens.
    net::awaitable<bool> skip(std::size_t length, Deadline begun)
    {
        auto arrived = request().body.size();
        while (length > buffer_.size()) {
            length -= buffer_.size();
            arrived += buffer_.size();
            buffer_.clear();
            const auto error = co_await socket_.read_more(
                buffer_,
                std::min(length, body_step),
                body_deadline(begun, arrived)
            );
            if (error)
                co_return co_await end_early(error);
        }
        buffer_.erase(0, length);
        co_return true;
    }

    net::awaitable<bool> read_chunked(std::size_t max, Deadline begun)
    {
        ChunkedBody chunks{max};
        auto& body = request().body;
        for (;;) {
            std::string_view bytes{buffer_};
            const auto state = chunks.feed(bytes, body);
            buffer_.erase(0, buffer_.size() - bytes.size());
            if (state == ChunkedBody::State::is_complete)
                co_return true;
            if (state == ChunkedBody::State::is_too_large)
                co_return co_await end_with(too_large(413, "body_too_large", max));
            if (state == ChunkedBody::State::is_malformed)
                co_return co_await end_with(malformed("chunk"));
            const auto error =
                co_await socket_.read_more(buffer_, body_step, body_deadline(begun, body.size()));
            if (error)
                co_return co_await end_early(error);
        }
    }

    net::awaitable<Response> answer()
    {
        const auto errand = std::make_shared<Errand>(co_await net::this_coro::executor);
        errand->request = std::move(request());
        const auto work = [errand, &shared = shared_] {
            errand->response = shared.answer(errand->request);
        };
        const bool is_taken =
            co_await run_on_worker(shared_.workers, errand, work, options().handler_limit);
        is_outcome_unknown_ = is_taken && !errand->is_done;
        if (is_outcome_unknown_) {
            head_.request = errand->request;  // a copy: the worker still reads it
            co_return refuse(not_now("answer_too_slow"), request());
        }
        head_.request = std::move(errand->request);
        if (!is_taken)
            co_return refuse(not_now("busy"), request());
        co_return std::move(errand->response);
    }

    net::awaitable<bool> send(Response& response, bool keeps_alive)
    {
        add_security_headers(response, socket_.is_tls());
        const Framing framing{
            .is_http_1_0 = head_.is_http_1_0,
            .keeps_alive = keeps_alive,
            .date = shared_.date_now()};
        const auto head = head_of(response, framing);
        const bool is_bare = request().method == "HEAD" || !has_content(response.status);
        const auto content = is_bare ? std::string_view{} : response.content();
        const bool is_sent = co_await socket_.write_all(head, content, options().write_limit);
        log(response);
        co_return is_sent;
    }

    net::awaitable<bool> stream(Response& response)
    {
        const auto events = std::move(response.stream);
        response.content_type = "text/event-stream";
        response.set("X-Accel-Buffering", "no");
        add_security_headers(response, socket_.is_tls());
        const Framing framing{
            .is_http_1_0 = head_.is_http_1_0,
            .is_stream = true,
            .date = shared_.date_now()};
        const auto head = head_of(response, framing);
        const bool is_sent = co_await socket_.write_all(head, {}, options().write_limit);
        log(response);
        has_answered_last_ = is_sent;
        if (!is_sent || request().method == "HEAD" || shared_.is_stopping)
            co_return false;
        buffer_ = {};
        shared_.waiting.emplace(this, [events] { events->close(); });
        co_await send_events(shared_, socket_, events, !head_.is_http_1_0);
        co_return false;
    }

    net::awaitable<bool> end_with(HttpRefusal refusal)
    {
        if (request().trace_id.empty())
            request().trace_id = random_hex(trace_id_bytes);
        auto response = refuse(refusal, request());
        has_answered_last_ = true;
        co_await send(response, false);
        co_return false;
    }

    /// The client stopped in the middle: too slow deserves an answer, gone has nobody to answer.
    net::awaitable<bool> end_early(Socket::ErrorCode error)
    {
        if (!is_late(error))
            co_return false;
        co_return co_await end_with(too_slow());
    }

    void log(const Response& response)
    {
        using std::chrono::duration_cast;
        if (!options().log)
            return;
        options().log({
            .method = request().method.empty() ? std::string_view{"-"} : request().method,
            .route = response.route.empty() ? std::string_view{"-"} : response.route,
            .status = response.status,
            .duration = duration_cast<std::chrono::microseconds>(steady_clock::now() - started_),
            .trace_id = request().trace_id,
        });
    }

    Shared& shared_;
    Socket& socket_;
    std::string buffer_;
    Head head_;
    Deadline started_;
    bool has_answered_last_{};
    bool is_outcome_unknown_{};
};

}  // namespace

net::awaitable<void> serve(Shared& shared, Socket socket)
{
    const auto failed = co_await socket.handshake(steady_clock::now() + shared.options.head_limit);
    if (!failed) {
        Connection connection{shared, socket};
        co_await connection.run();
    }
}

}  // namespace redress::http
