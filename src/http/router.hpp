#pragma once

#include "http/route.hpp"

#include <functional>
#include <memory>
#include <optional>
#include <string_view>

namespace redress::http {

/// What the application fills in. An empty function is skipped. Order: authenticate, limit,
/// authorise, then the handler, wrapped in `once` where the route needs an idempotency key.
struct Middleware {
    /// Who asks: sets Call::actor, and Call::lang where it is known. Runs for every matched route.
    std::function<Result<void>(Call&)> authenticate{};
    /// May add headers to Call::headers, which also reach refusals.
    std::function<Result<void>(Call&)> limit{};
    /// Whether the actor has Route::permission.
    std::function<Result<void>(Call&)> authorise{};
    /// Runs `handler` unless this key was answered before, and then gives that answer.
    std::function<Response(Call&, const std::function<Response(Call&)>& handler)> once{};
    /// Whether an exception means a broken world (503) rather than a bug (500).
    std::function<bool(const std::exception&)> is_fault{};
    /// Told what a handler threw; the answer has only the trace id. `route` is a pattern.
    std::function<void(const Request&, std::string_view route, const std::exception&)>
        on_exception{};
    /// For paths that match no route (pages, assets); an empty answer means 404.
    std::function<std::optional<Response>(const Request&)> otherwise{};
};

/// Finds the route of a request and runs it. Immutable, any thread.
/// Throws std::logic_error for a table with two rows of one method and path or a malformed pattern.
class Router {
public:
    Router(RouteTable table, Middleware middleware);
    ~Router();

    /// 404 and 405 (with Allow), HEAD as GET, refusals and exceptions as problem+json. Throws
    /// nothing.
    [[nodiscard]] Response operator()(const Request& request) const;
    /// For Options::body_limit.
    [[nodiscard]] std::size_t body_limit(const Request& head, std::size_t otherwise) const;
    /// For Options::keeps_beginning.
    [[nodiscard]] bool keeps_beginning(const Request& head) const;
    [[nodiscard]] const RouteTable& table() const { return table_; }

private:
    struct Node;
    struct Match;

    void add(const Route& route);
    [[nodiscard]] Match match(const Request& request) const;
    [[nodiscard]] Response answer(const Request& request, const Match& match) const;
    [[nodiscard]] Response run(Call& call) const;
    [[nodiscard]] Result<void> admit(Call& call) const;

    const RouteTable table_;
    const Middleware middleware_;
    std::unique_ptr<Node> root_;
};

}  // namespace redress::http
