#include "http/route.hpp"

#include "base/require.hpp"

#include <algorithm>
#include <charconv>

namespace redress::http {
namespace {

std::optional<std::int64_t> to_number(std::string_view text)
{
    std::int64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size())
        return std::nullopt;
    return number;
}

}  // namespace

const std::string& Call::param(std::string_view name) const
{
    const auto found =
        std::ranges::find(path, name, &std::pair<std::string_view, std::string>::first);
    REQUIRE_THAT(found != path.end());
    return found->second;
}

std::optional<std::int64_t> Call::param_number(std::string_view name) const
{
    const auto number = to_number(param(name));
    return number && *number > 0 ? number : std::nullopt;
}

std::optional<std::string_view> Call::asked(std::string_view name) const
{
    const auto found =
        std::ranges::find(query, name, &std::pair<std::string_view, std::string>::first);
    if (found == query.end())
        return std::nullopt;
    return found->second;
}

std::optional<std::int64_t> Call::asked_number(std::string_view name) const
{
    const auto text = asked(name);
    return text ? to_number(*text) : std::nullopt;
}

std::optional<Instant> Call::asked_instant(std::string_view name) const
{
    const auto text = asked(name);
    return text ? parse_rfc3339(*text) : std::nullopt;
}

bool Call::asked_flag(std::string_view name) const
{
    return asked(name) == "true";
}

namespace detail {

std::optional<Response> refuse_content_type(const Call& call)
{
    const auto type = to_lower_ascii(call.request.header("content-type"));
    if (trim(std::string_view{type}.substr(0, type.find(';'))) == "application/json")
        return std::nullopt;
    return problem(415, {"content_type_wrong", "Content-Type", {}}, call.reader());
}

Response success(Call& call, std::string body)
{
    return {.status = call.status, .body = std::move(body)};
}

Response no_content(Call& call)
{
    return {.status = call.status};
}

}  // namespace detail

}  // namespace redress::http
