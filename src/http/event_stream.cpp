#include "http/event_stream.hpp"

#include <boost/asio/experimental/awaitable_operators.hpp>
#include <boost/asio/this_coro.hpp>
#include <fmt/format.h>

#include <functional>

namespace redress::http {
namespace {

constexpr std::string_view first_words = "retry: 2000\n\n";
constexpr std::string_view heartbeat = ":\n\n";

/// One stream on its way to one client.
struct Delivery {
    Shared& shared;
    Socket& socket;
    std::shared_ptr<Stream> stream;
    bool is_chunked{};
    std::shared_ptr<net::steady_timer> wake;
};

/// Publishers wake us from their threads; they must not when we are gone.
class WakeUp {
public:
    explicit WakeUp(const Delivery& delivery) : stream_{*delivery.stream}
    {
        stream_.on_wake([executor = delivery.wake->get_executor(),
                         weak = std::weak_ptr{delivery.wake}] {
            net::post(executor, [weak] {
                if (const auto timer = weak.lock())
                    timer->cancel();
            });
        });
    }
    ~WakeUp() { stream_.on_wake({}); }
    WakeUp(const WakeUp&) = delete;
    WakeUp& operator=(const WakeUp&) = delete;

private:
    Stream& stream_;
};

net::awaitable<bool> write(Delivery& delivery, std::string_view frames)
{
    const auto limit = delivery.shared.options.write_limit;
    if (!delivery.is_chunked)
        co_return co_await delivery.socket.write_all(frames, {}, limit);
    const auto chunk = fmt::format("{:x}\r\n{}\r\n", frames.size(), frames);
    co_return co_await delivery.socket.write_all(chunk, {}, limit);
}

net::awaitable<bool> replay(Delivery& delivery)
{
    const auto errand = std::make_shared<Errand>(delivery.wake->get_executor());
    auto& shared = delivery.shared;
    // Named: g++ 12 destroys a temporary closure twice when it goes into a coroutine's parameter.
    const std::function<void()> work = [stream = delivery.stream] { stream->replay(); };
    const bool is_taken =
        co_await run_on_worker(shared.workers, errand, work, shared.options.handler_limit);
    co_return is_taken && errand->is_done;
}

/// Waits for something to send; true when nothing came and a sign of life is due.
net::awaitable<bool> is_quiet(Delivery& delivery)
{
    delivery.wake->expires_after(delivery.shared.options.heartbeat);
    const auto [error] = co_await delivery.wake->async_wait(net::as_tuple(net::use_awaitable));
    co_return !error;
}

net::awaitable<void> pump(Delivery& delivery)
{
    const WakeUp wake_up{delivery};
    bool is_there = co_await write(delivery, first_words);
    while (is_there) {
        const auto batch = delivery.stream->take();
        if (!batch.frames.empty())
            is_there = co_await write(delivery, batch.frames);
        if (!is_there || batch.is_closed)
            break;
        if (batch.must_replay) {
            const bool is_replayed = co_await replay(delivery);
            if (!is_replayed)
                break;
        }
        if (batch.must_replay || !batch.frames.empty())
            continue;
        const bool is_idle = co_await is_quiet(delivery);
        if (is_idle)
            is_there = co_await write(delivery, heartbeat);
    }
    if (!is_there)
        co_return;
    if (delivery.is_chunked)
        co_await delivery.socket.write_all("0\r\n\r\n", {}, delivery.shared.options.write_limit);
}

}  // namespace

net::awaitable<void>
send_events(Shared& shared, Socket& socket, std::shared_ptr<Stream> stream, bool is_chunked)
{
    using namespace net::experimental::awaitable_operators;
    const auto executor = co_await net::this_coro::executor;
    auto wake = std::make_shared<net::steady_timer>(executor);
    Delivery delivery{shared, socket, std::move(stream), is_chunked, std::move(wake)};
    co_await (socket.wait_for_end() || pump(delivery));
}

}  // namespace redress::http
