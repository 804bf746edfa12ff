#pragma once

#include "app/metrics.hpp"
#include "app/program.hpp"
#include "http/rate_limiter.hpp"
#include "http/router.hpp"

#include <memory>

namespace redress::app {

/// The listener's side of the house: who asks, how often, with which right, and pages beside the
/// API.
class Web {
public:
    Web(Program& program, Metrics& metrics);
    ~Web();

    [[nodiscard]] http::Handler handler();
    [[nodiscard]] std::function<std::size_t(const http::Request&)> body_limit();
    [[nodiscard]] std::function<bool(const http::Request&)> keeps_beginning();
    [[nodiscard]] const http::RouteTable& table() const;

private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

/// The OpenAPI 3.1 document of all routes.
[[nodiscard]] std::string openapi_of(const http::RouteTable& table);

}  // namespace redress::app
