#pragma once

#include "http/answer.hpp"
#include "http/head.hpp"
#include "http/server.hpp"
#include "http/workers.hpp"

#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>

namespace redress::http {

/// What the connections of one listener share. Touched on the I/O thread only, but for answer().
struct Shared {
    Shared(Options options_given, Handler handler_given)
        : options{std::move(options_given)}, handler{std::move(handler_given)}
    {}

    const Options options;
    const Handler handler;
    Workers workers{options.workers, options.max_queued};
    bool is_stopping{};
    std::size_t connections{};
    /// How to end what only waits: connections between requests, event streams. Key: the
    /// connection.
    std::unordered_map<const void*, std::function<void()>> waiting;
    /// The Date header of this second.
    [[nodiscard]] std::string_view date_now();
    [[nodiscard]] std::size_t body_limit_of(const Request& head) const;
    /// Runs the handler; exceptions and illegal headers become 500. On a worker thread.
    [[nodiscard]] Response answer(const Request& request) const;

private:
    std::string date_;
    std::int64_t date_second_{};
};

/// The peer, or who a trusted proxy says it is.
[[nodiscard]] std::string
client_address(const Options& options, const std::string& peer, const Request& head);

/// The answer to what HTTP itself refuses, in the language the head asks for.
[[nodiscard]] Response refuse(const HttpRefusal& refusal, const Request& request);

}  // namespace redress::http
