#include "http/problem.hpp"

#include "base/catalogue.hpp"
#include "base/require.hpp"
#include "http/wire.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace redress::http {
namespace {

constexpr int retry_after_fault_s = 5;

ProblemError error_of(const Refusal& refusal, Lang lang)
{
    ProblemError error{.code = refusal.code, .detail = say(lang, refusal)};
    if (!refusal.field.empty())
        error.field = refusal.field;
    error.params.insert(refusal.params.begin(), refusal.params.end());
    return error;
}

Response write(int status, const std::vector<Refusal>& refusals, const Reader& reader)
{
    REQUIRE_THAT(!refusals.empty());
    Problem body{.status = status, .trace_id = std::string{reader.trace_id}};
    body.title = say(reader.lang, fmt::format("problem.title.{}", status));
    for (const auto& refusal : refusals)
        body.errors.push_back(error_of(refusal, reader.lang));
    body.code = body.errors.front().code;
    body.detail = body.errors.front().detail;
    body.type = "urn:redress:problem:" + body.code;
    Response response{
        .status = status,
        .content_type = "application/problem+json",
        .body = write_json(body)};
    response.set("Content-Language", std::string{to_tag(reader.lang)});
    return response;
}

/// The weight of one entry in thousandths, "zh-CN;q=0.8" is 800; what cannot be read weighs
/// nothing.
int weight_of(std::string_view entry)
{
    const auto semicolon = entry.find(';');
    if (semicolon == std::string_view::npos)
        return 1000;
    const auto weight = trim(entry.substr(semicolon + 1));
    double value = 0;
    if (!weight.starts_with("q="))
        return 0;
    std::from_chars(weight.data() + 2, weight.data() + weight.size(), value);
    return static_cast<int>(std::clamp(value, 0.0, 1.0) * 1000);
}

}  // namespace

int status_of(Denial kind)
{
    switch (kind) {
        case Denial::invalid:
            return 422;
        case Denial::forbidden:
            return 403;
        case Denial::not_found:
            return 404;
        case Denial::conflict:
            return 409;
        case Denial::stale:
            return 412;
        case Denial::too_large:
            return 413;
        case Denial::unauthorised:
            return 401;
        case Denial::too_many:
            return 429;
    }
    return 500;
}

Response problem(const Denied& denied, const Reader& reader)
{
    return write(status_of(denied.kind), denied.refusals, reader);
}

Response problem(int status, const Refusal& refusal, const Reader& reader)
{
    return write(status, {refusal}, reader);
}

Response fault_answer(const Reader& reader)
{
    auto response = problem(503, {"unavailable", {}, {}}, reader);
    response.headers.emplace_back("Retry-After", std::to_string(retry_after_fault_s));
    return response;
}

Response internal_answer(const Reader& reader)
{
    return problem(500, {"internal", {}, {}}, reader);
}

Lang preferred_language(std::string_view accept_language, Lang otherwise)
{
    int best = 0;
    Lang lang = otherwise;
    for (const auto each : split(accept_language, ',')) {
        const auto entry = to_lower_ascii(trim(each));
        const auto tag = trim(std::string_view{entry}.substr(0, entry.find_first_of("-;")));
        if ((tag == "zh" || tag == "en") && weight_of(entry) > best) {
            best = weight_of(entry);
            lang = lang_of(tag);
        }
    }
    return lang;
}

}  // namespace redress::http
