#pragma once

#include "app/door.hpp"
#include "messages/model_outbox.hpp"

namespace redress::app {

/// Carries out up to `limit` replies whose time has come, each with its promises in one change, at
/// most once however many nodes try and whenever one of them ends. What the rules refuse stays with
/// who wrote it, and they are told. Returns how many were looked at; throws db::Fault.
std::size_t send_due(Door& door, std::int64_t limit);

/// What the rules would say now to a reply that is to leave later.
[[nodiscard]] Result<void> check_outgoing(
    Door& door,
    CaseId id,
    const messages::Outgoing& what,
    const cases::Actor& actor,
    std::int64_t seen_version
);

}  // namespace redress::app
