#include "http/access_log.hpp"

#include "http/wire_write.hpp"

#include <memory>
#include <spdlog/async.h>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_sinks.h>

namespace redress::http {
namespace {

constexpr std::size_t max_waiting_lines = 8'192;

/// The logger's own pool: its queue and thread end with the last copy of the function that writes
/// to it.
struct Journal {
    std::shared_ptr<spdlog::details::thread_pool> pool =
        std::make_shared<spdlog::details::thread_pool>(max_waiting_lines, 1);
    std::shared_ptr<spdlog::async_logger> logger;
};

}  // namespace

std::string to_log_line(const AccessLine& line)
{
    std::string text{R"({"method":)"};
    append_json(text, line.method);
    text += R"(,"route":)";
    append_json(text, line.route);
    text += R"(,"status":)";
    append_json(text, static_cast<std::int64_t>(line.status));
    text += R"(,"us":)";
    append_json(text, std::int64_t{line.duration.count()});
    text += R"(,"trace_id":)";
    append_json(text, line.trace_id);
    text += '}';
    return text;
}

std::function<void(const AccessLine&)> make_access_log(const std::string& file)
{
    const auto journal = std::make_shared<Journal>();
    spdlog::sink_ptr sink;
    if (file.empty())
        sink = std::make_shared<spdlog::sinks::stderr_sink_mt>();
    else
        sink = std::make_shared<spdlog::sinks::basic_file_sink_mt>(file);
    journal->logger = std::make_shared<spdlog::async_logger>(
        "access",
        std::move(sink),
        journal->pool,
        spdlog::async_overflow_policy::overrun_oldest
    );
    journal->logger->set_pattern(
        R"({"at":"%Y-%m-%dT%H:%M:%S.%fZ",%v)",
        spdlog::pattern_time_type::utc
    );
    journal->logger->flush_on(spdlog::level::info);
    return [journal](const AccessLine& line) {
        // The pattern has opened the object; the line goes on inside it.
        journal->logger->info("{}", std::string_view{to_log_line(line)}.substr(1));
    };
}

}  // namespace redress::http
