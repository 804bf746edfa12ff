#pragma once

#include "webhooks/model.hpp"
#include "webhooks/rules_address.hpp"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace redress::webhooks {

struct Parcel {
    std::string url;
    std::string event;      ///< header Redress-Event
    std::string signature;  ///< header Redress-Signature
    std::string body;       ///< JSON
};

struct Reply {
    Outcome outcome{};
    std::int64_t status{};  ///< 0 without an answer
    std::int64_t duration_ms{};
    std::string excerpt;
};

/// Limits of one attempt. An answer may be longer than is read: what counts is its status.
struct SendLimits {
    std::chrono::milliseconds connect{5'000};
    std::chrono::milliseconds whole{10'000};
    std::size_t head_bytes{32'768};
    std::size_t body_bytes{65'536};
};

/// Posts to addresses that others chose, over a connection of its own each time. Where it connects
/// to is judged when the socket is made, by the very address the socket gets: a name that resolves
/// to another address a moment later, or a number in a strange spelling, changes nothing. No
/// redirect is followed, no proxy of the environment used, no cookie kept. Any thread; blocks up to
/// the limits.
class Sender {
public:
    explicit Sender(std::vector<Range> allowed = {}, SendLimits limits = {});

    [[nodiscard]] Reply post(const Parcel& parcel) const;
    /// Ends what is on its way within a second, as timed_out, and whatever is asked for later.
    void cancel() { is_cancelled_ = true; }

private:
    std::vector<Range> allowed_;
    SendLimits limits_;
    std::atomic<bool> is_cancelled_{};
};

}  // namespace redress::webhooks
