#pragma once

#include "app/program.hpp"

#include <cstdint>
#include <string>
#include <vector>

namespace redress::app {

struct ServeOptions {
    Settings settings;
    std::string address = "127.0.0.1";
    std::uint16_t port = 8080;
    std::string metrics_address = "127.0.0.1";
    std::uint16_t metrics_port{};  ///< 0: no metrics listener
    std::string tls_certificate;
    std::string tls_key;
    std::string access_log;  ///< "-" is standard error, "" none
    unsigned workers = 32;
    bool is_demo{};
    std::vector<std::string> trusted_proxies;
};

/// Runs until SIGINT or SIGTERM, then finishes what was accepted.
void serve(const ServeOptions& options, Lang lang);

}  // namespace redress::app
