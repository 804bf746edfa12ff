#include "http/security.hpp"

namespace redress::http {

void add_security_headers(Response& response, bool is_tls)
{
    const auto add = [&](std::string_view name, std::string_view value) {
        if (!response.has(name))
            response.headers.emplace_back(name, value);
    };
    const bool is_page = response.content_type.starts_with("text/html");
    add("X-Content-Type-Options", "nosniff");
    add("Content-Security-Policy", is_page ? page_policy : data_policy);
    // A portal link carries its secret in the address: no other site may learn it. Not
    // "no-referrer", which makes browsers send "Origin: null" with our own forms.
    add("Referrer-Policy", "same-origin");
    add("Cross-Origin-Opener-Policy", "same-origin");
    add("Cross-Origin-Resource-Policy", "same-origin");
    add("Cache-Control", "no-store");
    if (is_tls)
        add("Strict-Transport-Security", "max-age=31536000; includeSubDomains");
}

}  // namespace redress::http
