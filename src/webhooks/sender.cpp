#include "webhooks/sender.hpp"

#include "base/text.hpp"
#include "webhooks/network.hpp"

#include <algorithm>
#include <curl/curl.h>
#include <memory>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>

namespace redress::webhooks {
namespace {

struct FreeHandle {
    void operator()(CURL* handle) const { curl_easy_cleanup(handle); }
};
struct FreeList {
    void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};
using Handle = std::unique_ptr<CURL, FreeHandle>;
using Headers = std::unique_ptr<curl_slist, FreeList>;

/// What the callbacks of one attempt share.
struct Attempt {
    const std::vector<Range>& allowed;
    const SendLimits& limits;
    const std::atomic<bool>& is_cancelled;
    std::string body{};
    std::size_t head_bytes{};
    bool is_blocked{};
};

void start_library()
{
    static const CURLcode started = curl_global_init(CURL_GLOBAL_DEFAULT);
    if (started != CURLE_OK)
        throw std::runtime_error{"libcurl cannot be started"};
}

curl_socket_t open_socket(void* context, curlsocktype purpose, curl_sockaddr* to)
{
    auto& attempt = *static_cast<Attempt*>(context);
    const auto address = address_of(to->addr);
    if (purpose != CURLSOCKTYPE_IPCXN || !address || !may_reach(*address, attempt.allowed)) {
        attempt.is_blocked = true;
        return CURL_SOCKET_BAD;
    }
    return socket(to->family, to->socktype | SOCK_CLOEXEC, to->protocol);
}

std::size_t take_body(const char* bytes, std::size_t, std::size_t count, void* context)
{
    auto& attempt = *static_cast<Attempt*>(context);
    const auto room = attempt.limits.body_bytes - attempt.body.size();
    attempt.body.append(bytes, std::min(room, count));
    return count <= room ? count : 0;
}

std::size_t take_head(const char*, std::size_t, std::size_t count, void* context)
{
    auto& attempt = *static_cast<Attempt*>(context);
    attempt.head_bytes += count;
    return attempt.head_bytes <= attempt.limits.head_bytes ? count : 0;
}

int watch(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t)
{
    return static_cast<const Attempt*>(context)->is_cancelled ? 1 : 0;
}

Headers headers_of(const Parcel& parcel)
{
    Headers headers;
    for (const auto& line :
         {std::string{"Content-Type: application/json"},
          "Redress-Event: " + parcel.event,
          "Redress-Signature: " + parcel.signature,
          std::string{"Expect:"}}) {
        auto* longer = curl_slist_append(headers.get(), line.c_str());
        if (longer == nullptr)
            throw std::bad_alloc{};
        static_cast<void>(headers.release());
        headers.reset(longer);
    }
    return headers;
}

template <class T>
void set(CURL* handle, CURLoption option, T value)
{
    if (curl_easy_setopt(handle, option, value) != CURLE_OK)
        throw std::runtime_error{"libcurl does not know option " + std::to_string(option)};
}

void set_where(CURL* handle, const Parcel& parcel, Attempt& attempt)
{
    set(handle, CURLOPT_URL, parcel.url.c_str());
    set(handle, CURLOPT_PROTOCOLS_STR, "http,https");
    set(handle, CURLOPT_FOLLOWLOCATION, 0L);
    set(handle, CURLOPT_PROXY, "");
    set(handle, CURLOPT_OPENSOCKETFUNCTION, &open_socket);
    set(handle, CURLOPT_OPENSOCKETDATA, static_cast<void*>(&attempt));
    set(handle, CURLOPT_FRESH_CONNECT, 1L);
    set(handle, CURLOPT_FORBID_REUSE, 1L);
    set(handle, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_1_1));
}

void set_limits(CURL* handle, Attempt& attempt)
{
    set(handle, CURLOPT_NOSIGNAL, 1L);
    set(handle, CURLOPT_CONNECTTIMEOUT_MS, long{attempt.limits.connect.count()});
    set(handle, CURLOPT_TIMEOUT_MS, long{attempt.limits.whole.count()});
    set(handle, CURLOPT_WRITEFUNCTION, &take_body);
    set(handle, CURLOPT_WRITEDATA, static_cast<void*>(&attempt));
    set(handle, CURLOPT_HEADERFUNCTION, &take_head);
    set(handle, CURLOPT_HEADERDATA, static_cast<void*>(&attempt));
    set(handle, CURLOPT_NOPROGRESS, 0L);
    set(handle, CURLOPT_XFERINFOFUNCTION, &watch);
    set(handle, CURLOPT_XFERINFODATA, static_cast<void*>(&attempt));
}

/// Once the head is there the answer is known, however the body ends.
Outcome outcome_of(CURLcode code, std::int64_t status, const Attempt& attempt)
{
    if (attempt.is_blocked && status == 0)
        return Outcome::blocked;
    if (code == CURLE_OPERATION_TIMEDOUT || code == CURLE_ABORTED_BY_CALLBACK)
        return Outcome::timed_out;
    if (attempt.head_bytes > attempt.limits.head_bytes)
        return Outcome::refused;
    if (code != CURLE_OK && code != CURLE_WRITE_ERROR)
        return Outcome::unreachable;
    return status >= 200 && status < 300 ? Outcome::delivered : Outcome::refused;
}

std::string excerpt_of(std::string_view body)
{
    auto text = to_valid_utf8(body);
    std::ranges::replace_if(
        text,
        [](char c) { return static_cast<unsigned char>(c) < ' ' || c == '\x7F'; },
        ' '
    );
    return std::string{first_code_points(trim(text), max_excerpt)};
}

}  // namespace

Sender::Sender(std::vector<Range> allowed, SendLimits limits)
    : allowed_{std::move(allowed)}, limits_{limits}
{
    start_library();
}

Reply Sender::post(const Parcel& parcel) const
{
    const Handle handle{curl_easy_init()};
    if (!handle)
        throw std::bad_alloc{};
    Attempt attempt{allowed_, limits_, is_cancelled_};
    set_where(handle.get(), parcel, attempt);
    set_limits(handle.get(), attempt);
    const auto headers = headers_of(parcel);
    set(handle.get(), CURLOPT_HTTPHEADER, headers.get());
    set(handle.get(), CURLOPT_USERAGENT, "Redress");
    set(handle.get(), CURLOPT_POSTFIELDSIZE_LARGE, static_cast<curl_off_t>(parcel.body.size()));
    set(handle.get(), CURLOPT_POSTFIELDS, parcel.body.c_str());
    const auto code = curl_easy_perform(handle.get());
    long status = 0;
    curl_off_t micros = 0;
    curl_easy_getinfo(handle.get(), CURLINFO_RESPONSE_CODE, &status);
    curl_easy_getinfo(handle.get(), CURLINFO_TOTAL_TIME_T, &micros);
    return {outcome_of(code, status, attempt), status, micros / 1000, excerpt_of(attempt.body)};
}

}  // namespace redress::webhooks
