#include "app/web.hpp"

#include "base/embedded.hpp"
#include "base/hash.hpp"
#include "db/fault.hpp"
#include "http/assets.hpp"
#include "http/conditional.hpp"
#include "http/openapi.hpp"
#include "http/problem.hpp"
#include "portal/api.hpp"
#include "staff/api_authenticate.hpp"
#include "staff/rules_permissions.hpp"

#include <map>
#include <spdlog/spdlog.h>

namespace redress::embedded {
std::span<const File> console();
std::span<const File> first_page();
}  // namespace redress::embedded

namespace redress::app {
namespace {

using http::Call;
using http::Request;
using http::Response;

/// Requests one caller may make, by what they cost. Reading is never what limits a person at a
/// screen.
http::Rate rate_of(std::string_view rate_class)
{
    using namespace std::chrono_literals;
    static const std::map<std::string_view, http::Rate> rates{
        {"write", {60'000, 60s}},
        {"stream", {1'200, 60s}},
        {"sign_in", {60, 60s}}};
    const auto found = rates.find(rate_class);
    return found == rates.end() ? http::Rate{600'000, 60s} : found->second;
}

std::string caller_key(const Call& call)
{
    const auto& caller = call.as<staff::Caller>();
    return (caller.is_known() ? caller.actor.name : call.request.remote_address) + "|" +
           call.route.rate_class;
}

constexpr std::string_view console_root = "/desk/";
constexpr std::string_view first_root = "/first/";

Response redirect_to(std::string_view path)
{
    Response response{.status = 302};
    response.set("Location", std::string{path});
    return response;
}

bool speaks_for_itself(std::string_view accept)
{
    return accept.empty();
}

}  // namespace

struct Web::Parts {
    Parts(Program& house, Metrics& figures)
        : program{house},
          metrics{figures},
          console{embedded::console()},
          first_page{embedded::first_page()},
          router{house.routes(), middleware()}
    {}

    Program& program;
    Metrics& metrics;
    http::RateLimiter limiter;
    http::Assets console;
    http::Assets first_page;
    http::Router router;

    /// A public page knows nobody: whoever is signed in is a visitor like any other there.
    Result<void> authenticate(Call& call)
    {
        if (call.route.rate_class == portal::rate_class) {
            call.actor = staff::Caller{};
            return {};
        }
        auto caller = staff::authenticate(program.staff, call.request);
        if (!caller)
            return std::unexpected{caller.error()};
        if (!caller->session.empty() && !http::is_safe(call.request.method))
            if (auto same = http::check_same_origin(call.request, ""); !same)
                return std::unexpected{same.error()};
        if (speaks_for_itself(call.request.header("accept-language")) &&
            !caller->interface_language.empty())
            call.lang = lang_of(caller->interface_language);
        call.actor = *std::move(caller);
        return {};
    }

    Result<void> limit(Call& call)
    {
        const auto rate = rate_of(call.route.rate_class);
        const auto allowance = limiter.take(caller_key(call), rate, program.clock.now());
        if (allowance.is_allowed)
            return {};
        http::add_rate_headers(call.headers, call.route.rate_class, rate, allowance);
        return deny(Denial::too_many, "too_many_requests");
    }

    /// Routes of cases remember their answer in their own transaction (Door::once); the others
    /// afterwards.
    Response once(Call& call, const std::function<Response(Call&)>& handler)
    {
        if (call.route.path.starts_with("/api/v1/cases") && !call.route.has_raw_body)
            return handler(call);
        const auto& caller = call.as<staff::Caller>();
        const AnswerKey key{
            caller.actor.name,
            call.idempotency_key,
            sha256_hex({call.request.path, "\n", call.request.body})};
        const auto earlier =
            program.database.read([&](db::Tx& tx) { return find_answer(tx, key); });
        if (!earlier)
            return http::problem(earlier.error(), call.reader());
        if (*earlier)
            return {.status = static_cast<int>((*earlier)->status), .body = (*earlier)->body};
        auto answer = handler(call);
        if (answer.status < 300 && !answer.has("Set-Cookie"))
            program.database.write([&](db::Tx& tx) {
                static_cast<void>(remember_answer(
                    tx,
                    key,
                    {key.request_hash, answer.status, answer.body},
                    program.clock.now()
                ));
            });
        return answer;
    }

    std::optional<Response> page(const Request& request)
    {
        if (request.path == "/livez")
            return Response{.content_type = "text/plain; charset=utf-8", .body = "ok\n"};
        if (request.path == "/readyz")
            return ready();
        if (request.path == "/openapi.json")
            return Response{.body = openapi_of(router.table())};
        if (request.path == "/desk")
            return redirect_to(console_root);
        if (request.path.starts_with(console_root))
            return console_page(request);
        if (request.path.starts_with(first_root)) {
            const auto name = request.path.substr(first_root.size());
            return first_page.find(request, name.empty() ? "index.html" : name);
        }
        return std::nullopt;
    }

    /// A file of the console, or its one page for every address that is none: the page finds its
    /// way by the address itself.
    std::optional<Response> console_page(const Request& request)
    {
        const auto name = request.path.substr(console_root.size());
        auto file = console.find(request, name);
        if (file || name.starts_with("assets/"))
            return file;
        return console.find(request, "index.html");
    }

    /// Can it write? Says why not.
    Response ready()
    {
        try {
            program.database.write([](db::Tx&) {});
            return {.body = R"({"ready":true})"};
        } catch (const db::Fault& fault) {
            return {
                .status = 503,
                .body = R"({"ready":false,"reason":")" + std::string{db::to_string(fault.kind())} +
                        "\"}"};
        }
    }

    http::Middleware middleware()
    {
        http::Middleware chain;
        chain.authenticate = [this](Call& call) { return authenticate(call); };
        chain.limit = [this](Call& call) { return limit(call); };
        chain.authorise = [](Call& call) {
            return staff::authorise(call.as<staff::Caller>(), call.route.permission);
        };
        chain.once = [this](Call& call, const std::function<Response(Call&)>& handler) {
            return once(call, handler);
        };
        chain.is_fault = [](const std::exception& thrown) {
            return dynamic_cast<const db::Fault*>(&thrown) != nullptr;
        };
        chain.on_exception =
            [](const Request& request, std::string_view route, const std::exception& thrown) {
                spdlog::error(
                    "{} {} trace {}: {}",
                    request.method,
                    route,
                    request.trace_id,
                    thrown.what()
                );
            };
        chain.otherwise = [this](const Request& request) { return page(request); };
        return chain;
    }
};

Web::Web(Program& program, Metrics& metrics) : parts_{std::make_unique<Parts>(program, metrics)} {}
Web::~Web() = default;

http::Handler Web::handler()
{
    return [this](const Request& request) { return parts_->router(request); };
}

std::function<std::size_t(const Request&)> Web::body_limit()
{
    return [this](const Request& head) {
        return parts_->router.body_limit(head, std::size_t{8} << 20U);
    };
}

std::function<bool(const Request&)> Web::keeps_beginning()
{
    return [this](const Request& head) { return parts_->router.keeps_beginning(head); };
}

const http::RouteTable& Web::table() const
{
    return parts_->router.table();
}

std::string openapi_of(const http::RouteTable& table)
{
    return http::openapi(
        table,
        {"Redress",
         REDRESS_VERSION,
         "Complaint handling: every change through one door, every change an event."}
    );
}

}  // namespace redress::app
