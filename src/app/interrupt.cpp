#include "app/interrupt.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/signal_set.hpp>

#include <csignal>
#include <thread>

namespace redress::app {

struct StopOnInterrupt::Waiting {
    Waiting()
    {
        signals.async_wait([this](const boost::system::error_code& error, int) {
            if (error)
                return;
            // Without a handler the next signal does what it does to every program.
            signals.clear();
            source.request_stop();
        });
        thread = std::jthread{[this] { context.run(); }};
    }
    ~Waiting() { context.stop(); }
    Waiting(const Waiting&) = delete;
    Waiting& operator=(const Waiting&) = delete;

    boost::asio::io_context context{1};
    boost::asio::signal_set signals{context, SIGINT, SIGTERM};
    std::stop_source source;
    std::jthread thread;
};

StopOnInterrupt::StopOnInterrupt() : waiting_{std::make_unique<Waiting>()} {}

StopOnInterrupt::~StopOnInterrupt() = default;

std::stop_token StopOnInterrupt::token() const
{
    return waiting_->source.get_token();
}

}  // namespace redress::app
