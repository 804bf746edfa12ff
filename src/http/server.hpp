#pragma once

#include "base/clock.hpp"
#include "http/access_log.hpp"
#include "http/message.hpp"

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace redress::http {

/// Limits and addresses of one listener. Everything a stranger can make grow has an upper bound.
struct Options {
    std::string address{"127.0.0.1"};
    std::uint16_t port{8080};            ///< 0: the system chooses; see Server::port()
    std::string tls_certificate_file{};  ///< PEM chain; empty: plain HTTP
    std::string tls_key_file{};          ///< PEM

    unsigned workers{32};          ///< threads that run handlers
    std::size_t max_queued{1024};  ///< requests waiting for a worker; beyond: 503 with Retry-After
    std::size_t max_connections{12'000};
    std::size_t max_head_bytes{16U << 10U};  ///< request line and headers; beyond: 431
    std::size_t max_body{8U << 20U};         ///< bytes; beyond: 413

    std::chrono::milliseconds head_limit{
        10'000};  ///< from the first byte to the end of the headers
    std::chrono::milliseconds body_limit_time{10'000};  ///< plus a second for each 16 KiB that came
    std::chrono::milliseconds idle_limit{60'000};       ///< between requests
    std::chrono::milliseconds write_limit{30'000};      ///< without the client taking anything
    std::chrono::milliseconds handler_limit{
        30'000};  ///< then 503: the outcome is unknown to the client
    std::chrono::milliseconds drain_limit{10'000};  ///< for stop() to finish what was accepted
    std::chrono::milliseconds heartbeat{15'000};    ///< comment on quiet event streams

    /// Peers whose X-Forwarded-For is believed (its last entry), as plain addresses.
    std::vector<std::string> trusted_proxies{};
    /// Body limit of a request of which only the head is known; unset: max_body. At most 32 MiB.
    std::function<std::size_t(const Request&)> body_limit{};
    /// Whether a longer body than that is read to its end, at most max_cut_body, and only its
    /// beginning kept (Request::is_cut), so that a person can be told kindly; unset: 413.
    std::function<bool(const Request&)> keeps_beginning{};
    std::size_t max_cut_body{256U << 20U};  ///< bytes
    /// Called once per answer on the I/O thread; must not block.
    std::function<void(const AccessLine&)> log{};
    /// For the Date header; unset: none is sent.
    const Clock* clock{};
};

/// Runs on a worker thread; plain blocking code. What it throws becomes 500.
using Handler = std::function<Response(const Request&)>;

/// An HTTP/1.1 listener: one I/O thread, a bounded pool of blocking workers. Keep-alive,
/// pipelining, Expect: 100-continue, TLS 1.2+, event streams. A process may have several (the
/// metrics listener). Throws std::system_error (or a class derived from std::exception) when the
/// address or the certificate cannot be used. Methods may be called from any thread but not
/// concurrently.
class Server {
public:
    Server(Options options, Handler handler);
    ~Server();
    Server(const Server&) = delete;
    Server& operator=(const Server&) = delete;

    /// Begins to accept; returns at once.
    void start();
    /// Accepts nothing more, finishes what was accepted (at most drain_limit), ends event streams.
    void stop();
    /// start(), waits for SIGINT or SIGTERM, stop().
    void run_until_signal();
    [[nodiscard]] std::uint16_t port() const;

private:
    struct Listener;
    std::unique_ptr<Listener> listener_;
};

}  // namespace redress::http
