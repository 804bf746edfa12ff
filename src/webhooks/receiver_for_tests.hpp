#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace redress::webhooks {

/// A receiver on 127.0.0.1 that answers with exactly the bytes it is told to, one connection after
/// the other, and remembers what it was sent.
class Receiver {
public:
    Receiver();
    ~Receiver();
    Receiver(const Receiver&) = delete;
    Receiver& operator=(const Receiver&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }
    [[nodiscard]] std::string url(const std::string& host = "127.0.0.1") const
    {
        return "http://" + host + ":" + std::to_string(port_) + "/hook";
    }
    /// Called with each request; what it gives is sent.
    void answer_with(std::function<std::string(const std::string&)> answer);
    void answer_with(std::string bytes);
    /// Between two bytes of an answer.
    void slow_down(std::chrono::milliseconds pause) { pause_ms_ = pause.count(); }
    [[nodiscard]] std::vector<std::string> requests() const;
    [[nodiscard]] int connections() const { return connections_; }

private:
    void serve(const std::stop_token& ending);
    void serve_one(int connection, const std::stop_token& ending);

    int socket_{-1};
    std::uint16_t port_{};
    std::atomic<int> connections_{};
    std::atomic<std::int64_t> pause_ms_{};
    mutable std::mutex mutex_;
    std::function<std::string(const std::string&)> answer_;
    std::vector<std::string> requests_;
    std::jthread thread_;
};

[[nodiscard]] std::string
http_answer(int status, const std::string& body = {}, const std::string& headers = {});
/// The value of a header, "" without it; names in the spelling they were sent.
[[nodiscard]] std::string header_of(const std::string& request, const std::string& name);
[[nodiscard]] std::string body_in(const std::string& request);

}  // namespace redress::webhooks
