#pragma once

#include <any>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace redress::http {

/// One server-sent event. `id` is the number clients resume from; 0 is a passing event (presence,
/// typing) that is told only to those who listen now and never replayed.
struct Published {
    std::int64_t id{};
    std::string event{};  ///< a single line
    std::string data{};   ///< usually JSON; may have several lines
    std::any about{};     ///< for filters only (team, owner, …); never sent
};

/// Who listens to what.
struct Subscription {
    /// The last event the client has seen; unset: only what happens from now on.
    std::optional<std::int64_t> last_event_id{};
    /// Whether this reader may see an event; runs on the publisher's thread, so cheap and without
    /// I/O.
    std::function<bool(const Published&)> filter{};
    /// At most `limit` events after `after`, ascending; fewer than `limit` means there are no more.
    /// Blocking; runs on a worker thread after the subscription is in force.
    std::function<std::vector<Published>(std::int64_t after, std::size_t limit)> backlog{};
    /// What Hub::close_streams looks at, such as the session.
    std::any owner{};
    /// Frames that may wait for a slow client; beyond, the stream ends and the client resumes.
    std::size_t max_waiting{256};
};

/// One client's stream between hub and connection. Thread-safe.
class Stream {
public:
    explicit Stream(Subscription subscription);

    struct Batch {
        std::string frames;  ///< bytes to send now, possibly none
        bool must_replay{};  ///< call replay() on a worker, then take() again
        bool is_closed{};    ///< send `frames`, then end
    };
    [[nodiscard]] Batch take();
    /// Fetches the next page of the backlog. What the supplier throws closes the stream.
    void replay();
    /// Ends the stream; what it has not sent yet is not sent.
    void close();
    [[nodiscard]] const Subscription& subscription() const { return subscription_; }

    /// Called (under the stream's lock, from any thread) when there is something to take; {}
    /// detaches.
    void on_wake(std::function<void()> wake);

private:
    friend class Hub;
    using Frame = std::shared_ptr<const std::string>;
    struct Waiting {
        std::int64_t id{};
        Frame frame;
    };

    void offer(const Published& event, const Frame& frame);
    void wake_reader();

    const Subscription subscription_;
    std::mutex mutex_;
    std::deque<Waiting> waiting_;
    std::string replayed_;
    std::int64_t last_id_{};
    bool is_replaying_{};
    bool is_closed_{};
    std::function<void()> wake_;
};

/// Where the application publishes and streams are made. Thread-safe.
/// A handler answers with `Response{.stream = hub.subscribe({…})}`. Order: the subscription is in
/// force first, then the backlog is read, and live events up to the last replayed id are dropped,
/// so nothing is missing and nothing comes twice as long as events are published in ascending order
/// of id after they can be read by the backlog.
class Hub {
public:
    [[nodiscard]] std::shared_ptr<Stream> subscribe(Subscription subscription);
    /// The frame is written once and shared. An id not above the latest one was told already and is
    /// ignored.
    void publish(const Published& event);
    /// Ends the streams whose subscription matches, such as those of a revoked session.
    void close_streams(const std::function<bool(const Subscription&)>& matches);
    [[nodiscard]] std::size_t stream_count();

private:
    std::mutex mutex_;
    std::vector<std::weak_ptr<Stream>> streams_;
    std::int64_t latest_id_{};
};

/// The text of one event as it goes over the wire.
[[nodiscard]] std::string to_frame(const Published& event);

}  // namespace redress::http
