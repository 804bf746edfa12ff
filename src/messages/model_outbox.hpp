#pragma once

#include "base/described.hpp"
#include "base/ids.hpp"
#include "base/instant.hpp"
#include "base/json.hpp"

#include <cstdint>
#include <string>
#include <vector>

/// Replies that leave later, so that they can be taken back (E2).
namespace redress::messages {

using SendId = Id<struct SendTag>;

/// How long a reply can be taken back after it was sent.
inline constexpr Micros undo_window = std::chrono::seconds{10};
/// How far ahead a reply may be scheduled.
inline constexpr Micros longest_wait = std::chrono::days{30};
/// What one person may have waiting at a time.
inline constexpr std::int64_t max_waiting_sends = 200;
inline constexpr std::size_t max_promises_of_send = 10;

///   waiting ──due──▶ sent
///      │  └──the rules say no──▶ failed ──taken back──▶ undone
///      └──taken back──▶ undone
BOOST_DEFINE_ENUM_CLASS(SendState, waiting, sent, failed, undone)

/// A promise that is made together with the reply that holds it (E4).
struct PromisedIn {
    std::string text;
    Instant due_at;
    friend bool operator==(const PromisedIn&, const PromisedIn&) = default;
};

/// What is to be done when the time has come; all of it or nothing.
struct Outgoing {
    std::string verb;  ///< respond_first, send_message, send_letter or update_progress
    json::object inputs;
    std::vector<PromisedIn> promises;
};

struct ScheduledSend {
    SendId id;
    CaseId case_id;
    StaffId staff;
    std::string key;  ///< Idempotency-Key it came under
    std::string request_hash;
    SendState state{};
    Outgoing what;         ///< without inputs and promises once sent or undone
    json::object failure;  ///< why it failed, {"en", "zh"}
    Instant send_at;
    Instant created_at;
};

/// The commands that carry it out, in their order: the reply, then each promise.
struct OutgoingCommand {
    std::string verb;
    json::object inputs;
};
[[nodiscard]] std::vector<OutgoingCommand> commands_of(const Outgoing& what);

BOOST_DESCRIBE_STRUCT(PromisedIn, (), (text, due_at))

}  // namespace redress::messages
