#include "http/socket.hpp"

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <algorithm>
#include <array>
#include <memory>
#include <tuple>

namespace redress::http {
namespace {

using std::chrono::steady_clock;

constexpr auto aw = net::as_tuple(net::use_awaitable);
constexpr std::chrono::seconds quiet_limit{2};
constexpr std::size_t max_ignored_bytes = std::size_t{64} << 20U;
constexpr std::size_t ignored_step = 16U << 10U;

}  // namespace

bool is_late(const Socket::ErrorCode& error)
{
    return error == boost::beast::error::timeout;
}

Socket::Socket(net::ip::tcp::socket socket, net::ssl::context* tls)
    : stream_{std::in_place_type<Stream>, std::move(socket)}
{
    ErrorCode ignored;
    auto& plain = std::get<Stream>(stream_);
    plain.socket().set_option(net::ip::tcp::no_delay{true}, ignored);
    peer_ = plain.socket().remote_endpoint(ignored).address().to_string();
    if (tls != nullptr) {
        Stream moved{std::move(plain)};
        stream_.emplace<TlsStream>(std::move(moved), *tls);
    }
}

Socket::Stream& Socket::lowest()
{
    auto* tls = std::get_if<TlsStream>(&stream_);
    return tls == nullptr ? std::get<Stream>(stream_) : boost::beast::get_lowest_layer(*tls);
}

net::awaitable<Socket::ErrorCode> Socket::handshake(Deadline deadline)
{
    auto* tls = std::get_if<TlsStream>(&stream_);
    if (tls == nullptr)
        co_return ErrorCode{};
    lowest().expires_at(deadline);
    const auto [error] = co_await tls->async_handshake(net::ssl::stream_base::server, aw);
    co_return error;
}

/// What a read or write gives: no structured binding and no ?: with co_await, which g++ 12 builds
/// wrongly.
using Transfer = std::tuple<Socket::ErrorCode, std::size_t>;

net::awaitable<Socket::ErrorCode>
Socket::read_some(std::string& to, std::size_t step, Deadline deadline)
{
    const auto before = to.size();
    to.resize(before + step);
    lowest().expires_at(deadline);
    const net::mutable_buffer into{to.data() + before, step};
    auto* tls = std::get_if<TlsStream>(&stream_);
    Transfer done;
    if (tls == nullptr)
        done = co_await std::get<Stream>(stream_).async_read_some(into, aw);
    else
        done = co_await tls->async_read_some(into, aw);
    to.resize(before + std::get<std::size_t>(done));
    co_return std::get<ErrorCode>(done);
}

net::awaitable<Socket::ErrorCode>
Socket::read_more(std::string& to, std::size_t step, Deadline deadline)
{
    // Beast's own timer would close the connection. The timer's word counts only while this read
    // lasts.
    net::steady_timer timer{lowest().get_executor(), deadline};
    const auto reading = std::make_shared<bool>(true);
    timer.async_wait([this, still = std::weak_ptr{reading}](const ErrorCode& error) {
        if (!error && !still.expired())
            cancel();
    });
    const auto error = co_await read_some(to, step, Deadline::max());
    const bool is_over = error == net::error::operation_aborted && steady_clock::now() >= deadline;
    co_return is_over ? ErrorCode{boost::beast::error::timeout} : error;
}

net::awaitable<bool>
Socket::write_all(std::string_view head, std::string_view content, std::chrono::milliseconds limit)
{
    std::array<net::const_buffer, 2> buffers{net::buffer(head), net::buffer(content)};
    auto* tls = std::get_if<TlsStream>(&stream_);
    while (net::buffer_size(buffers) > 0) {
        lowest().expires_after(limit);
        Transfer done;
        if (tls == nullptr)
            done = co_await std::get<Stream>(stream_).async_write_some(buffers, aw);
        else
            done = co_await tls->async_write_some(buffers, aw);
        if (std::get<ErrorCode>(done))
            co_return false;
        const auto size = std::get<std::size_t>(done);
        const auto of_head = std::min(size, buffers[0].size());
        buffers[0] += of_head;
        buffers[1] += size - of_head;
    }
    co_return true;
}

net::awaitable<void> Socket::wait_for_end()
{
    std::string ignored;
    for (ErrorCode error; !error; ignored.clear())
        error = co_await read_some(ignored, 64, Deadline::max());
}

net::awaitable<void> Socket::finish(std::chrono::milliseconds limit)
{
    const auto deadline = steady_clock::now() + limit;
    const auto soon = [&] { return std::min(deadline, steady_clock::now() + quiet_limit); };
    if (auto* tls = std::get_if<TlsStream>(&stream_)) {
        lowest().expires_at(soon());
        // Only our own close_notify matters, and that goes out before the client's is waited for.
        co_await tls->async_shutdown(aw);
    }
    ErrorCode failed;
    lowest().socket().shutdown(net::ip::tcp::socket::shutdown_send, failed);
    std::string ignored(ignored_step, '\0');
    for (std::size_t size = 0; size < max_ignored_bytes && steady_clock::now() < deadline;) {
        lowest().expires_at(soon());
        const auto [error, more] = co_await lowest().async_read_some(net::buffer(ignored), aw);
        if (error)
            break;
        size += more;
    }
}

}  // namespace redress::http
