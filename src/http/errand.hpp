#pragma once

#include "http/message.hpp"
#include "http/workers.hpp"

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <chrono>
#include <memory>
#include <utility>

namespace redress::http {

/// Blocking work that a connection waits for. It outlives the connection if need be, since a
/// handler cannot be stopped: only the waiting ends.
struct Errand {
    explicit Errand(const boost::asio::any_io_executor& executor) : done{executor} {}

    boost::asio::steady_timer done;
    bool is_done{};  ///< I/O thread only; `response` may be read once it is set
    Request request;
    Response response;
};

/// Has a worker run `work` (which must not throw) and waits for it, at most `limit`. false when no
/// worker could take it.
template <class Work>
boost::asio::awaitable<bool> run_on_worker(
    Workers& workers,
    std::shared_ptr<Errand> errand,
    Work work,
    std::chrono::milliseconds limit
)
{
    const bool is_taken = workers.submit([errand, work = std::move(work)] {
        work();
        boost::asio::post(errand->done.get_executor(), [errand] {
            errand->is_done = true;
            errand->done.cancel();
        });
    });
    if (is_taken) {
        errand->done.expires_after(limit);
        co_await errand->done.async_wait(boost::asio::as_tuple(boost::asio::use_awaitable));
    }
    co_return is_taken;
}

}  // namespace redress::http
