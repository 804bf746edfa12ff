#include "http/message.hpp"

#include "base/text.hpp"

#include <algorithm>

namespace redress::http {
namespace {

auto find_name(auto& headers, std::string_view name)
{
    const auto lower = to_lower_ascii(name);
    return std::ranges::find_if(headers, [&](const auto& header) {
        return to_lower_ascii(header.first) == lower;
    });
}

}  // namespace

std::string_view Request::header(std::string_view lower_name) const
{
    const auto found = std::ranges::find(headers, lower_name, &Headers::value_type::first);
    return found == headers.end() ? std::string_view{} : std::string_view{found->second};
}

void Response::set(std::string_view name, std::string value)
{
    const auto found = find_name(headers, name);
    if (found == headers.end())
        headers.emplace_back(std::string{name}, std::move(value));
    else
        found->second = std::move(value);
}

bool Response::has(std::string_view name) const
{
    return find_name(headers, name) != headers.end();
}

}  // namespace redress::http
