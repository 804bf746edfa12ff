#include "webhooks/receiver_for_tests.hpp"

#include <array>
#include <netinet/in.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace redress::webhooks {
namespace {

constexpr int wait_ms = 20;

bool is_readable(int socket)
{
    pollfd wanted{socket, POLLIN, 0};
    return poll(&wanted, 1, wait_ms) == 1;
}

bool is_whole(const std::string& request)
{
    const auto head = request.find("\r\n\r\n");
    if (head == std::string::npos)
        return false;
    const auto length = header_of(request, "Content-Length");
    return request.size() >= head + 4 + (length.empty() ? 0 : std::stoul(length));
}

}  // namespace

Receiver::Receiver() : socket_{socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)}
{
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    // The C interface of sockets takes every kind of address as a sockaddr.
    auto* any = reinterpret_cast<sockaddr*>(&address);
    if (bind(socket_, any, size) != 0 || listen(socket_, 16) != 0 ||
        getsockname(socket_, any, &size) != 0)
        throw std::runtime_error{"the receiver cannot listen"};
    port_ = ntohs(address.sin_port);
    answer_with(http_answer(204));
    thread_ = std::jthread{[this](const std::stop_token& ending) { serve(ending); }};
}

Receiver::~Receiver()
{
    thread_.request_stop();
    thread_.join();
    close(socket_);
}

void Receiver::answer_with(std::function<std::string(const std::string&)> answer)
{
    const std::lock_guard lock{mutex_};
    answer_ = std::move(answer);
}

void Receiver::answer_with(std::string bytes)
{
    answer_with([bytes = std::move(bytes)](const std::string&) { return bytes; });
}

std::vector<std::string> Receiver::requests() const
{
    const std::lock_guard lock{mutex_};
    return requests_;
}

void Receiver::serve(const std::stop_token& ending)
{
    while (!ending.stop_requested()) {
        if (!is_readable(socket_))
            continue;
        const int connection = accept4(socket_, nullptr, nullptr, SOCK_CLOEXEC);
        ++connections_;
        serve_one(connection, ending);
        close(connection);
    }
}

void Receiver::serve_one(int connection, const std::stop_token& ending)
{
    std::string request;
    while (!is_whole(request) && !ending.stop_requested()) {
        if (!is_readable(connection))
            continue;
        std::array<char, 4096> bytes{};
        const auto count = recv(connection, bytes.data(), bytes.size(), 0);
        if (count <= 0)
            return;
        request.append(bytes.data(), static_cast<std::size_t>(count));
    }
    std::string answer;
    {
        const std::lock_guard lock{mutex_};
        requests_.push_back(request);
        answer = answer_(request);
    }
    const std::size_t step = pause_ms_ > 0 ? 1 : 65'536;
    for (std::size_t at = 0; at < answer.size() && !ending.stop_requested();) {
        const auto count =
            send(connection, answer.data() + at, std::min(step, answer.size() - at), MSG_NOSIGNAL);
        if (count <= 0)
            return;
        at += static_cast<std::size_t>(count);
        if (pause_ms_ > 0)
            static_cast<void>(poll(nullptr, 0, static_cast<int>(pause_ms_)));
    }
}

std::string http_answer(int status, const std::string& body, const std::string& headers)
{
    return "HTTP/1.1 " + std::to_string(status) +
           " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\nConnection: close\r\n" +
           headers + "\r\n" + body;
}

std::string header_of(const std::string& request, const std::string& name)
{
    const auto at = request.find("\r\n" + name + ": ");
    if (at == std::string::npos)
        return {};
    const auto from = at + name.size() + 4;
    return request.substr(from, request.find("\r\n", from) - from);
}

std::string body_in(const std::string& request)
{
    return request.substr(request.find("\r\n\r\n") + 4);
}

}  // namespace redress::webhooks
