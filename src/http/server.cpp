#include "http/server.hpp"

#include "http/connection.hpp"
#include "http/security.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/signal_set.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <csignal>
#include <optional>
#include <thread>

namespace redress::http {
namespace {

using net::ip::tcp;

constexpr auto aw = net::as_tuple(net::use_awaitable);
constexpr std::chrono::milliseconds pause_after_error{50};
constexpr std::size_t max_refused_at_once = 64;

std::optional<net::ssl::context> make_tls(const Options& options)
{
    if (options.tls_certificate_file.empty())
        return std::nullopt;
    net::ssl::context tls{net::ssl::context::tls_server};
    SSL_CTX_set_min_proto_version(tls.native_handle(), TLS1_2_VERSION);
    SSL_CTX_set_options(tls.native_handle(), SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    tls.use_certificate_chain_file(options.tls_certificate_file);
    tls.use_private_key_file(options.tls_key_file, net::ssl::context::pem);
    return tls;
}

Response busy_answer()
{
    auto response = refuse({503, {"busy", {}, {}}}, {});
    add_security_headers(response, false);
    return response;
}

}  // namespace

struct Server::Listener {
    Listener(Options options, Handler handler)
        : shared{std::move(options), std::move(handler)}, tls{make_tls(shared.options)}
    {
        const tcp::endpoint endpoint{
            net::ip::make_address(shared.options.address),
            shared.options.port};
        acceptor.open(endpoint.protocol());
        acceptor.set_option(net::socket_base::reuse_address{true});
        acceptor.bind(endpoint);
        acceptor.listen();
    }

    net::awaitable<void> accept()
    {
        net::steady_timer pause{io};
        while (!shared.is_stopping) {
            auto [error, socket] = co_await acceptor.async_accept(aw);
            if (shared.is_stopping)
                co_return;
            if (error) {  // out of file descriptors, most likely: others must end first
                pause.expires_after(pause_after_error);
                co_await pause.async_wait(aw);
            } else if (shared.connections < shared.options.max_connections)
                net::co_spawn(io, converse(std::move(socket)), net::detached);
            else if (refused_at_once < max_refused_at_once)
                net::co_spawn(io, turn_away(std::move(socket)), net::detached);
        }
    }

    net::awaitable<void> converse(tcp::socket socket)
    {
        ++shared.connections;
        try {
            co_await serve(shared, Socket{std::move(socket), tls ? &*tls : nullptr});
        } catch (const std::exception&) {
            // This connection is beyond help (out of memory, no random bytes); the others are not.
        }
        if (--shared.connections == 0 && shared.is_stopping)
            io.stop();
    }

    /// With every place taken, a client is still told so; over TLS it would cost a handshake.
    net::awaitable<void> turn_away(tcp::socket accepted)
    {
        ++refused_at_once;
        Socket socket{std::move(accepted), nullptr};
        const auto response = busy_answer();
        const auto head = head_of(response, Framing{});
        bool is_sent = false;
        if (!tls)
            is_sent = co_await socket.write_all(head, response.body, pause_after_error);
        if (is_sent)
            co_await socket.finish(pause_after_error);
        --refused_at_once;
    }

    void begin_stop()
    {
        boost::system::error_code ignored;
        shared.is_stopping = true;
        acceptor.close(ignored);
        for (const auto& [connection, end] : shared.waiting)
            end();
        if (shared.connections == 0)
            io.stop();
        drain.expires_after(shared.options.drain_limit);
        drain.async_wait([this](boost::system::error_code) { io.stop(); });
    }

    void stop()
    {
        if (!io_thread.joinable())
            return;
        net::post(io, [this] { begin_stop(); });
        io_thread.join();
        shared.workers.stop();
    }

    Shared shared;
    std::optional<net::ssl::context> tls;
    std::size_t refused_at_once{};
    net::io_context io{1};
    tcp::acceptor acceptor{io};
    net::steady_timer drain{io};
    std::thread io_thread;
};

Server::Server(Options options, Handler handler)
    : listener_{std::make_unique<Listener>(std::move(options), std::move(handler))}
{}

Server::~Server()
{
    stop();
}

void Server::start()
{
    net::co_spawn(listener_->io, listener_->accept(), net::detached);
    listener_->io_thread = std::thread{[this] { listener_->io.run(); }};
}

void Server::stop()
{
    listener_->stop();
}

void Server::run_until_signal()
{
    net::io_context waiting;
    net::signal_set signals{waiting, SIGINT, SIGTERM};
    signals.async_wait([](boost::system::error_code, int) {});
    start();
    waiting.run();
    stop();
}

std::uint16_t Server::port() const
{
    return listener_->acceptor.local_endpoint().port();
}

}  // namespace redress::http
