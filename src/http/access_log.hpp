#pragma once

#include <chrono>
#include <functional>
#include <string>
#include <string_view>

namespace redress::http {

/// What is said about one answered request: no address, no raw path, no query, nothing personal.
struct AccessLine {
    std::string_view method{};
    std::string_view route{};  ///< pattern, "/api/v1/cases/{case_id}"; "-" when none matched
    int status{};
    std::chrono::microseconds duration{};
    std::string_view trace_id{};
};

/// One JSON object on one line. CR, LF, NUL and other control characters cannot get into it.
[[nodiscard]] std::string to_log_line(const AccessLine& line);

/// Writes access lines through an asynchronous logger to a file, or to standard error when `file`
/// is empty; full queues drop the oldest line rather than wait.
[[nodiscard]] std::function<void(const AccessLine&)> make_access_log(const std::string& file);

}  // namespace redress::http
