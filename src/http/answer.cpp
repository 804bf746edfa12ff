#include "http/answer.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <chrono>

namespace redress::http {
namespace {

constexpr auto reasons = std::to_array<std::pair<int, std::string_view>>({
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {412, "Precondition Failed"},
    {413, "Content Too Large"},
    {415, "Unsupported Media Type"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Content"},
    {428, "Precondition Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {503, "Service Unavailable"},
    {505, "HTTP Version Not Supported"},
});

void append_header(std::string& out, std::string_view name, std::string_view value)
{
    out += name;
    out += ": ";
    out += value;
    out += "\r\n";
}

/// The connection decides these; a handler's own would contradict it.
bool is_ours(std::string_view name)
{
    constexpr auto names = std::to_array<std::string_view>(
        {"Connection", "Content-Length", "Content-Type", "Date", "Transfer-Encoding"}
    );
    return std::ranges::find(names, name) != names.end();
}

}  // namespace

bool has_content(int status)
{
    return status != 204 && status != 304;
}

std::string head_of(const Response& response, const Framing& framing)
{
    const auto reason =
        std::ranges::find(reasons, response.status, &std::pair<int, std::string_view>::first);
    std::string head;
    head.reserve(512);
    fmt::format_to(
        std::back_inserter(head),
        "HTTP/1.{} {} {}\r\n",
        framing.is_http_1_0 ? 0 : 1,
        response.status,
        reason == reasons.end() ? std::string_view{} : reason->second
    );
    if (!framing.date.empty())
        append_header(head, "Date", framing.date);
    if (has_content(response.status))
        append_header(head, "Content-Type", response.content_type);
    if (framing.is_stream && !framing.is_http_1_0)
        append_header(head, "Transfer-Encoding", "chunked");
    else if (!framing.is_stream && has_content(response.status))
        append_header(head, "Content-Length", fmt::format_int{response.content().size()}.str());
    if (!framing.keeps_alive)
        append_header(head, "Connection", "close");
    else if (framing.is_http_1_0)
        append_header(head, "Connection", "keep-alive");
    for (const auto& [name, value] : response.headers)
        if (!is_ours(name))
            append_header(head, name, value);
    head += "\r\n";
    return head;
}

bool has_legal_headers(const Response& response)
{
    const auto is_name_char = [](char c) {
        return c == '-' || (c >= '0' && c <= '9') || ((c | 32) >= 'a' && (c | 32) <= 'z');
    };
    const auto is_value_char = [](char c) {
        return c == '\t' || c < '\0' || (c >= ' ' && c != '\x7F');
    };
    return std::ranges::all_of(response.content_type, is_value_char) &&
           std::ranges::all_of(response.headers, [&](const auto& header) {
               return !header.first.empty() && std::ranges::all_of(header.first, is_name_char) &&
                      std::ranges::all_of(header.second, is_value_char);
           });
}

std::string to_http_date(Instant at)
{
    using namespace std::chrono;
    constexpr std::array days_of_week{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array
        months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const sys_time<microseconds> time{microseconds{at.us}};
    const auto midnight = floor<days>(time);
    const year_month_day date{midnight};
    const hh_mm_ss clock{floor<seconds>(time - midnight)};
    return fmt::format(
        "{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT",
        days_of_week[weekday{midnight}.c_encoding()],
        static_cast<unsigned>(date.day()),
        months[static_cast<unsigned>(date.month()) - 1],
        static_cast<int>(date.year()),
        clock.hours().count(),
        clock.minutes().count(),
        clock.seconds().count()
    );
}

}  // namespace redress::http
