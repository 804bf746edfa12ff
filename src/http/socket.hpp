#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

namespace redress::http {

namespace net = boost::asio;

/// A plain or a TLS connection whose every wait ends. For the files of this folder that see Asio
/// (socket, connection, event_stream, server); all of it runs on the I/O thread.
class Socket {
public:
    using Deadline = std::chrono::steady_clock::time_point;
    using ErrorCode = boost::system::error_code;

    /// TLS when there is a context, which must live longer than the socket.
    Socket(net::ip::tcp::socket socket, net::ssl::context* tls);

    [[nodiscard]] bool is_tls() const { return std::holds_alternative<TlsStream>(stream_); }
    [[nodiscard]] const std::string& peer() const { return peer_; }

    net::awaitable<ErrorCode> handshake(Deadline deadline);
    /// Appends what arrives, at most `step` bytes. Past the deadline the connection is closed.
    net::awaitable<ErrorCode> read_some(std::string& to, std::size_t step, Deadline deadline);
    /// The same for a client that is to be told: past the deadline is_late() holds for the error
    /// and the connection can still be written to.
    net::awaitable<ErrorCode> read_more(std::string& to, std::size_t step, Deadline deadline);
    /// false when the client has gone or takes nothing for `limit`.
    net::awaitable<bool>
    write_all(std::string_view head, std::string_view content, std::chrono::milliseconds limit);
    /// Reads and throws away, without a limit, until the client has gone.
    net::awaitable<void> wait_for_end();
    /// Says that nothing more comes and lets the client finish sending: closing at once would reset
    /// the connection and lose the answer on its way.
    net::awaitable<void> finish(std::chrono::milliseconds limit);
    /// Ends what is being waited for.
    void cancel() { lowest().cancel(); }

private:
    using Stream = boost::beast::tcp_stream;
    using TlsStream = boost::beast::ssl_stream<Stream>;

    Stream& lowest();

    std::variant<Stream, TlsStream> stream_;
    std::string peer_;
};

[[nodiscard]] bool is_late(const Socket::ErrorCode& error);

}  // namespace redress::http
