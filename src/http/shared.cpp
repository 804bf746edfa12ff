#include "http/shared.hpp"

#include "base/text.hpp"
#include "http/problem.hpp"
#include "http/security.hpp"

#include <algorithm>

namespace redress::http {
namespace {

constexpr std::size_t absolute_max_body = std::size_t{32} << 20U;

}  // namespace

std::string_view Shared::date_now()
{
    if (options.clock == nullptr)
        return {};
    const auto now = options.clock->now();
    if (const auto second = now.us / 1'000'000; second != date_second_) {
        date_second_ = second;
        date_ = to_http_date(now);
    }
    return date_;
}

std::size_t Shared::body_limit_of(const Request& head) const
{
    return std::min(
        options.body_limit ? options.body_limit(head) : options.max_body,
        absolute_max_body
    );
}

Response Shared::answer(const Request& request) const
{
    try {
        auto response = handler(request);
        if (has_legal_headers(response))
            return response;
    } catch (...) {
        // The router has logged what it knows; here only the promise to answer is left.
    }
    return internal_answer({preferred_language(request.header("accept-language")), request.trace_id}
    );
}

std::string client_address(const Options& options, const std::string& peer, const Request& head)
{
    const auto& proxies = options.trusted_proxies;
    if (std::ranges::find(proxies, peer) == proxies.end())
        return peer;
    std::string_view said;
    for (const auto& [name, value] : head.headers)
        if (name == "x-forwarded-for")
            said = trim(split(value, ',').back());
    return said.empty() ? peer : std::string{said};
}

Response refuse(const HttpRefusal& refusal, const Request& request)
{
    auto response = problem(
        refusal.status,
        refusal.refusal,
        {preferred_language(request.header("accept-language")), request.trace_id}
    );
    if (refusal.status == 503)
        response.set("Retry-After", "1");
    return response;
}

}  // namespace redress::http
