#include "http/hub.hpp"

#include "base/text.hpp"

#include <algorithm>
#include <exception>

namespace redress::http {
namespace {

constexpr std::size_t replay_page = 500;

/// What may not break the framing: the name of an event is one line.
std::string_view first_line(std::string_view text)
{
    return text.substr(0, text.find_first_of(std::string_view{"\r\n\0", 3}));
}

}  // namespace

std::string to_frame(const Published& event)
{
    std::string frame;
    frame.reserve(event.data.size() + event.event.size() + 48);
    if (event.id > 0)
        frame += "id: " + std::to_string(event.id) + '\n';
    if (!event.event.empty()) {
        frame += "event: ";
        frame += first_line(event.event);
        frame += '\n';
    }
    std::string_view rest{event.data};
    for (bool has_more = true; has_more;) {
        const auto end = rest.find_first_of("\r\n");
        frame += "data: ";
        frame += rest.substr(0, end);
        frame += '\n';
        has_more = end != std::string_view::npos;
        if (has_more)
            rest.remove_prefix(end + (rest.substr(end).starts_with("\r\n") ? 2 : 1));
    }
    frame += '\n';
    return frame;
}

Stream::Stream(Subscription subscription)
    : subscription_{std::move(subscription)},
      last_id_{subscription_.last_event_id.value_or(0)},
      is_replaying_{subscription_.last_event_id.has_value() && subscription_.backlog}
{}

Stream::Batch Stream::take()
{
    const std::lock_guard lock{mutex_};
    Batch batch{
        .frames = std::move(replayed_),
        .must_replay = is_replaying_ && !is_closed_,
        .is_closed = is_closed_};
    replayed_.clear();
    if (is_replaying_)
        return batch;  // what waits comes after the backlog, or not at all
    for (const auto& [id, frame] : waiting_) {
        if (id != 0 && id <= last_id_)
            continue;
        batch.frames += *frame;
        last_id_ = id == 0 ? last_id_ : id;
    }
    waiting_.clear();
    return batch;
}

void Stream::replay()
{
    std::int64_t after = 0;
    {
        const std::lock_guard lock{mutex_};
        after = last_id_;
    }
    std::string frames;
    std::vector<Published> page;
    try {
        page = subscription_.backlog(after, replay_page);
        for (const auto& event : page) {
            if (event.id <= after)
                continue;
            after = event.id;
            if (!subscription_.filter || subscription_.filter(event))
                frames += to_frame(event);
        }
    } catch (const std::exception&) {
        close();  // the client comes back to where it was
        return;
    }
    const std::lock_guard lock{mutex_};
    if (is_closed_ && waiting_.empty())
        return;
    replayed_ += frames;
    last_id_ = after;
    is_replaying_ = page.size() >= replay_page;
}

/// What waits is thrown away too: whoever lost a right gets nothing more.
void Stream::close()
{
    const std::lock_guard lock{mutex_};
    is_closed_ = true;
    waiting_.clear();
    replayed_.clear();
    wake_reader();
}

void Stream::on_wake(std::function<void()> wake)
{
    const std::lock_guard lock{mutex_};
    wake_ = std::move(wake);
}

void Stream::offer(const Published& event, const Frame& frame)
try {
    if (subscription_.filter && !subscription_.filter(event))
        return;
    const std::lock_guard lock{mutex_};
    if (is_closed_)
        return;
    const bool was_quiet = waiting_.empty();
    if (waiting_.size() < subscription_.max_waiting)
        waiting_.push_back({event.id, frame});
    else
        is_closed_ = true;
    if (was_quiet || is_closed_)
        wake_reader();
} catch (const std::exception&) {
    close();  // a filter that fails ends its own stream, not the publisher
}

void Stream::wake_reader()
{
    if (wake_)
        wake_();
}

std::shared_ptr<Stream> Hub::subscribe(Subscription subscription)
{
    auto stream = std::make_shared<Stream>(std::move(subscription));
    const std::lock_guard lock{mutex_};
    std::erase_if(streams_, [](const auto& each) { return each.expired(); });
    streams_.push_back(stream);
    return stream;
}

void Hub::publish(const Published& event)
{
    const auto frame = std::make_shared<const std::string>(to_frame(event));
    const std::lock_guard lock{mutex_};
    if (event.id != 0 && event.id <= latest_id_)
        return;
    latest_id_ = event.id == 0 ? latest_id_ : event.id;
    for (const auto& each : streams_)
        if (const auto stream = each.lock())
            stream->offer(event, frame);
}

void Hub::close_streams(const std::function<bool(const Subscription&)>& matches)
{
    const std::lock_guard lock{mutex_};
    for (const auto& each : streams_)
        if (const auto stream = each.lock(); stream && matches(stream->subscription()))
            stream->close();
}

std::size_t Hub::stream_count()
{
    const std::lock_guard lock{mutex_};
    std::erase_if(streams_, [](const auto& each) { return each.expired(); });
    return streams_.size();
}

}  // namespace redress::http
