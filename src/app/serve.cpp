#include "app/serve.hpp"

#include "app/metrics.hpp"
#include "app/seed.hpp"
#include "app/web.hpp"
#include "base/catalogue.hpp"
#include "language/coach.hpp"

#include <fmt/format.h>
#include <fmt/ostream.h>

#include <iostream>
#include <thread>

namespace redress::app {
namespace {

/// Seeds an empty store on a virtual clock, so that the demonstration has a past.
void seed_if_empty(const Settings& settings, Lang lang)
{
    const RealClock real;
    const auto now = real.now();
    VirtualClock clock{now};
    Program program{settings, clock};
    if (!is_empty(program))
        return;
    fmt::print(std::cout, "{}\n", say(lang, "serve.seeding"));
    std::cout.flush();
    seed_demonstration(program, clock, now, [](std::string_view) {});
}

void print_sign_ins(Lang lang)
{
    fmt::print(std::cout, "{}\n", say(lang, "serve.sign_ins"));
    for (const auto& hint : demonstration_accounts())
        fmt::print(
            std::cout,
            "  {:<12} {:<22} {} ({})\n",
            hint.login,
            hint.password,
            hint.display_name,
            hint.jobs
        );
}

http::Options listener(const ServeOptions& options, const Clock& clock)
{
    http::Options listener;
    listener.address = options.address;
    listener.port = options.port;
    listener.tls_certificate_file = options.tls_certificate;
    listener.tls_key_file = options.tls_key;
    listener.workers = options.workers;
    listener.trusted_proxies = options.trusted_proxies;
    listener.clock = &clock;
    return listener;
}

std::unique_ptr<http::Server>
metrics_listener(const ServeOptions& options, Program& program, Metrics& metrics)
{
    if (options.metrics_port == 0)
        return nullptr;
    http::Options listener;
    listener.address = options.metrics_address;
    listener.port = options.metrics_port;
    listener.workers = 1;
    auto server = std::make_unique<http::Server>(
        listener,
        [&](const http::Request& request) -> http::Response {
            if (request.path != "/metrics")
                return {
                    .status = 404,
                    .content_type = "text/plain; charset=utf-8",
                    .body = "/metrics\n"};
            return {
                .content_type = "text/plain; version=0.0.4; charset=utf-8",
                .body = metrics.text(program.database, program.hub.stream_count())};
        }
    );
    server->start();
    return server;
}

std::function<void(const http::AccessLine&)> logger(const ServeOptions& options, Metrics& metrics)
{
    const auto write =
        options.access_log.empty()
            ? std::function<void(const http::AccessLine&)>{}
            : http::make_access_log(options.access_log == "-" ? "" : options.access_log);
    return [&metrics, write](const http::AccessLine& line) {
        metrics.count(line);
        if (write)
            write(line);
    };
}

}  // namespace

void serve(const ServeOptions& options, Lang lang)
{
    if (options.is_demo)
        seed_if_empty(options.settings, lang);
    const RealClock clock;
    Program program{options.settings, clock};
    if (options.is_demo)
        program.door.set_organisation(demonstration_organisation());
    program.start_jobs();
    const std::jthread warming{language::warm_up_coach};
    Metrics metrics;
    Web web{program, metrics};
    auto listening = listener(options, clock);
    listening.body_limit = web.body_limit();
    listening.keeps_beginning = web.keeps_beginning();
    listening.log = logger(options, metrics);
    http::Server server{listening, web.handler()};
    const auto metrics_server = metrics_listener(options, program, metrics);
    const auto scheme = options.tls_certificate.empty() ? "http" : "https";
    fmt::print(
        std::cout,
        "{}\n",
        say(lang,
            "serve.ready",
            {{"address", fmt::format("{}://{}:{}/", scheme, options.address, server.port())}})
    );
    if (options.is_demo)
        print_sign_ins(lang);
    std::cout.flush();
    server.run_until_signal();
    program.hub.close_streams([](const http::Subscription&) { return true; });
    program.stop_jobs();
    program.staff.sessions.flush();
}

}  // namespace redress::app
